import { availableParallelism } from 'node:os';
import { WEBAUTHN_ALGORITHMS } from '@countersign/core/factor/judge-webauthn-facts';
import { argon2Passwords } from '../adapters/password/argon2-passwords.ts';
import { ARGON2_DEFAULT, poolSettings } from '../adapters/password/argon2-settings.ts';
import { BoundedPool } from '../adapters/password/bounded-pool.ts';
import { loadCommonPasswords } from '../adapters/password/common-passwords.ts';
import { systemRandom } from '../adapters/random.ts';
import { createCommit } from '../adapters/store/commit.ts';
import { createEnrolmentStore } from '../adapters/store/enrolment-store.ts';
import { createGrantStore } from '../adapters/store/grants.ts';
import { createPeople } from '../adapters/store/people.ts';
import { createSessionStore } from '../adapters/store/sessions.ts';
import { createSigninStore } from '../adapters/store/signin-store.ts';
import { createVault } from '../adapters/vault.ts';
import { createWebAuthn } from '../adapters/webauthn/create-webauthn.ts';
import type { Settings } from '../config/settings.ts';
import type { DeskDeps } from '../desk/deps.ts';
import type { Site } from '../ports/site.ts';
import type { FidoModels } from '../ports/webauthn.ts';
import type { OpenStore } from './open-store.ts';

const PEPPER = 'pepper-1';

/** The desk with everything it reaches: real clock-free adapters over one store. */
export async function buildDesk(
  { database, sealer }: OpenStore,
  settings: Settings,
  site: () => Site,
  models: () => FidoModels,
): Promise<DeskDeps> {
  const pool = {
    ...poolSettings(availableParallelism()),
    ...(settings.passwords?.concurrency === undefined ? {} : { concurrency: settings.passwords.concurrency }),
  };
  const passwords = argon2Passwords({
    keys: { currentId: PEPPER, byId: new Map([[PEPPER, sealer.derive('password-pepper')]]) },
    cost: ARGON2_DEFAULT,
    pool: new BoundedPool(pool),
    random: (size) => systemRandom.bytes(size),
  });
  const {
    attestation = 'none',
    syncedKeys = 'allowed',
    allowedModels,
    blockedModels = [],
  } = settings.webauthn ?? {};
  return {
    commit: createCommit(database, sealer),
    random: systemRandom,
    vault: createVault(sealer),
    site,
    people: createPeople(database),
    signins: createSigninStore(database),
    enrolments: createEnrolmentStore(database),
    sessions: createSessionStore(database),
    grants: createGrantStore(database),
    passwords,
    codes: passwords,
    common: await loadCommonPasswords(),
    webauthn: createWebAuthn(),
    webauthnPolicy: {
      attestation,
      syncedKeys,
      userVerification: 'required',
      residentKey: 'required',
      allowedModels: allowedModels?.map((aaguid) => aaguid.toLowerCase()) ?? null,
      blockedModels: blockedModels.map((aaguid) => aaguid.toLowerCase()),
      algorithms: WEBAUTHN_ALGORITHMS,
    },
    models,
  };
}
