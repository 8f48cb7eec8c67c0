import { linkAnswer, recoveryLinkBody } from '@countersign/contract/api/people';
import {
  FIDO_METADATA_TYPE,
  fidoMetadataAnswer,
  fidoMetadataBody,
  LARGEST_FIDO_METADATA,
  meAnswer,
  statusAnswer,
  stepUpAnswer,
} from '@countersign/contract/api/system';
import { err, ok } from '@countersign/core/kernel/result';
import type { FastifyInstance } from 'fastify';
import { mayAdminister, mayRead } from '../../desk/admin/caller.ts';
import { recoverAdministrator } from '../../desk/admin/renew-link.ts';
import { storeFidoMetadata } from '../../desk/admin/store-fido-metadata.ts';
import { consoleAsk } from '../../desk/apps.ts';
import { FRESH } from '../../desk/enrol/factor-authority.ts';
import { startSignin } from '../../desk/signin/start-signin.ts';
import { setTransactionCookie } from '../../http/cookies.ts';
import type { ApiDeps } from './deps.ts';
import { isFresh } from './gate.ts';
import { nothing, route } from './route.ts';
import { iso, showLink } from './views.ts';

/** Who the caller is, how the node stands, and what belongs to the machine itself. */
export function systemRoutes(api: FastifyInstance, deps: ApiDeps): void {
  const { desk, clock, directory } = deps;

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/me',
      access: 'read',
      tag: 'system',
      summary: 'Who is calling, and what they may do',
      ok: [200, meAnswer],
    },
    async ({ caller, identity, now }) => {
      const may = { read: mayRead(caller), administer: mayAdminister(caller) };
      const fresh = isFresh(identity, now);
      if (caller.kind === 'operator')
        return ok({
          kind: caller.kind,
          id: null,
          login: caller.name,
          displayName: caller.name,
          roles: [],
          may,
          fresh,
        });
      const { id, login, displayName, roles } = caller.account;
      return ok({ kind: caller.kind, id, login, displayName, roles: [...roles], may, fresh });
    },
  );

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/me/step-up',
      access: 'role',
      tag: 'system',
      summary: 'Begin to prove once more; open the path in the same browser',
      query: nothing,
      ok: [200, stepUpAnswer],
    },
    async ({ identity, now, reply }) => {
      if (identity.kind === 'operator') return err('step_up.needless');
      const { owner } = identity;
      const ask = { ...consoleAsk, notBefore: now - FRESH };
      const opened = {
        ask,
        appName: desk.site().organisation,
        askedAcr: [],
        returnTo: deps.afterStepUp,
        returnOrigin: null,
        loginHint: owner.person.account.login,
      };
      const { id, secret } = await startSignin(desk, opened, owner, now);
      setTransactionCookie(reply, id, secret);
      return ok({ path: `/signin/${id}` });
    },
  );

  route(
    api,
    deps,
    {
      method: 'GET',
      url: '/system/status',
      access: 'administer',
      tag: 'system',
      summary: 'How the node and its store stand',
      ok: [200, statusAnswer],
    },
    async ({ now }) => {
      const [counts, log, fido] = await Promise.all([
        directory.counts(now),
        directory.auditLog(),
        directory.fidoMetadata(),
      ]);
      const { organisation, origin } = desk.site();
      return ok({
        version: deps.version,
        organisation,
        origin,
        now: iso(now),
        ...counts,
        audit: {
          origin: log.origin,
          size: log.size,
          waiting: log.waiting,
          checkpointAt: log.checkpoint === null ? null : iso(log.checkpoint.at),
        },
        fidoMetadata: fido === null ? null : { number: fido.number, loadedAt: iso(fido.loadedAt) },
      });
    },
  );

  route(
    api,
    deps,
    {
      method: 'PUT',
      url: '/fido-metadata',
      access: 'write',
      tag: 'system',
      summary: `Take newer metadata of the FIDO Alliance into use (${FIDO_METADATA_TYPE})`,
      bodyLimit: LARGEST_FIDO_METADATA,
      body: fidoMetadataBody,
      ok: [200, fidoMetadataAnswer],
    },
    async ({ tools, caller, visitor, now, rehearsed }, { body }) => {
      const stored = await storeFidoMetadata(
        { ...tools, verify: deps.verifyFidoMetadata },
        caller,
        body,
        visitor,
        now,
      );
      if (!stored.ok) return stored;
      if (rehearsed === null) await deps.onFidoMetadata();
      return ok({
        number: stored.value.number,
        models: stored.value.models.length,
        nextUpdate: stored.value.nextUpdate,
      });
    },
  );

  route(
    api,
    deps,
    {
      method: 'POST',
      url: '/recovery/admin-link',
      access: 'operator',
      tag: 'system',
      summary: 'Bring an administrator back; every owner is told. Local socket only',
      body: recoveryLinkBody,
      ok: [201, linkAnswer],
    },
    async ({ tools, caller, visitor }, { body }) => {
      const link = await recoverAdministrator(tools, caller, body.login, visitor, clock());
      return link.ok ? ok(showLink(link.value)) : link;
    },
  );
}
