import {
  invitePersonBody,
  invitedAnswer,
  peopleQuery,
  person,
  personPage,
  updatePersonBody,
} from '@countersign/contract/api/people';
import { idParams } from '@countersign/contract/api/scalars';
import { canonicalName } from '@countersign/core/account/canonical-name';
import { asId } from '@countersign/core/kernel/id';
import { err, ok } from '@countersign/core/kernel/result';
import { whyEnded } from '@countersign/core/session/session';
import type { FastifyInstance } from 'fastify';
import { invitePerson } from '../../desk/admin/invite-person.ts';
import { updatePerson } from '../../desk/admin/update-person.ts';
import { pageOf, partByName } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { route } from './route.ts';
import { showLink, showPerson, showPersonRow } from './views.ts';

/** People: list, invite, read, change. */
export function peopleRoutes(api: FastifyInstance, deps: ApiDeps): void {
  const { desk, directory } = deps;

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/people',
      access: 'read',
      tag: 'people',
      summary: 'People by sign-in name',
      query: peopleQuery,
      ok: [200, personPage],
    },
    async (_act, { query }) => {
      const part = partByName(query);
      if (!part.ok) return part;
      const name = query.name === undefined ? ok(null) : canonicalName(query.name);
      // What can be no name is nobody's.
      if (!name.ok) return ok({ items: [], next: null });
      const rows = await directory.people(
        { q: query.q ?? null, name: name.value, state: query.state ?? null },
        part.value,
      );
      return ok(pageOf(rows, query.limit, ({ login, id }) => ({ name: login, id }), showPersonRow));
    },
  );

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/people',
      access: 'write',
      tag: 'people',
      summary: 'Invite a person',
      body: invitePersonBody,
      ok: [201, invitedAnswer],
    },
    async ({ tools, caller, visitor, now }, { body }) => {
      const invited = await invitePerson(tools, caller, body, visitor, now);
      return invited.ok ? ok({ id: invited.value.id, invitation: showLink(invited.value.link) }) : invited;
    },
  );

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/people/:id',
      access: 'read',
      tag: 'people',
      summary: 'A person with factors, sessions and guesses',
      params: idParams,
      ok: [200, person],
    },
    async ({ now }, { params }) => {
      const found = await desk.people.byId(asId(params.id));
      if (found === null) return err('account.unknown');
      const [sessions, guesses] = await Promise.all([
        desk.sessions.ofAccount(found.account.id),
        desk.signins.guesses(found.account.id),
      ]);
      const alive = sessions.filter(({ session }) => whyEnded(session, found.account.epoch, now) === null);
      return ok(showPerson(found, alive, guesses));
    },
  );

  route(
    api,
    deps,
    {
      method: 'PATCH',
      url: '/people/:id',
      access: 'write',
      tag: 'people',
      summary: 'Change name, address, language or roles',
      params: idParams,
      body: updatePersonBody,
      ok: [204],
    },
    ({ tools, caller, visitor, now }, { params, body }) =>
      updatePerson(tools, caller, params.id, body, visitor, now),
  );
}
