import type { ReasonId } from '@countersign/core/audit/event';
import { apiReason } from '@countersign/contract/api/reasons';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { sendProblem } from '../../http/app.ts';
import { faultOf } from '../../http/faults.ts';

export interface FieldError {
  readonly field: string;
  readonly reason: string;
}

/** Why not, with what a program or a person needs to go on. */
export type Refusal = ReasonId | { readonly reason: ReasonId; readonly errors?: readonly FieldError[] };

export const reasonOf = (refusal: Refusal): ReasonId =>
  typeof refusal === 'string' ? refusal : refusal.reason;

const RETRY_AFTER_S = '5';

/** Sends a refusal: the one place where a reason becomes a status and a sentence. */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: Refusal,
  more: object = {},
): Promise<FastifyReply> {
  const reason = reasonOf(refusal);
  const errors = typeof refusal === 'string' ? undefined : refusal.errors;
  const { status, ...sentences } = apiReason(reason);
  if (status === 503) void reply.header('retry-after', RETRY_AFTER_S);
  return sendProblem(request, reply, status, reason, {
    ...sentences,
    ...(errors === undefined ? {} : { errors }),
    ...more,
  });
}

const MOST_ERRORS = 20;
const LONGEST_TEXT = 200;
const short = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;

/** What Fastify, a schema or the store threw. Field by field where it was the input; never an echo of a value. */
export function refuseError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.slice(0, MOST_ERRORS).map(({ instancePath, message }) => ({
      field: short(
        [error.validationContext ?? '', ...instancePath.split('/').filter((part) => part !== '')].join('.'),
      ),
      reason: short(message ?? 'not allowed'),
    }));
    return refuse(request, reply, { reason: 'request.malformed', errors });
  }
  const fault = faultOf(error);
  if (fault.status >= 500) request.log.error({ err: error, reason: fault.reason }, 'request failed');
  return refuse(request, reply, fault.reason);
}
