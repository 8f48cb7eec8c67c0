import { dryRunAnswer, writeQuery } from '@countersign/contract/api/paging';
import { problem } from '@countersign/contract/api/problem';
import type { Result } from '@countersign/core/kernel/result';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { actOf, type Act } from './act.ts';
import type { ApiDeps } from './deps.ts';
import type { Access } from './gate.ts';
import { reasonOf, refuse, type Refusal } from './refuse.ts';
import { reportRefusal } from './report-refusal.ts';

export const nothing = z.strictObject({});
/** A POST without content, or with an empty object. */
const noBody = z.strictObject({}).nullish();

interface Shape {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly access: Exclude<Access, 'anyone'>;
  readonly summary: string;
  readonly tag: 'people' | 'sessions' | 'apps' | 'audit' | 'system';
  readonly bodyLimit?: number;
}

interface Schemas<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The status of success and what comes with it; a 204 has no answer. */
  readonly ok: readonly [200 | 201, Answer] | readonly [204];
}

export interface Input<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType> {
  readonly params: z.output<Params>;
  readonly query: z.output<Query>;
  readonly body: z.output<Body>;
}

const problemAnswer = {
  description: 'Refused, with its reason',
  content: { 'application/problem+json': { schema: problem } },
};

/**
 * One route of the API. A handler gets parsed input and returns a value or a refusal; how either is answered, what a
 * dry run says, and that an escalation attempt is written down stand here once.
 */
export function route<
  Answer extends z.ZodType,
  Params extends z.ZodType = typeof nothing,
  Query extends z.ZodType = typeof nothing,
  Body extends z.ZodType = typeof noBody,
>(
  api: FastifyInstance,
  deps: ApiDeps,
  spec: Shape & Schemas<Params, Query, Body, Answer>,
  handle: (act: Act, input: Input<Params, Query, Body>) => Promise<Result<z.input<Answer> | null, Refusal>>,
): void {
  const [status, answer] = spec.ok;
  const writes = spec.access === 'write' || spec.access === 'operator';
  const success = {
    [status]: answer ?? z.null(),
    ...(writes
      ? { 200: status === 200 && answer !== undefined ? z.union([answer, dryRunAnswer]) : dryRunAnswer }
      : {}),
  };
  api.route({
    method: spec.method,
    url: spec.url,
    config: { access: spec.access },
    ...(spec.bodyLimit === undefined ? {} : { bodyLimit: spec.bodyLimit }),
    schema: {
      tags: [spec.tag],
      summary: spec.summary,
      params: spec.params ?? nothing,
      querystring: spec.query ?? (writes ? writeQuery : nothing),
      ...(spec.method === 'GET' ? {} : { body: spec.body ?? noBody }),
      response: { ...success, '4xx': problemAnswer, '5xx': problemAnswer },
    },
    handler: async (request, reply) => {
      const act = actOf(deps, request, reply);
      // The validators named above made these: the types are theirs.
      const input = { params: request.params, query: request.query, body: request.body } as Input<
        Params,
        Query,
        Body
      >;
      const result = await handle(act, input);
      if (!result.ok) {
        await reportRefusal(deps, request, act.identity, reasonOf(result.error));
        return refuse(request, reply, result.error);
      }
      if (act.rehearsed !== null) return reply.code(200).send({ dryRun: true, effects: act.rehearsed });
      return status === 204 ? reply.code(204).send() : reply.code(status).send(result.value);
    },
  });
}
