import { linkAnswer, temporaryPassAnswer, temporaryPassBody } from '@countersign/contract/api/people';
import { idParams } from '@countersign/contract/api/scalars';
import type { ReasonId } from '@countersign/core/audit/event';
import { ok, type Result } from '@countersign/core/kernel/result';
import { minutes, type Instant } from '@countersign/core/kernel/time';
import type { FastifyInstance } from 'fastify';
import type { Caller } from '../../desk/admin/caller.ts';
import { endSessions } from '../../desk/admin/end-sessions.ts';
import { erasePerson } from '../../desk/admin/erase-person.ts';
import { issueTemporaryPass } from '../../desk/admin/issue-temporary-pass.ts';
import { renewLink } from '../../desk/admin/renew-link.ts';
import { disablePerson, enablePerson } from '../../desk/admin/switch-person.ts';
import { unlockPerson } from '../../desk/admin/unlock-person.ts';
import type { Visitor } from '../../desk/deps.ts';
import type { Tools } from './act.ts';
import type { ApiDeps } from './deps.ts';
import { route } from './route.ts';
import { iso, showLink } from './views.ts';

type PlainAct = (
  tools: Tools,
  caller: Caller,
  id: string,
  visitor: Visitor,
  now: Instant,
) => Promise<Result<null, ReasonId>>;

const PLAIN_ACTS: readonly (readonly [path: string, summary: string, act: PlainAct])[] = [
  ['disable', 'Switch the account off, everywhere and at once', disablePerson],
  ['enable', 'Switch the account on again', enablePerson],
  ['end-sessions', 'End everything the person is signed in to', endSessions],
  ['unlock', 'Give back what wrong guesses used up', unlockPerson],
  ['erase', 'Forget who a person was; the account must be switched off', erasePerson],
];

/** What is done to one person by a POST without content. */
export function personActRoutes(api: FastifyInstance, deps: ApiDeps): void {
  for (const [path, summary, act] of PLAIN_ACTS) {
    route(
      api,
      deps,
      {
        method: 'POST',
        url: `/people/:id/${path}`,
        access: 'write',
        tag: 'people',
        summary,
        params: idParams,
        ok: [204],
      },
      ({ tools, caller, visitor, now }, { params }) => act(tools, caller, params.id, visitor, now),
    );
  }

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/people/:id/link',
      access: 'write',
      tag: 'people',
      summary: 'A new link to set up ways to sign in; earlier ones are void',
      params: idParams,
      ok: [201, linkAnswer],
    },
    async ({ tools, caller, visitor, now }, { params }) => {
      const link = await renewLink(tools, caller, params.id, visitor, now);
      return link.ok ? ok(showLink(link.value)) : link;
    },
  );

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/people/:id/temporary-pass',
      access: 'write',
      tag: 'people',
      summary: 'A pass to set up ways to sign in with, for at most an hour',
      params: idParams,
      body: temporaryPassBody,
      ok: [201, temporaryPassAnswer],
    },
    async ({ tools, caller, visitor, now }, { params, body }) => {
      const issued = await issueTemporaryPass(tools, caller, params.id, minutes(body.minutes), visitor, now);
      return issued.ok ? ok({ pass: issued.value.pass, expiresAt: iso(issued.value.expiresAt) }) : issued;
    },
  );
}
