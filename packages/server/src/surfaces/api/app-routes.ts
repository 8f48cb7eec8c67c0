import {
  app,
  appPage,
  appsQuery,
  createAppBody,
  createdAppAnswer,
  secretAnswer,
  updateAppBody,
} from '@countersign/contract/api/apps';
import { idParams } from '@countersign/contract/api/scalars';
import { asId } from '@countersign/core/kernel/id';
import { err, ok } from '@countersign/core/kernel/result';
import type { FastifyInstance } from 'fastify';
import { createApp } from '../../desk/admin/create-app.ts';
import { removeApp } from '../../desk/admin/remove-app.ts';
import { rotateAppSecret } from '../../desk/admin/rotate-app-secret.ts';
import { updateApp } from '../../desk/admin/update-app.ts';
import { pageOf, partByName } from './cursor.ts';
import type { ApiDeps } from './deps.ts';
import { route } from './route.ts';
import { showApp } from './views.ts';

/** Apps that people sign in to. A secret goes out where it is made and never again (I-48). */
export function appRoutes(api: FastifyInstance, deps: ApiDeps): void {
  const { apps, directory } = deps;

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/apps',
      access: 'administer',
      tag: 'apps',
      summary: 'Apps by name',
      query: appsQuery,
      ok: [200, appPage],
    },
    async (_act, { query }) => {
      const part = partByName(query);
      if (!part.ok) return part;
      const rows = await directory.apps(part.value);
      return ok(pageOf(rows, query.limit, ({ name, id }) => ({ name, id }), showApp));
    },
  );

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/apps',
      access: 'write',
      tag: 'apps',
      summary: 'Register an OpenID Connect client',
      body: createAppBody,
      ok: [201, createdAppAnswer],
    },
    ({ tools, caller, visitor, now }, { body }) => createApp(tools, caller, body, visitor, now),
  );

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/apps/:id',
      access: 'administer',
      tag: 'apps',
      summary: 'An app',
      params: idParams,
      ok: [200, app],
    },
    async (_act, { params }) => {
      const found = await apps.byId(asId(params.id));
      return found === null ? err('app.unknown') : ok(showApp(found));
    },
  );

  route(
    api,
    deps,
    {
      method: 'PATCH',
      url: '/apps/:id',
      access: 'write',
      tag: 'apps',
      summary: 'Change an app',
      params: idParams,
      body: updateAppBody,
      ok: [204],
    },
    ({ tools, caller, visitor, now }, { params, body }) =>
      updateApp(tools, caller, params.id, body, visitor, now),
  );

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/apps/:id/rotate-secret',
      access: 'write',
      tag: 'apps',
      summary: 'A new secret; the old one is void at once',
      params: idParams,
      ok: [201, secretAnswer],
    },
    async ({ tools, caller, visitor, now }, { params }) => {
      const rotated = await rotateAppSecret(tools, caller, params.id, visitor, now);
      return rotated.ok ? ok({ clientSecret: rotated.value }) : rotated;
    },
  );

  route(
    api,
    deps,
    {
      method: 'DELETE',
      url: '/apps/:id',
      access: 'write',
      tag: 'apps',
      summary: 'Remove an app; its grants end',
      params: idParams,
      ok: [204],
    },
    ({ tools, caller, visitor, now }, { params }) => removeApp(tools, caller, params.id, visitor, now),
  );
}
