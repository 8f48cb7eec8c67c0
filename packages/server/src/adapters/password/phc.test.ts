import { describe, expect, it } from 'vitest';
import { formatPhc, parsePhc } from './phc.ts';

const COST = { memoryKiB: 19_456, passes: 2, lanes: 1 };
const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
const DIGEST = Buffer.alloc(32, 0xff);

describe('A stored password', () => {
  it('is a PHC string that other software reads', () => {
    expect(formatPhc({ cost: COST, salt: SALT, digest: DIGEST })).toBe(
      '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$//////////////////////////////////////////8',
    );
  });

  it('comes back as it was, with and without a digest', () => {
    for (const phc of [
      { cost: COST, salt: SALT, digest: DIGEST },
      { cost: COST, salt: SALT, digest: null },
    ])
      expect(parsePhc(formatPhc(phc))).toEqual(phc);
  });

  it.each([
    '',
    'correct horse',
    '$argon2i$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=16$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw',
    '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAAA',
    '$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw\n',
    '$argon2id$v=19$m=99999999,t=2,p=1$AAECAwQFBgcICQoLDA0ODw',
    '$2b$10$abcdefghijklmnopqrstuv',
  ])('that is damaged is an error which holds nothing of it: %j', (text) => {
    expect(() => parsePhc(text)).toThrow('A stored password or code salt is damaged.');
  });
});
