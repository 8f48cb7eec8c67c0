import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ok } from '../kernel/result.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { formatNoteKey, makeNoteKey, parseNoteKey } from './note-key.ts';
import { signNextCheckpoint } from './sign-next-checkpoint.ts';
import { type Ed25519Verify, openNote, parseNote, signNote } from './signed-note.ts';
import { emptyRoot, leafHash, nodeHash } from './tree-hash.ts';
import vectors from './vectors/signed-note.json' with { type: 'json' };

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const verifyEd25519: Ed25519Verify = (key, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' }),
    signature,
  );

function need<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
}

const peter = need(parseNoteKey(vectors.peter));
const enoch = need(parseNoteKey(vectors.enoch));
const { text, peterLine, enochLine } = vectors;

function signerOf(name: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
  return {
    key: need(makeNoteKey(name, raw)),
    sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)),
  };
}

describe('R-AUD-10: signed notes, against Go’s note package', () => {
  test('a key reads and writes as there', () => {
    expect([formatNoteKey(peter), formatNoteKey(enoch)]).toEqual([vectors.peter, vectors.enoch]);
  });
  test('a mangled key is refused', () => {
    for (const bad of [
      ...vectors.badKeys,
      '',
      'a+b',
      `${vectors.peter}+`,
      ` ${vectors.peter}`,
      'x'.repeat(9_999),
    ]) {
      expect(parseNoteKey(bad).ok).toBe(false);
    }
    for (let i = 0; i < vectors.peter.length; i++) {
      const next = String.fromCodePoint((vectors.peter.codePointAt(i) ?? 0) + 1);
      expect(parseNoteKey(vectors.peter.slice(0, i) + next + vectors.peter.slice(i + 1)).ok).toBe(false);
    }
  });
  test('signing gives the same bytes', () => {
    const key = createPrivateKey({
      key: Buffer.concat([PKCS8, Buffer.from(vectors.seedBase64, 'base64')]),
      format: 'der',
      type: 'pkcs8',
    });
    const signer = { key: peter, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, key)) };
    expect(signNote(text, signer)).toEqual(ok(`${text}\n${peterLine}`));
  });
  test('one known signature is enough, and unknown ones are passed over', () => {
    expect(openNote(`${text}\n${peterLine}${enochLine}`, [peter], verifyEd25519)).toEqual(ok(text));
    expect(openNote(`${text}\n${peterLine}${enochLine}`, [peter, enoch], verifyEd25519)).toEqual(ok(text));
  });
  test('no known signature refuses it', () => {
    const refused = { ok: false, error: 'no_known_signature' };
    expect(openNote(`${text}\n${peterLine}`, [enoch], verifyEd25519)).toEqual(refused);
    expect(openNote(`${text}\n${peterLine}`, [], verifyEd25519)).toEqual(refused);
  });
  test('a known key with a wrong signature refuses it, even beside a right one', () => {
    const forged = `${peterLine.slice(0, 60)}ABCD${peterLine.slice(64)}`;
    for (const lines of [forged, forged + enochLine, enochLine + forged]) {
      expect(openNote(`${text}\n${lines}`, [peter, enoch], verifyEd25519)).toEqual({
        ok: false,
        error: 'wrong_signature',
      });
    }
    const throwing = () => {
      throw new Error('hostile key');
    };
    expect(openNote(`${text}\n${peterLine}`, [peter], throwing)).toEqual({
      ok: false,
      error: 'wrong_signature',
    });
  });
  test.each([
    text,
    `${text}\n`,
    `${text}\n${peterLine.slice(0, -1)}`,
    `\u0001${text}\n${peterLine}`,
    `\ud800${text}\n${peterLine}`,
    `\r${text}\n${peterLine}`,
    `${text}\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBt\n`,
    `${text}\n${peterLine}Unexpected line.\n`,
    `${text}\n${peterLine.repeat(101)}`,
    `\n${peterLine}`,
    `${text}\n— a+b x08go/ZJkuBS\n`,
    `${text}\n— ab x08g\n`,
  ])('a malformed note is refused (%#)', (note) => {
    expect(parseNote(note)).toEqual({ ok: false, error: 'malformed' });
  });
  test('sixteen signatures and more are read', () => {
    expect(openNote(`${text}\n${enochLine.repeat(99)}${peterLine}`, [peter], verifyEd25519)).toEqual(
      ok(text),
    );
  });
});

