import type { CodeDigester, CommonPasswords, PasswordHasher } from '../ports/password.ts';
import type { Commit } from '../ports/effects.ts';
import type { EnrolmentStore } from '../ports/enrolment-store.ts';
import type { People } from '../ports/person.ts';
import type { Random } from '../ports/random.ts';
import type { GrantStore, SessionStore } from '../ports/session-store.ts';
import type { SigninStore } from '../ports/signin-store.ts';
import type { Site } from '../ports/site.ts';
import type { Vault } from '../ports/vault.ts';
import type { AttestationTrust, WebAuthn } from '../ports/webauthn.ts';
import type { RegistrationPolicy } from '@countersign/core/factor/judge-webauthn-registration';

/** Everything the desk can reach. A use case names the few it needs with `Pick`. */
export interface DeskDeps {
  readonly commit: Commit;
  readonly random: Random;
  readonly vault: Vault;
  /** Read at each use: set-up fixes the address while the node runs. */
  readonly site: () => Site;
  readonly people: People;
  readonly signins: SigninStore;
  readonly enrolments: EnrolmentStore;
  readonly sessions: SessionStore;
  readonly grants: GrantStore;
  readonly passwords: PasswordHasher;
  readonly codes: CodeDigester;
  readonly common: CommonPasswords;
  readonly webauthn: WebAuthn;
  readonly webauthnPolicy: RegistrationPolicy;
  readonly models: () => AttestationTrust['models'];
}

export type { Visitor } from '../ports/visitor.ts';
