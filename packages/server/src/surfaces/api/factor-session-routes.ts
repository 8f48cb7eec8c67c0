import {
  factorList,
  factorParams,
  sessionList,
  sessionPage,
  sessionsQuery,
} from '@countersign/contract/api/people';
import { idParams } from '@countersign/contract/api/scalars';
import { asId } from '@countersign/core/kernel/id';
import { err, ok } from '@countersign/core/kernel/result';
import { whyEnded } from '@countersign/core/session/session';
import type { FastifyInstance } from 'fastify';
import { endSessionOf } from '../../desk/admin/end-sessions.ts';
import { removeFactorOf } from '../../desk/admin/remove-factor-of.ts';
import { pageOf, partByTime } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { route } from './route.ts';
import { showFactor, showSession, showSessionRow } from './views.ts';

/** Factors of a person, and sessions of one or all. */
export function factorSessionRoutes(api: FastifyInstance, deps: ApiDeps): void {
  const { desk, directory } = deps;

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/people/:id/factors',
      access: 'read',
      tag: 'people',
      summary: 'Ways to sign in of a person',
      params: idParams,
      ok: [200, factorList],
    },
    async (_act, { params }) => {
      const found = await desk.people.byId(asId(params.id));
      return found === null
        ? err('account.unknown')
        : ok({ items: found.factors.map((factor) => showFactor(factor, found)) });
    },
  );

  route(
    api,
    deps,
    {
      method: 'DELETE',
      url: '/people/:id/factors/:factorId',
      access: 'write',
      tag: 'people',
      summary: 'Remove a way to sign in; all sessions of the person end',
      params: factorParams,
      ok: [204],
    },
    ({ tools, caller, visitor, now }, { params }) =>
      removeFactorOf(tools, caller, params.id, params.factorId, visitor, now),
  );

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/people/:id/sessions',
      access: 'read',
      tag: 'people',
      summary: 'Live sessions of a person',
      params: idParams,
      ok: [200, sessionList],
    },
    async ({ now }, { params }) => {
      const found = await desk.people.byId(asId(params.id));
      if (found === null) return err('account.unknown');
      const sessions = await desk.sessions.ofAccount(found.account.id);
      const alive = sessions.filter(({ session }) => whyEnded(session, found.account.epoch, now) === null);
      return ok({ items: alive.map((session) => showSession(session, found.account)) });
    },
  );

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/sessions',
      access: 'read',
      tag: 'sessions',
      summary: 'Live sessions, newest first',
      query: sessionsQuery,
      ok: [200, sessionPage],
    },
    async ({ now }, { query }) => {
      const part = partByTime(query);
      if (!part.ok) return part;
      const rows = await directory.sessions(part.value, now);
      return ok(pageOf(rows, query.limit, ({ startedAt, id }) => ({ at: startedAt, id }), showSessionRow));
    },
  );

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/sessions/:id/end',
      access: 'write',
      tag: 'sessions',
      summary: 'End a session with what came from it',
      params: idParams,
      ok: [204],
    },
    ({ tools, caller, visitor, now }, { params }) => endSessionOf(tools, caller, params.id, visitor, now),
  );
}
