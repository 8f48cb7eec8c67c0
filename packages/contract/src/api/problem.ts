import { z } from 'zod';

/** A refusal (RFC 9457). `code` is the reason id that screens, log and docs share; programs decide by it alone. */
export const problem = z.strictObject({
  type: z.string(),
  status: z.int(),
  code: z.string(),
  title: z.string(),
  /** What to do about it. */
  detail: z.exactOptional(z.string()),
  /** The same id stands in the log and in the audit event. */
  request: z.string(),
  /** What is wrong with the input, field by field. */
  errors: z.exactOptional(z.array(z.strictObject({ field: z.string(), reason: z.string() })).readonly()),
  /** With `step_up.required`: where to POST to begin proving. */
  stepUpUrl: z.exactOptional(z.string()),
});
export type Problem = z.output<typeof problem>;
