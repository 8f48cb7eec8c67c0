import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

/** A form that is not what its page sends: wrong type, missing, repeated or unknown field. Answered as 400. */
export class MalformedForm extends Error {
  readonly code = 'FST_ERR_VALIDATION';
}

/** The fields of a posted form, by its schema; nothing beyond them is accepted (I-08). */
export function formOf<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.output<Schema> {
  const parsed = schema.safeParse(request.body ?? {});
  if (!parsed.success) throw new MalformedForm('the form does not have the fields of its page');
  return parsed.data;
}
