import type { IncomingMessage } from 'node:http';
import { hashSecret } from '@countersign/core/kernel/hash';
import type { Instant } from '@countersign/core/kernel/time';
import type { Logger } from 'pino';
import { makeSigningKey } from '../adapters/keys/signing-key.ts';
import { postForm } from '../adapters/outgoing/post-form.ts';
import { createApps } from '../adapters/store/apps.ts';
import { createLogoutTargets } from '../adapters/store/logout-targets.ts';
import { createOidcArtifacts } from '../adapters/store/oidc-artifacts.ts';
import { createSigningKeys } from '../adapters/store/signing-keys.ts';
import { endSession } from '../desk/account/end-session.ts';
import type { DeskDeps } from '../desk/deps.ts';
import { startSignin } from '../desk/signin/start-signin.ts';
import { createOidcDoor, type OidcDoor } from '../doors/oidc/create-door.ts';
import type { Page } from '../doors/oidc/deps.ts';
import {
  clearedSessionLine,
  localeFromHeaders,
  sessionSecretOf,
  transactionCookieLines,
} from '../http/cookies.ts';
import { pageHeaders } from '../http/send-page.ts';
import { renderFault } from '../pages/render-fault.ts';
import { renderSignout } from '../pages/render-signout.ts';
import type { PageContext } from '../pages/views.ts';
import type { SessionOwner } from '../ports/session-store.ts';
import type { OpenStore } from './open-store.ts';

/** The OpenID Connect door over the real store. */
export function buildOidc(
  { database, sealer }: OpenStore,
  desk: DeskDeps,
  log: Logger,
  clock: () => Instant,
): OidcDoor {
  const contextOf = (req: IncomingMessage, requestId: string, owner: SessionOwner | null): PageContext => {
    const { organisation, host } = desk.site();
    const locale = localeFromHeaders(req.headers, owner?.person.account.locale ?? null);
    return {
      locale,
      organisation,
      host,
      requestId,
      now: clock(),
      signedInAs: owner?.person.account.displayName ?? null,
    };
  };
  const page = async (
    markup: Page['html'] | Promise<{ toString(): string }> | { toString(): string },
    formAction: string | null,
  ): Promise<Page> => ({
    html: (await markup).toString(),
    headers: pageHeaders(formAction),
  });

  return createOidcDoor({
    commit: desk.commit,
    random: desk.random,
    site: desk.site,
    sessions: desk.sessions,
    grants: desk.grants,
    clock,
    inTransaction: (work) => database.transaction(work),
    derive: (purpose) => sealer.derive(`oidc/${purpose}`),
    tag: (purpose, value) => sealer.tag(`oidc/${purpose}`, value),
    artifacts: createOidcArtifacts(database, sealer),
    apps: createApps(database, sealer),
    signingKeys: createSigningKeys(database, sealer),
    makeSigningKey,
    logoutTargets: createLogoutTargets(database),
    sessionOf: async (req) => {
      const secret = sessionSecretOf(req.headers.cookie);
      return secret === null ? null : desk.sessions.bySecret(hashSecret(secret));
    },
    beginSignin: async (opened, session, { req, res }) => {
      const started = await startSignin(desk, opened, session, clock());
      res.appendHeader('set-cookie', transactionCookieLines(req.headers.cookie, started.id, started.secret));
      return `/signin/${started.id}`;
    },
    endSession: async (owner, visitor, { res }) => {
      await endSession(desk, owner, visitor, clock());
      res.appendHeader('set-cookie', clearedSessionLine());
    },
    pages: {
      fault: ({ status, reason, requestId }, { req }) =>
        page(renderFault({ status, reason, retryAt: null }, contextOf(req, requestId, null)), null),
      confirmLogout: ({ action, ticket, appName, returnOrigin }, owner, { req }) =>
        page(
          renderSignout({ kind: 'confirm', action, ticket, appName }, contextOf(req, '', owner)),
          returnOrigin,
        ),
      loggedOut: ({ req }) => page(renderSignout({ kind: 'done' }, contextOf(req, '', null)), null),
    },
    post: postForm,
    report: (error, requestId) =>
      log.error({ err: error, request: requestId }, 'the OpenID Connect door failed'),
  });
}
