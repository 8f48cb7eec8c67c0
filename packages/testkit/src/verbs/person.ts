import type { Totp } from '../authenticators/totp.ts';
import type { WebAuthnKey } from '../authenticators/webauthn-key.ts';

/** Someone with an account, and all that they hold to prove it. */
export interface Person {
  readonly id: string;
  readonly login: string;
  readonly displayName: string;
  readonly email: string;
  readonly password: string | null;
  readonly totp: Totp | null;
  readonly passkey: WebAuthnKey | null;
  readonly recoveryCodes: readonly string[];
}

/** What somebody must hold for a verb; says so in the message when a case forgot to ask for it. */
export function held<T>(value: T | null, what: string): T {
  if (value === null) throw new TypeError(`this person has no ${what}`);
  return value;
}
