/**
 * The only file that knows `oidc-provider` (design.md §4). The library owns the protocol; what it may keep, whom it
 * may let in and how long its answers live is decided elsewhere in this door.
 */
import Provider, { errors, interactionPolicy } from 'oidc-provider';
import type {
  Account,
  Adapter,
  AdapterPayload,
  Client,
  Configuration,
  JWK,
  KoaContextWithOIDC,
} from 'oidc-provider';

export { errors, Provider };
export type {
  Account as LibraryAccount,
  Adapter as LibraryAdapter,
  AdapterPayload as LibraryPayload,
  Client as LibraryClient,
  Configuration as LibraryConfiguration,
  JWK as LibraryJwk,
  KoaContextWithOIDC as LibraryContext,
};

/** The request that the library is serving in this async context, if any. */
export const currentContext = (): KoaContextWithOIDC | undefined => Provider.ctx;

export interface SessionCheck {
  /** Whether the person must prove something first. Attaches the grant to the request when not. */
  readonly mustSignIn: (ctx: KoaContextWithOIDC) => Promise<boolean>;
  /** What to remember about the request until the person is back. */
  readonly remember: (ctx: KoaContextWithOIDC) => Readonly<Record<string, unknown>>;
}

/**
 * The interaction policy: one check of ours in place of the library's own. `consent` and `select_account` exist so
 * that a request may name them; the first asks nothing (apps are the organisation's own), the second is a sign-in.
 */
export function sessionPolicy({ mustSignIn, remember }: SessionCheck): interactionPolicy.Prompt[] {
  const check = new interactionPolicy.Check(
    'our_session',
    'End-User authentication is required',
    'login_required',
    mustSignIn,
    (ctx) => ({ ...remember(ctx) }),
  );
  const prompts = [
    new interactionPolicy.Prompt({ name: 'login', requestable: true }, check),
    new interactionPolicy.Prompt({ name: 'consent', requestable: true }),
    new interactionPolicy.Prompt({ name: 'select_account', requestable: true }),
  ];
  // The library's "was asked for" checks know only its own session; ours judges freshness by proofs.
  for (const { name, checks } of prompts) checks.remove(`${name}_prompt`);
  return prompts;
}

/**
 * A provider whose addresses are those of the issuer, whatever Host, X-Forwarded-* or absolute request target say
 * (I-40): koa takes them from getters that an application may replace.
 */
export function makeProvider(issuer: string, configuration: Configuration): Provider {
  const provider = new Provider(issuer, configuration);
  const { protocol, host, origin } = new URL(issuer);
  Object.defineProperties(provider.request, {
    protocol: { get: () => protocol.slice(0, -1) },
    secure: { get: () => protocol === 'https:' },
    host: { get: () => host },
    href: {
      get(this: { readonly url: string }) {
        return origin + (this.url.startsWith('/') ? this.url : '/');
      },
    },
  });
  return provider;
}
