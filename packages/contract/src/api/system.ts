import { z } from 'zod';
import { instant, roles } from './scalars.ts';

/** Who the caller is, and what they may do here. */
export const meAnswer = z.strictObject({
  kind: z.enum(['operator', 'person']),
  id: z.string().nullable(),
  login: z.string(),
  displayName: z.string(),
  roles,
  may: z.strictObject({ read: z.boolean(), administer: z.boolean() }),
  /** Whether a write would be accepted now, or a fresh proof is needed first. */
  fresh: z.boolean(),
});

/** Where to send the browser to prove again: a page of ours. */
export const stepUpAnswer = z.strictObject({ path: z.string() });

const count = z.int().min(0);

export const statusAnswer = z.strictObject({
  version: z.string(),
  organisation: z.string(),
  origin: z.string(),
  now: instant,
  people: z.strictObject({ invited: count, active: count, disabled: count }),
  apps: count,
  sessions: count,
  audit: z.strictObject({
    origin: z.string().nullable(),
    size: count,
    /** Events that were committed and have no place in the log yet. */
    waiting: count,
    checkpointAt: instant.nullable(),
  }),
  fidoMetadata: z.strictObject({ number: z.int(), loadedAt: instant }).nullable(),
});
export type StatusAnswer = z.output<typeof statusAnswer>;

/** The BLOB of the FIDO Alliance as it was downloaded: one JWS. The real one is about 10 MB. */
export const fidoMetadataBody = z.string().min(1);
export const FIDO_METADATA_TYPE = 'application/jose';
export const LARGEST_FIDO_METADATA = 64 * 1_024 * 1_024;
export const fidoMetadataAnswer = z.strictObject({
  number: z.int(),
  models: z.int(),
  nextUpdate: z.string(),
});
export type FidoMetadataAnswer = z.output<typeof fidoMetadataAnswer>;
