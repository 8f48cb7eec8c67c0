/** Longest text worth tidying: six digits and the blanks a hurried hand puts around them. */
const LONGEST = 32;

/**
 * Takes ASCII spaces and hyphens out of a code that a person typed into one of our pages, where we show it as `483 920`
 * ourselves. Nothing else is forgiven, and what comes back still has to pass `parseCode`. Machine doors (API, RADIUS)
 * never call this: there a code has exactly one spelling (S-04).
 */
export const tidyTypedCode = (typed: unknown): unknown =>
  typeof typed === 'string' && typed.length <= LONGEST ? typed.replace(/[ -]/g, '') : typed;
