import { Readable } from 'node:stream';
import { checkpointAnswer, eventPage, eventsQuery, exportQuery } from '@countersign/contract/api/audit';
import { asId } from '@countersign/core/kernel/id';
import { err, ok } from '@countersign/core/kernel/result';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { recordExport } from '../../desk/admin/record-export.ts';
import { actOf } from './act.ts';
import { pageOf, partByTime } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { refuse } from './refuse.ts';
import { route } from './route.ts';
import { iso, showEvent } from './views.ts';

const momentOf = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

/** The audit log: reading, proving, taking it out. */
export function auditRoutes(api: FastifyInstance, deps: ApiDeps): void {
  const { auditLog, clock, directory } = deps;

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/audit/events',
      access: 'read',
      tag: 'audit',
      summary: 'Events, newest first',
      query: eventsQuery,
      ok: [200, eventPage],
    },
    async (_act, { query }) => {
      const part = partByTime(query);
      if (!part.ok) return part;
      const { type = null, subject = null, since, until, limit } = query;
      const rows = await directory.events(
        { type, subject, since: momentOf(since), until: momentOf(until) },
        part.value,
      );
      return ok(pageOf(rows, limit, ({ at, id }) => ({ at, id }), showEvent));
    },
  );

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/audit/checkpoint',
      access: 'read',
      tag: 'audit',
      summary: 'The last signed checkpoint, to be kept elsewhere',
      ok: [200, checkpointAnswer],
    },
    async () => {
      const { checkpoint } = await directory.auditLog();
      return checkpoint === null
        ? err('audit.no_checkpoint')
        : ok({ size: checkpoint.size, note: checkpoint.note, at: iso(checkpoint.at) });
    },
  );

  api.get(
    '/audit/export',
    {
      config: { access: 'read' },
      exposeHeadRoute: false,
      schema: {
        tags: ['audit'],
        summary: 'The whole log, or what concerns one person, as lines that `countersign audit verify` reads',
        querystring: exportQuery,
        produces: ['application/x-ndjson'],
      },
    },
    async (request: FastifyRequest, reply) => {
      const { subject } = request.query as z.output<typeof exportQuery>;
      const { tools, caller, visitor, now } = actOf(deps, request, reply);
      if (subject !== undefined && (await tools.people.byId(asId(subject))) === null)
        return refuse(request, reply, 'account.unknown');
      await recordExport(tools, caller, subject ?? null, visitor, now);
      const options = { personal: 'shown' } as const;
      const lines =
        subject === undefined
          ? auditLog.exportLog(clock(), options)
          : auditLog.exportExcerpt(asId(subject), clock(), options);
      return reply
        .header('content-type', 'application/x-ndjson')
        .header('content-disposition', 'attachment; filename="audit.ndjson"')
        .send(Readable.from(withBreaks(lines), { objectMode: false }));
    },
  );
}

async function* withBreaks(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const line of lines) yield Buffer.from(`${line}\n`, 'utf8');
}
