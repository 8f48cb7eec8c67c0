import { z } from 'zod';

const LARGEST_PAGE = 200;
const USUAL_PAGE = 50;

/** What every list takes: how much, and where the page before ended. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, `a number from 1 to ${LARGEST_PAGE}`)
    .transform(Number)
    .pipe(z.number().max(LARGEST_PAGE))
    .default(USUAL_PAGE),
  /** `next` of the page before, as it came. */
  cursor: z.exactOptional(z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/, 'the `next` of an earlier page')),
} as const;

/** A page of a list. `next` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ items: z.array(item).readonly(), next: z.string().nullable() });

/** `dryRun=true` runs every check against the store as it is, and writes nothing. */
export const writeQuery = z.strictObject({ dryRun: z.exactOptional(z.enum(['true', 'false'])) });

/** The answer to a dry run: what would have been written, in order. */
export const dryRunAnswer = z.strictObject({
  dryRun: z.literal(true),
  effects: z.array(z.string()).readonly(),
});
export type DryRunAnswer = z.output<typeof dryRunAnswer>;
