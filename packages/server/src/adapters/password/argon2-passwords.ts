import { timingSafeEqual } from 'node:crypto';
import type { NormalisedPassword } from '@countersign/core/factor/normalise-password';
import { hashRaw } from '@node-rs/argon2';
import type { CodeDigester, CodeSalt, PasswordHasher, StoredPassword } from '../../ports/password.ts';
import type { BoundedPool } from './bounded-pool.ts';
import { type Argon2Cost, formatPhc, parsePhc } from './phc.ts';

/** Bytes of a salt; R-PWD-10 asks for 4 at least, RFC 9106 §3.1 recommends 16. */
const SALT_BYTES = 16;
const DIGEST_BYTES = 32;
const ARGON2ID = 2;

/** The pepper keys, kept outside the store. Old ones stay until no row names them. */
export interface PepperKeys {
  readonly currentId: string;
  /** At least 32 random bytes each. */
  readonly byId: ReadonlyMap<string, Uint8Array>;
}

export interface Argon2Passwords extends PasswordHasher, CodeDigester {}

export interface Argon2Parts {
  readonly keys: PepperKeys;
  readonly cost: Argon2Cost;
  readonly pool: BoundedPool;
  readonly random: (size: number) => Uint8Array;
}

function keyOf(keys: PepperKeys, id: string): Uint8Array {
  const key = keys.byId.get(id);
  if (!key) throw new Error(`The pepper key "${id}" is not among the keys of this node.`);
  if (key.length < 32) throw new Error(`The pepper key "${id}" is shorter than 32 bytes.`);
  return key;
}

/** The one argon2id call. Runs on a libuv thread (napi async work), off the event loop; once running it cannot be stopped. */
async function argon2id(
  text: string,
  salt: Uint8Array,
  secret: Uint8Array,
  cost: Argon2Cost,
): Promise<Buffer> {
  const message = Buffer.from(text, 'utf8');
  try {
    return await hashRaw(message, {
      algorithm: ARGON2ID,
      memoryCost: cost.memoryKiB,
      timeCost: cost.passes,
      parallelism: cost.lanes,
      outputLen: DIGEST_BYTES,
      salt,
      secret,
    });
  } finally {
    // Our own copy is wiped; the string it came from and the library's copy are beyond reach.
    message.fill(0);
  }
}

/** Password hashing by argon2id with a pepper, on a bounded pool. Every call but `freshSalt` waits for its turn there. */
export function argon2Passwords({ keys, cost, pool, random }: Argon2Parts): Argon2Passwords {
  keyOf(keys, keys.currentId);

  const freshSalt = (): CodeSalt => ({
    phc: formatPhc({ cost, salt: random(SALT_BYTES), digest: null }),
    keyId: keys.currentId,
  });

  const outdated = (stored: StoredPassword, used: Argon2Cost): boolean =>
    stored.keyId !== keys.currentId ||
    used.memoryKiB !== cost.memoryKiB ||
    used.passes !== cost.passes ||
    used.lanes !== cost.lanes;

  async function check(
    password: string,
    stored: StoredPassword,
  ): Promise<{ matches: boolean; needsRehash: boolean }> {
    const wanted = parsePhc(stored.phc);
    if (!wanted.digest) throw new Error('A stored password is damaged.');
    const found = await argon2id(password, wanted.salt, keyOf(keys, stored.keyId), wanted.cost);
    const matches = timingSafeEqual(found, wanted.digest);
    found.fill(0);
    return { matches, needsRehash: matches && outdated(stored, wanted.cost) };
  }

  /** Nobody's password: verifying against it costs what the real thing costs, and fails. */
  const decoy: StoredPassword = {
    phc: formatPhc({ cost, salt: random(SALT_BYTES), digest: random(DIGEST_BYTES) }),
    keyId: keys.currentId,
  };

  return {
    hash: (password: NormalisedPassword) =>
      pool.run(async () => {
        const salt = random(SALT_BYTES);
        const digest = await argon2id(password.reveal(), salt, keyOf(keys, keys.currentId), cost);
        return {
          kind: 'hashed' as const,
          stored: { phc: formatPhc({ cost, salt, digest }), keyId: keys.currentId },
        };
      }),

    verify: (password, stored) =>
      pool.run(async () => ({ kind: 'verified' as const, ...(await check(password.reveal(), stored)) })),

    spend: () =>
      pool.run(async () => {
        await check('', decoy);
        return { kind: 'spent' as const };
      }),

    freshSalt,

    digestCode: (code, salt) =>
      pool.run(async () => {
        const under = parsePhc(salt.phc);
        const digest = await argon2id(code, under.salt, keyOf(keys, salt.keyId), under.cost);
        return { kind: 'digested' as const, digest };
      }),
  };
}
