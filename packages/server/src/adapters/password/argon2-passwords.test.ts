import { argon2Sync, randomBytes } from 'node:crypto';
import { type NormalisedPassword, normalisePassword } from '@countersign/core/factor/normalise-password';
import { describe, expect, it } from 'vitest';
import type { Overloaded } from '../../ports/password.ts';
import { type Argon2Parts, argon2Passwords } from './argon2-passwords.ts';
import { ARGON2_DEFAULT } from './argon2-settings.ts';
import { BoundedPool } from './bounded-pool.ts';
import { parsePhc } from './phc.ts';

/** Small enough to run often; one test runs at the real cost. */
const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 };
const KEY_A = Buffer.alloc(32, 1);
const KEY_B = Buffer.alloc(32, 2);

const make = (parts: Partial<Argon2Parts> = {}) =>
  argon2Passwords({
    keys: { currentId: 'a', byId: new Map([['a', KEY_A]]) },
    cost: CHEAP,
    pool: new BoundedPool({ concurrency: 2, queueLimit: 100, taskMs: 10 }),
    random: randomBytes,
    ...parts,
  });

function password(text: string): NormalisedPassword {
  const read = normalisePassword(text);
  if (!read.ok) throw new Error(read.error);
  return read.value;
}

function not<T extends { kind: string }>(result: T | Overloaded): T {
  if (result.kind === 'overloaded') throw new Error('overloaded');
  return result as T;
}

const store = async (hasher: ReturnType<typeof make>, text: string) =>
  not(await hasher.hash(password(text))).stored;

describe('A password hash', () => {
  it('is argon2id of the password under the pepper, as OpenSSL computes it, at m=19 MiB t=2 p=1 (design §10.9)', async () => {
    const stored = await store(make({ cost: ARGON2_DEFAULT }), 'correct horse');
    expect(stored.phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const { salt, digest } = parsePhc(stored.phc);
    expect(salt).toHaveLength(16);
    const oracle = argon2Sync('argon2id', {
      message: 'correct horse',
      nonce: salt,
      memory: 19_456,
      passes: 2,
      parallelism: 1,
      tagLength: 32,
      secret: KEY_A,
    });
    expect(Buffer.from(digest ?? []).equals(oracle)).toBe(true);
  });

  it('has its own salt each time (R-PWD-10)', async () => {
    const hasher = make();
    expect((await store(hasher, 'correct horse')).phc).not.toBe((await store(hasher, 'correct horse')).phc);
  });

  it('matches its password and no other: not a cut one, a longer one, another case (I-32, R-PWD-03)', async () => {
    const hasher = make();
    const long = `${'x'.repeat(72)}abcdefgh`;
    const stored = await store(hasher, long);
    expect(await hasher.verify(password(long), stored)).toEqual({
      kind: 'verified',
      matches: true,
      needsRehash: false,
    });
    for (const other of [
      long.slice(0, -1),
      `${long}i`,
      `${long.slice(0, -1)}H`,
      'x'.repeat(72),
      long.toUpperCase(),
      '',
    ])
      expect(await hasher.verify(password(other), stored)).toEqual({
        kind: 'verified',
        matches: false,
        needsRehash: false,
      });
  });

  it('matches composed and decomposed typing (R-PWD-04)', async () => {
    const hasher = make();
    const stored = await store(hasher, 'übermäßig später'.normalize('NFC'));
    const result = await hasher.verify(password('übermäßig später'.normalize('NFD')), stored);
    expect(result).toMatchObject({ matches: true });
  });

  it('asks to be renewed when cost or pepper have changed, but only of whoever knows the password (R-PWD-10)', async () => {
    const stored = await store(make(), 'correct horse');
    const both = new Map([
      ['a', KEY_A],
      ['b', KEY_B],
    ]);
    const dearer = make({ cost: { ...CHEAP, passes: 2 } });
    const repeppered = make({ keys: { currentId: 'b', byId: both } });
    for (const hasher of [dearer, repeppered]) {
      expect(await hasher.verify(password('correct horse'), stored)).toMatchObject({
        matches: true,
        needsRehash: true,
      });
      expect(await hasher.verify(password('wrong horse'), stored)).toMatchObject({
        matches: false,
        needsRehash: false,
      });
    }
    const renewed = await store(repeppered, 'correct horse');
    expect(renewed.keyId).toBe('b');
    expect(await repeppered.verify(password('correct horse'), renewed)).toMatchObject({ needsRehash: false });
  });

  it('opens nothing under another pepper, and its loss is an error, not a wrong password', async () => {
    const stored = await store(make(), 'correct horse');
    const swapped = make({ keys: { currentId: 'a', byId: new Map([['a', KEY_B]]) } });
    expect(await swapped.verify(password('correct horse'), stored)).toMatchObject({ matches: false });
    const lost = make({ keys: { currentId: 'b', byId: new Map([['b', KEY_B]]) } });
    await expect(lost.verify(password('correct horse'), stored)).rejects.toThrow('"a"');
    expect(() => make({ keys: { currentId: 'b', byId: new Map() } })).toThrow('"b"');
    expect(() => make({ keys: { currentId: 'b', byId: new Map([['b', Buffer.alloc(8)]]) } })).toThrow(
      'shorter',
    );
  });

  it('that is damaged in the store is an error', async () => {
    const hasher = make();
    await expect(hasher.verify(password('x'), { phc: '', keyId: 'a' })).rejects.toThrow('damaged');
    await expect(hasher.verify(password('x'), hasher.freshSalt())).rejects.toThrow('damaged');
  });
});

describe('A full pool', () => {
  it('turns everything away alike, known account or not (S-80)', async () => {
    const hasher = make({ pool: new BoundedPool({ concurrency: 1, queueLimit: 1, taskMs: 10 }) });
    const stored = await store(hasher, 'correct horse');
    const taking = [hasher.spend(), hasher.spend()];
    const overloaded = { kind: 'overloaded', retryAfterS: 1 };
    expect(await hasher.verify(password('correct horse'), stored)).toEqual(overloaded);
    expect(await hasher.spend()).toEqual(overloaded);
    expect(await hasher.hash(password('correct horse'))).toEqual(overloaded);
    expect(await hasher.digestCode('0123456789ABCDEF', hasher.freshSalt())).toEqual(overloaded);
    expect(await Promise.all(taking)).toEqual([{ kind: 'spent' }, { kind: 'spent' }]);
  });
});

describe('The digest of a code', () => {
  it('is the same under the same salt, after a change of pepper and cost too, and another under another salt', async () => {
    const digester = make();
    const salt = digester.freshSalt();
    const digest = async (by: ReturnType<typeof make>, code: string, under = salt) =>
      Buffer.from(not(await by.digestCode(code, under)).digest).toString('hex');
    const later = make({
      cost: { ...CHEAP, passes: 3 },
      keys: {
        currentId: 'b',
        byId: new Map([
          ['a', KEY_A],
          ['b', KEY_B],
        ]),
      },
    });
    const first = await digest(digester, '0123456789ABCDEF');
    expect(await digest(later, '0123456789ABCDEF')).toBe(first);
    expect(await digest(digester, '0123456789ABCDEG')).not.toBe(first);
    expect(await digest(digester, '0123456789ABCDEF', digester.freshSalt())).not.toBe(first);
    expect(later.freshSalt().keyId).toBe('b');
  });
});
