import type { Visitor } from '../visitor/create-visitor.ts';
import type { Seen } from '../visitor/seen.ts';

/** A page that only sends the browser to sign in shows nothing and grants nothing. */
export const sendsToSignIn = ({ status, location }: Seen): boolean =>
  status === 303 && /^(?:https?:\/\/[^/]+)?\/signin(?:\/|$)/.test(location ?? '');

/** The secrets that a browser holds of a sign-in: the values of its transaction cookies. */
export const transactionSecrets = (visitor: Visitor): readonly string[] =>
  visitor.jar.all().flatMap(({ name, value }) => (name.startsWith('__Host-cs-tx-') ? [value] : []));