describe('R-AUD-08: checkpoints', () => {
  const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
  test('the example of C2SP reads and writes', () => {
    const checkpoint = need(parseCheckpoint(body));
    expect(checkpoint).toMatchObject({ origin: 'example.com/behind-the-sofa', size: 20_852_163 });
    expect(formatCheckpoint(checkpoint)).toBe(body);
  });
  test.each([
    body.slice(0, -1),
    `${body}extension\n`,
    `${body}\n`,
    body.replace('20852163', '020852163'),
    body.replace('20852163', '-1'),
    body.replace('20852163', '1e3'),
    body.replace('20852163', '9007199254740993'),
    body.replace('20852163', '99999999999999999'),
    body.replace('q2I=', 'q2J='),
    body.replace('q2I=', 'q2I'),
    body.replace('CsUY', ''),
    body.replace('example.com', 'exa mple'),
    body.replace('example.com/behind-the-sofa', ''),
    '',
  ])('another spelling is refused (%#)', (other) => {
    expect(parseCheckpoint(other)).toEqual({ ok: false, error: 'malformed' });
  });
  test('a key speaks for its own origin only', () => {
    const other = signerOf('example.org/other');
    const note = need(signNote(body, other));
    expect(openCheckpoint(note, [other.key], verifyEd25519)).toEqual({
      ok: false,
      error: 'no_known_signature',
    });
  });
  test('base64 has one spelling', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toEqual(ok(bytes));
      }),
    );
    for (const bad of ['AB==', 'ABC', 'A===', 'AA-_', 'AAA=AAAA', ' AAA', '===='])
      expect(fromBase64(bad).ok).toBe(false);
  });
});

describe('R-AUD-09: no checkpoint is signed that contradicts an earlier one', () => {
  const origin = 'countersign.example/log';
  const signer = signerOf(origin);
  const [a, b, c] = ['a', 'b', 'c'].map((text) => leafHash(new TextEncoder().encode(text)));
  if (a === undefined || b === undefined || c === undefined) throw new Error('unreachable');
  const one = { origin, size: 1, root: a };
  const two = { origin, size: 2, root: nodeHash(a, b) };

  test('the first, a later one, and the same again are signed', () => {
    for (const step of [
      { previous: null, next: one, proof: [] },
      { previous: one, next: two, proof: [b] },
      { previous: two, next: two, proof: [] },
      { previous: { origin, size: 0, root: emptyRoot() }, next: two, proof: [] },
    ]) {
      expect(openCheckpoint(need(signNextCheckpoint(step, signer)), [signer.key], verifyEd25519)).toEqual(
        ok(step.next),
      );
    }
  });
  test('after a restore, a smaller or a different log is refused', () => {
    const refused = { ok: false, error: 'inconsistent' };
    expect(signNextCheckpoint({ previous: two, next: one, proof: [b] }, signer)).toEqual(refused);
    expect(
      signNextCheckpoint({ previous: two, next: { ...two, root: nodeHash(a, c) }, proof: [] }, signer),
    ).toEqual(refused);
    expect(
      signNextCheckpoint({ previous: one, next: { ...two, root: nodeHash(c, b) }, proof: [b] }, signer),
    ).toEqual(refused);
    expect(signNextCheckpoint({ previous: null, next: two, proof: [b] }, signer)).toEqual(refused);
  });
  test('another origin is refused', () => {
    const refused = { ok: false, error: 'other_origin' };
    expect(
      signNextCheckpoint({ previous: one, next: { ...two, origin: 'else' }, proof: [b] }, signer),
    ).toEqual(refused);
    expect(
      signNextCheckpoint({ previous: { ...one, origin: 'else' }, next: two, proof: [b] }, signer),
    ).toEqual(refused);
  });
});
