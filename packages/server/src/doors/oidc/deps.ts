import type { IncomingMessage } from 'node:http';
import type { Instant } from '@countersign/core/kernel/time';
import type { DeskDeps, Visitor } from '../../desk/deps.ts';
import type { Apps } from '../../ports/apps.ts';
import type { LogoutTargets } from '../../ports/logout-targets.ts';
import type { OidcArtifacts } from '../../ports/oidc-artifacts.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { MakeSigningKey, SigningKeys } from '../../ports/signing-keys.ts';
import type { StoredAsk } from '../../ports/signin-store.ts';
import type { Http } from './exchange.ts';

/** Opens a sign-in, binds it to this browser, and says where to send it. */
export type BeginSignin = (opened: StoredAsk, session: SessionOwner | null, http: Http) => Promise<string>;

/** A page of ours, ready to send: this door commits before it writes, so it is handed back, not written. */
export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface OidcPages {
  readonly fault: (
    fault: { readonly status: number; readonly reason: string; readonly requestId: string },
    http: Http,
  ) => Promise<Page> | Page;
  /** Asks whether to sign out: a form that posts `ticket` to `action`. `appName` is null when nobody may be named. */
  readonly confirmLogout: (
    view: {
      readonly action: string;
      readonly ticket: string;
      readonly appName: string | null;
      readonly returnOrigin: string | null;
    },
    session: SessionOwner,
    http: Http,
  ) => Promise<Page> | Page;
  readonly loggedOut: (http: Http) => Promise<Page> | Page;
}

export interface OidcDeps extends Pick<DeskDeps, 'commit' | 'random' | 'site' | 'sessions' | 'grants'> {
  readonly clock: () => Instant;
  /** One database transaction around everything `work` awaits, the desk's commits included. */
  readonly inTransaction: <T>(work: () => Promise<T>) => Promise<T>;
  /** A 32-byte key for one purpose, the same on every node. */
  readonly derive: (purpose: string) => Uint8Array;
  /** A keyed hash for one purpose, the same on every node. */
  readonly tag: (purpose: string, value: string) => Uint8Array;
  readonly artifacts: OidcArtifacts;
  readonly apps: Apps;
  readonly signingKeys: SigningKeys;
  readonly makeSigningKey: MakeSigningKey;
  readonly logoutTargets: LogoutTargets;
  /** The session of the browser at the other end, alive or not; null without our cookie. */
  readonly sessionOf: (req: IncomingMessage) => Promise<SessionOwner | null>;
  readonly beginSignin: BeginSignin;
  /** Ends our session with its grants, writes the event, and clears the cookie on the response. */
  readonly endSession: (session: SessionOwner, visitor: Visitor, http: Http) => Promise<void>;
  readonly pages: OidcPages;
  /** Posts a form to an app's address under the egress rules; the status of the answer. Throws when there is none. */
  readonly post: (url: string, form: Readonly<Record<string, string>>) => Promise<number>;
  /** Something that should not happen; the request got a 500. */
  readonly report: (error: unknown, requestId: string | null) => void;
}
