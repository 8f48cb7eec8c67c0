import { member } from '../verbs/admin.ts';
import { createOperator } from '../verbs/operator.ts';
import type { Deployment } from '../deployment/start-deployment.ts';

export interface Route {
  readonly method: string;
  readonly path: string;
}

const ID = '00000000-0000-4000-8000-00000000abcd';

/** The pages, their forms and the OIDC door: what no description lists. */
export const PAGES: readonly Route[] = [
  ...[
    '/',
    '/enrol',
    '/enrol/password',
    '/enrol/totp',
    '/enrol/passkey',
    '/enrol/security-key',
    '/console',
    '/authenticator',
  ].map((path) => ({ method: 'GET', path })),
  ...[
    '/enrol/password',
    '/enrol/totp',
    '/enrol/passkey',
    '/enrol/recovery-codes',
    '/enrol/done',
    `/account/factors/${ID}/rename`,
    `/account/factors/${ID}/remove`,
    `/account/sessions/${ID}/end`,
    '/account/sessions/end-others',
    '/invitation',
    '/setup',
  ].map((path) => ({ method: 'POST', path })),
];

export const OIDC: readonly Route[] = [
  { method: 'GET', path: '/oidc/userinfo' },
  { method: 'POST', path: '/oidc/userinfo' },
  { method: 'POST', path: '/oidc/token' },
  { method: 'POST', path: '/oidc/token/introspection' },
  { method: 'POST', path: '/oidc/token/revocation' },
  { method: 'POST', path: '/oidc/par' },
];

/** Every operation of the published description of the API, with ids of real things where they are given. */
export async function apiOperations(
  deployment: Deployment,
  ids: Readonly<Record<string, string>> = {},
): Promise<readonly Route[]> {
  const document = await createOperator(deployment).json('GET', '/api/v1/openapi.json');
  const paths = member(document, 'paths') as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations)
      .filter((method) => ['get', 'post', 'put', 'patch', 'delete'].includes(method))
      .map((method) => {
        const [, kind = ''] = /\/api\/v1\/([a-z-]+)\/\{/.exec(path) ?? [];
        return {
          method: method.toUpperCase(),
          path: path.replace(/\{[^}]+\}/, ids[kind] ?? ID).replaceAll(/\{[^}]+\}/g, ID),
        };
      }),
  );
}

/** The same, and the description itself; with ids that nobody has. */
export const apiRoutes = async (deployment: Deployment): Promise<readonly Route[]> => [
  ...(await apiOperations(deployment)),
  { method: 'GET', path: '/api/v1/openapi.json' },
];
