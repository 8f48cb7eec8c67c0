import { createHash, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asId } from '../kernel/id.ts';
import { type Checkpoint, formatCheckpoint } from './checkpoint.ts';
import { consistencyProof } from './consistency-proof.ts';
import { type Detail, makeEvent } from './event.ts';
import {
  type ExportedEntry,
  exportCheckpoint,
  exportEnd,
  exportEntry,
  exportHeader,
} from './export-format.ts';
import { type Appended, appendLeaf, EMPTY_FRONTIER, type Frontier, frontierRoot } from './frontier.ts';
import { inclusionProof } from './inclusion-proof.ts';
import { type Leaf, makeLeaf } from './leaf.ts';
import { openingDetail, type PreviousLog } from './log-opening.ts';
import { formatNoteKey, makeNoteKey } from './note-key.ts';
import type { NodeAt } from './range-hash.ts';
import { redactEvent } from './redact.ts';
import { signNextCheckpoint } from './sign-next-checkpoint.ts';
import { type Ed25519Verify, type NoteSigner, signNote } from './signed-note.ts';
import { leafHash, type Sha256 } from './tree-hash.ts';
import type { Verdict } from './verdict.ts';
import { type VerifyOptions, verifyLog } from './verify-log.ts';

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const verifyEd25519: Ed25519Verify = (key, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, key]), format: 'der', type: 'spki' }),
    signature,
  );
const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const options: VerifyOptions = { verify: verifyEd25519, sha256 };

function need<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
}

function signerOf(name: string): NoteSigner {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
  return {
    key: need(makeNoteKey(name, raw)),
    sign: (message) => new Uint8Array(sign(null, message, privateKey)),
  };
}

interface Row {
  readonly leaf: Leaf;
  readonly salt: Uint8Array;
  readonly completed: Appended['completed'];
}

interface Log {
  readonly signer: NoteSigner;
  readonly rows: readonly Row[];
  readonly frontiers: readonly Frontier[];
  readonly notes: ReadonlyMap<number, string>;
  readonly lookup: (at: NodeAt) => Uint8Array;
}

const ORIGIN = 'countersign.example/log';
const SIGNER = signerOf(ORIGIN);

/** Leaves as the server makes them: two of three name a person. */
function leafOf(i: number, word: string, opening: Detail | null): Leaf {
  const type = opening === null ? 'signin.started' : 'audit.origin_opened';
  const personal = i % 3 === 0 ? {} : { name: `person ${i % 3} ${word}`, ip: '192.0.2.1' };
  const facts = {
    id: asId<'event'>(`e${i}`),
    at: 1_700_000_000_000 + i,
    type,
    personal,
    detail: opening ?? { word },
  } as const;
  return makeLeaf(redactEvent(makeEvent(facts)).event, saltOf(i), sha256);
}

const saltOf = (i: number) => new Uint8Array(32).fill(i + 1);

/** A log as the server keeps it, with a checkpoint at each of the sizes. */
function makeLog(
  size: number,
  sizes: readonly number[],
  signer = SIGNER,
  word = 'one',
  previous?: PreviousLog,
): Log {
  const rows: Row[] = [];
  const frontiers = [EMPTY_FRONTIER];
  const nodes = new Map<string, Uint8Array>();
  const notes = new Map<number, string>();
  const lookup = ({ level, index }: NodeAt) => nodes.get(`${level}/${index}`) ?? new Uint8Array();
  for (let i = 0; i < size; i++) {
    const leaf = leafOf(i, word, i === 0 && previous !== undefined ? openingDetail(previous) : null);
    const { frontier, completed } = appendLeaf(
      frontiers[i] ?? EMPTY_FRONTIER,
      leafHash(leaf.bytes, sha256),
      sha256,
    );
    completed.forEach((node, level) => nodes.set(`${level}/${Math.floor(i / 2 ** level)}`, node));
    rows.push({ leaf, salt: saltOf(i), completed });
    frontiers.push(frontier);
  }
  let last: Checkpoint | null = null;
  for (const at of sizes) {
    const next: Checkpoint = {
      origin: signer.key.name,
      size: at,
      root: frontierRoot(frontiers[at] ?? EMPTY_FRONTIER, sha256),
    };
    const proof: readonly Uint8Array[] =
      last === null ? [] : need(consistencyProof(last.size, at, lookup, sha256));
    notes.set(at, need(signNextCheckpoint({ previous: last, next, proof }, signer, sha256)));
    last = next;
  }
  return { signer, rows, frontiers, notes, lookup };
}

type Change = (entry: ExportedEntry) => ExportedEntry;

function entryOf(log: Log, index: number, change: Change = (entry) => entry): ExportedEntry {
  const row = log.rows[index];
  if (row === undefined) throw new Error(`There is no entry ${index}.`);
  const { leaf, salt, completed } = row;
  const personal = leaf.personal === null ? null : { payload: leaf.personal, salt };
  return change({ index, entry: leaf.entry, completed, personal });
}

function exportLog(log: Log, change?: Change): string[] {
  const lines = [need(exportHeader('log', log.signer.key.name, [log.signer.key]))];
  for (let size = 0; size <= log.rows.length; size++) {
    if (size > 0) lines.push(need(exportEntry(entryOf(log, size - 1, change))));
    const note = log.notes.get(size);
    if (note !== undefined) lines.push(need(exportCheckpoint(note)));
  }
  return [...lines, need(exportEnd(log.rows.length, log.notes.size))];
}

const erase: Change = (entry) => ({ ...entry, personal: null });
const rootOf = (log: Log, size: number) => frontierRoot(log.frontiers[size] ?? EMPTY_FRONTIER, sha256);
const check = (lines: readonly string[], more: Partial<VerifyOptions> = {}): Verdict =>
  verifyLog(lines, { ...options, ...more });
const lineOf = (lines: readonly string[], index: number) =>
  lines.findIndex((line) => line.includes(`"index":${index},`));

const LOG = makeLog(20, [0, 7, 12, 20]);
const LINES = exportLog(LOG);
const KEY = formatNoteKey(SIGNER.key);
const NOTE_12 = LOG.notes.get(12) ?? '';

describe('I-53, R-AUD-06: an untouched export', () => {
  test('is said to be so, with size, root and what is not yet signed', () => {
    expect(check(LINES)).toMatchObject({
      kind: 'untouched',
      origin: ORIGIN,
      size: 20,
      checkpoints: 4,
      uncovered: 0,
      erased: 0,
      keysTrusted: false,
    });
    expect(check(exportLog(makeLog(20, [7, 12])))).toMatchObject({ kind: 'untouched', uncovered: 8 });
  });
  test('of any size and with checkpoints anywhere is untouched', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.nat(40), { minLength: 1 }),
        (size, sizes) => {
          const at = sizes.map((n) => Math.min(n, size)).sort((a, b) => a - b);
          const uncovered = size - (at.at(-1) ?? 0);
          expect(check(exportLog(makeLog(size, [...new Set(at)])))).toMatchObject({
            kind: 'untouched',
            size,
            uncovered,
          });
        },
      ),
      { numRuns: 25 },
    );
  });
  test('is genuine under a key that came another way, and refused under another', () => {
    expect(check(LINES, { keys: [KEY] })).toMatchObject({ kind: 'untouched', keysTrusted: true });
    expect(check(LINES, { keys: [formatNoteKey(signerOf(ORIGIN).key)] })).toMatchObject({
      code: 'key_untrusted',
    });
    expect(check(LINES, { keys: ['no key'] })).toMatchObject({ code: 'key_malformed' });
  });
  test('agrees with every checkpoint that a witness kept of it', () => {
    expect(check(LINES, { witnessed: [...LOG.notes.values()].reverse() })).toMatchObject({
      kind: 'untouched',
    });
  });
});

describe('design §7: erasable by design', () => {
  test('erasing one person, any set of people or all leaves it untouched', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(19)), (gone) => {
        const lines = exportLog(LOG, (entry) => (gone.includes(entry.index) ? erase(entry) : entry));
        const erased = gone.filter((index) => index % 3 !== 0).length;
        expect(check(lines)).toMatchObject({ kind: 'untouched', erased });
      }),
      { numRuns: 30 },
    );
  });
  test.each<[string, number, Change]>([
    [
      'personal_edited',
      4,
      (e) => ({ ...e, personal: e.personal && { ...e.personal, payload: { name: 'eve' } } }),
    ],
    ['personal_edited', 5, (e) => ({ ...e, personal: e.personal && { ...e.personal, salt: saltOf(9) } })],
    ['personal_unexpected', 6, (e) => ({ ...e, personal: { payload: { name: 'eve' }, salt: saltOf(9) } })],
  ])('a personal part that is there but changed is %s', (code, index, change) => {
    const lines = exportLog(LOG, (entry) => (entry.index === index ? change(entry) : entry));
    expect(check(lines)).toMatchObject({ kind: 'broken', code, index, through: index });
  });
  test('a personal part without its salt is incomplete', () => {
    const lines = LINES.map((line, i) =>
      i === lineOf(LINES, 4) ? line.replace(/,"salt":"[0-9a-f]+"/, '') : line,
    );
    expect(check(lines)).toMatchObject({ code: 'personal_incomplete', index: 4 });
  });
});

/** What a thief of the database reached: he writes rows, and knows how everything is computed, but has no key. */
describe('I-53, S-81c: the first bad entry is named', () => {
  const edited = { ...LOG.rows[9]?.leaf.entry, outcome: 'failed' };
  const leafOf9 = leafHash(new TextEncoder().encode(JSON.stringify(edited)), sha256);
  const rebuilt = (log: Log, rows: readonly Row[]): Log => ({ ...log, rows });

  function remake(log: Log, row: (i: number) => Row | undefined): Log {
    let frontier = EMPTY_FRONTIER;
    const frontiers = [frontier];
    const remade = log.rows.map((_, i) => {
      const given = row(i);
      if (given === undefined) throw new Error('unreachable');
      const appended = appendLeaf(frontier, leafHash(given.leaf.bytes, sha256), sha256);
      frontier = appended.frontier;
      frontiers.push(frontier);
      return { ...given, completed: appended.completed };
    });
    return { ...log, rows: remade, frontiers };
  }

  test('when its content was edited', () => {
    const lines = exportLog(LOG, (e) =>
      e.index === 9 ? { ...e, entry: { ...e.entry, outcome: 'failed' } } : e,
    );
    expect(check(lines)).toMatchObject({
      kind: 'broken',
      code: 'entry_edited',
      index: 9,
      through: 9,
      sentence: 'Entry 9 was edited: it no longer gives the hash that was stored with it.',
    });
  });
  test('to one of two, when its hash was made to fit', () => {
    const lines = exportLog(LOG, (e) =>
      e.index === 9 ? { ...e, completed: [leafOf9, ...e.completed.slice(1)], entry: edited } : e,
    );
    expect(check(lines)).toMatchObject({ code: 'entry_moved', index: 8, through: 9 });
  });

  test('between two checkpoints, when every hash was made to fit', () => {
    const forged = { ...makeLog(20, []), notes: LOG.notes };
    const rows = makeLog(20, [], SIGNER, 'two').rows;
    const mixed = remake(forged, (i) => (i === 9 ? rows[i] : LOG.rows[i]));
    expect(check(exportLog(mixed))).toMatchObject({
      code: 'checkpoint_mismatch',
      index: 7,
      through: 11,
      sentence: `At least one of the entries 7 to 11 is not what ${ORIGIN} signed in the checkpoint of line 16.`,
    });
  });
  test('when it was deleted', () => {
    const at = lineOf(LINES, 9);
    expect(check(LINES.toSpliced(at, 1))).toMatchObject({ code: 'entry_missing', index: 9, found: 10 });
  });
  test('to one of two, when it was deleted and the rest renumbered', () => {
    const rows = LOG.rows.toSpliced(9, 1);
    expect(check(exportLog(rebuilt(LOG, rows)))).toMatchObject({ code: 'entry_moved', index: 8, through: 9 });
  });
  test('when two lines were swapped', () => {
    const [a, b] = [lineOf(LINES, 4), lineOf(LINES, 9)];
    const swapped = LINES.with(a, LINES[b] ?? '').with(b, LINES[a] ?? '');
    expect(check(swapped)).toMatchObject({ code: 'entry_missing', index: 4, found: 9 });
  });
  test('to one of two, when two rows took each other’s place', () => {
    const [a, b] = [LOG.rows[4], LOG.rows[9]];
    if (a === undefined || b === undefined) throw new Error('unreachable');
    expect(check(exportLog(rebuilt(LOG, LOG.rows.with(4, b).with(9, a))))).toMatchObject({
      code: 'entry_moved',
      index: 4,
    });
  });
  test('when an entry stands twice', () => {
    const at = lineOf(LINES, 9);
    expect(check(LINES.toSpliced(at, 0, LINES[at] ?? ''))).toMatchObject({
      code: 'entry_out_of_order',
      index: 10,
      found: 9,
    });
  });
  test('when the tail was cut and the checkpoint stayed', () => {
    const at = lineOf(LINES, 18);
    expect(check(LINES.toSpliced(at, 2))).toMatchObject({ code: 'truncated', index: 18, through: 19 });
  });
  test('when the export breaks off, after whichever line', () => {
    for (let i = 1; i < LINES.length; i++)
      expect(check(LINES.slice(0, i))).toMatchObject({ code: 'end_missing' });
    expect(check([])).toMatchObject({ code: 'header_missing' });
  });
  test('when the tail was cut at a checkpoint and the end rewritten, given a witness', () => {
    const cut = exportLog({
      ...makeLog(12, []),
      notes: new Map([...LOG.notes].filter(([size]) => size <= 12)),
    });
    expect(check(cut)).toMatchObject({ kind: 'untouched', size: 12 });
    expect(check(cut, { witnessed: [LOG.notes.get(20) ?? ''] })).toMatchObject({
      code: 'truncated',
      index: 12,
      through: 19,
    });
  });
  test('when a checkpoint stands too late', () => {
    const at = LINES.findIndex((line) => line.includes('\\n12\\n'));
    const late = LINES.toSpliced(at, 1).toSpliced(at + 1, 0, LINES[at] ?? '');
    expect(check(late)).toMatchObject({ code: 'checkpoint_misplaced' });
  });
});

describe('I-53: whoever holds the signing key', () => {
  const rewritten = makeLog(20, [7, 12, 20], SIGNER, 'two');

  test('can rewrite the log', () => expect(check(exportLog(rewritten))).toMatchObject({ kind: 'untouched' }));
  test('is convicted of a fork by one checkpoint from outside', () => {
    expect(check(exportLog(rewritten), { witnessed: [NOTE_12] })).toMatchObject({
      code: 'fork',
      index: 7,
      through: 11,
    });
    const swapped = { ...LOG, notes: new Map([...LOG.notes, [12, rewritten.notes.get(12) ?? '']]) };
    expect(check(exportLog(swapped))).toMatchObject({ code: 'checkpoint_mismatch', index: 7, through: 11 });
  });
  test('cannot make up a witness', () => {
    const other = signerOf(ORIGIN);
    const note = need(signNote(formatCheckpoint({ origin: ORIGIN, size: 12, root: rootOf(LOG, 12) }), other));
    expect(check(LINES, { witnessed: [note] })).toMatchObject({ code: 'witness_unsigned' });
    expect(check(LINES, { witnessed: ['no note'] })).toMatchObject({ code: 'witness_unreadable' });
    const elsewhere = need(
      signNote(formatCheckpoint({ origin: 'else', size: 1, root: rootOf(LOG, 1) }), other),
    );
    expect(check(LINES, { witnessed: [elsewhere] })).toMatchObject({ code: 'log_missing', origin: 'else' });
  });
});

describe('R-AUD-09: a log that goes on under a new origin after a restore', () => {
  const next = signerOf('countersign.example/log-2');
  const keys = [KEY, formatNoteKey(next.key)];
  // Restored from a backup of size 15, when 12 was the last checkpoint it knew.
  const old = makeLog(15, [7, 12]);
  const last = { origin: ORIGIN, size: 12, root: rootOf(old, 12) };
  const previous: PreviousLog = { origin: ORIGIN, size: 15, root: rootOf(old, 15), checkpoint: last };
  const renewed = makeLog(5, [5], next, 'new', previous);
  const both = [...exportLog(old), ...exportLog(renewed)];

  test('is accepted as one chain', () => {
    expect(check(both, { keys, witnessed: [NOTE_12] })).toMatchObject({
      kind: 'untouched',
      origin: next.key.name,
      size: 5,
      uncovered: 0,
      logs: [{ origin: ORIGIN, size: 15, uncovered: 3 }, { size: 5 }],
    });
  });
  test('says what the restore lost, if a witness had seen more', () => {
    const witnessed = [LOG.notes.get(20) ?? ''];
    expect(check(both, { keys, witnessed })).toMatchObject({
      code: 'lost_at_restore',
      origin: ORIGIN,
      index: 15,
      through: 19,
    });
  });
  test('may not drop the old log', () => {
    expect(check(exportLog(renewed))).toMatchObject({ code: 'previous_log_missing' });
  });
  test('may not go on from another end of it', () => {
    const others = [
      { ...previous, size: 14, root: rootOf(old, 14) },
      { ...previous, checkpoint: null },
    ];
    for (const other of others) {
      const lines = [...exportLog(old), ...exportLog(makeLog(5, [5], next, 'new', other))];
      expect(check(lines)).toMatchObject({ code: 'chain_broken', index: 0 });
    }
    expect(check([...exportLog(old), ...exportLog(makeLog(5, [5], next))])).toMatchObject({
      code: 'chain_broken',
    });
    expect(check([...exportLog(old), ...exportLog(makeLog(0, [0], next))])).toMatchObject({
      code: 'chain_broken',
    });
  });
  test('may not come under the same origin', () => {
    expect(check([...LINES, ...LINES])).toMatchObject({ code: 'not_in_sequence' });
  });
  test('notices an old entry edited after the last old checkpoint', () => {
    const rows = makeLog(15, [], SIGNER, 'two').rows;
    const forged = exportLog({ ...makeLog(15, [], SIGNER, 'two'), notes: new Map(), rows });
    expect(check([...forged, ...exportLog(renewed)])).toMatchObject({ code: 'chain_broken' });
  });
});

describe('R-AUD-07: an excerpt, as for one person', () => {
  function excerpt(indices: readonly number[], size = 20, change: Change = (e) => e): string[] {
    const entries = indices.map((index) => {
      const { completed, ...entry } = entryOf(LOG, index);
      const proof = need(inclusionProof(index, size, LOG.lookup, sha256));
      return need(exportEntry(change({ ...entry, completed: [completed[0]], proof })));
    });
    const note = LOG.notes.get(size) ?? '';
    return [
      need(exportHeader('excerpt', ORIGIN, [SIGNER.key])),
      need(exportCheckpoint(note)),
      ...entries,
      need(exportEnd(indices.length, 1)),
    ];
  }

  test('proves each entry, and claims no more', () => {
    expect(check(excerpt([1, 4, 19]), { keys: [KEY] })).toMatchObject({
      kind: 'excerpt',
      erased: 0,
      keysTrusted: true,
      excerpts: [{ origin: ORIGIN, entries: 3, size: 20 }],
    });
    expect(check(excerpt([1, 4], 20, erase))).toMatchObject({ kind: 'excerpt', erased: 2 });
  });
  test('with an entry that is not in the log names it', () => {
    const root = LOG.rows[5]?.completed[0] ?? new Uint8Array(32);
    const lines = excerpt([1, 4], 20, (e) => (e.index === 4 ? { ...e, proof: [root] } : e));
    expect(check(lines)).toMatchObject({ code: 'not_in_log', index: 4 });
    expect(check(excerpt([4], 20, (e) => ({ ...e, index: 5 })))).toMatchObject({
      code: 'not_in_log',
      index: 5,
    });
    expect(
      check(
        excerpt([4], 20, ({ index, entry, completed, personal }) => ({ index, entry, completed, personal })),
      ),
    ).toMatchObject({
      code: 'not_in_log',
      index: 4,
    });
    expect(
      check(excerpt([4], 20, (e) => ({ ...e, entry: { ...e.entry, outcome: 'failed' } }))),
    ).toMatchObject({
      code: 'entry_edited',
    });
  });
  test('out of order, without a checkpoint, or mixed with a log is refused', () => {
    expect(check(excerpt([4, 1]))).toMatchObject({ code: 'entry_out_of_order' });
    expect(check(excerpt([1]).toSpliced(1, 1))).toMatchObject({ code: 'no_checkpoint' });
    expect(check(excerpt([]).toSpliced(1, 1))).toMatchObject({ code: 'no_checkpoint' });
    expect(check([...excerpt([1]), ...LINES])).toMatchObject({ code: 'not_in_sequence' });
    expect(check([...LINES, ...excerpt([1])])).toMatchObject({ code: 'not_in_sequence' });
  });
  test('of a forked log is convicted by a checkpoint of the same size', () => {
    const rewritten = makeLog(20, [20], SIGNER, 'two').notes.get(20) ?? '';
    expect(check(excerpt([1]), { witnessed: [rewritten] })).toMatchObject({ code: 'fork' });
    expect(check(excerpt([1]), { witnessed: [LOG.notes.get(20) ?? ''] })).toMatchObject({ kind: 'excerpt' });
  });
});

describe('I-53: any change at all', () => {
  test('of one character anywhere is found', () => {
    const position = fc
      .nat(LINES.length - 1)
      .chain((i) => fc.tuple(fc.constant(i), fc.nat((LINES[i] ?? '').length - 1)));
    fc.assert(
      fc.property(position, fc.string({ unit: 'grapheme', maxLength: 2 }), ([i, at], put) => {
        const line = LINES[i] ?? '';
        const changed = line.slice(0, at) + put + line.slice(at + 1);
        fc.pre(changed !== line);
        expect(check(LINES.with(i, changed))).toMatchObject({ kind: 'broken' });
      }),
      { numRuns: 300 },
    );
  });
  test('of lines, by deletion, doubling or swapping, is found', () => {
    fc.assert(
      fc.property(fc.nat(LINES.length - 1), fc.nat(LINES.length - 1), (i, j) => {
        const [a, b] = [LINES[i] ?? '', LINES[j] ?? ''];
        expect(check(LINES.toSpliced(i, 1))).toMatchObject({ kind: 'broken' });
        expect(check(LINES.toSpliced(i, 0, b))).toMatchObject({ kind: 'broken' });
        if (i !== j) expect(check(LINES.with(i, b).with(j, a))).toMatchObject({ kind: 'broken' });
      }),
      { numRuns: 60 },
    );
  });
  test('in the spelling of a line is found: a member twice, an unknown one, another order, a blank', () => {
    const at = lineOf(LINES, 3);
    const line = LINES[at] ?? '';
    const spellings = [
      line.replace('{"entry"', '{"entry":{},"entry"'),
      line.replace('"kind":"entry"', '"kind":"entry","label":1'),
      line.replace('"index":3,"kind":"entry"', '"kind":"entry","index":3'),
      `${line} `,
      line.replace('"index":3', '"index":3.0'),
    ];
    for (const spelling of spellings) {
      expect(check(LINES.with(at, spelling))).toMatchObject({ code: 'line_unreadable', index: 3 });
    }
  });
});

describe('hostile input', () => {
  test('never makes the verifier throw, and is never untouched', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      fc.constantFrom(...LINES),
      fc
        .record({
          kind: fc.constantFrom('log', 'entry', 'checkpoint', 'end'),
          index: fc.nat(),
          entry: fc.jsonValue(),
        })
        .map((v) => JSON.stringify(v)),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (lines) => {
        expect(check(lines).kind).toBe('broken');
        expect(check([...LINES.slice(0, 3), ...lines]).kind).toBe('broken');
      }),
      { numRuns: 60 },
    );
  });
  test.each<[string, string]>([
    ['line_too_long', `"${'x'.repeat(70_000)}"`],
    ['line_unreadable', '['.repeat(60_000)],
    ['line_unreadable', `{"kind":"log","format":"countersign-audit/1","origin":"a\\u001b[2J","keys":[]}`],
    ['format_unknown', '{"format":"countersign-audit/2","keys":[],"kind":"log","origin":"a"}'],
    ['header_missing', '{"checkpoints":0,"entries":0,"kind":"end"}'],
    ['key_malformed', '{"format":"countersign-audit/1","keys":["a"],"kind":"log","origin":"a"}'],
    ['key_malformed', `{"format":"countersign-audit/1","keys":["${KEY}"],"kind":"log","origin":"other"}`],
    ['end_missing', '{"format":"countersign-audit/1","keys":[],"kind":"log","origin":"a"}'],
  ])('%s', (code, line) => expect(check([line])).toMatchObject({ kind: 'broken', code }));
  test('an empty log without a checkpoint is signed by nobody', () => {
    expect(check(exportLog(makeLog(0, [])))).toMatchObject({ code: 'no_checkpoint' });
    expect(check(exportLog(makeLog(3, [])))).toMatchObject({ code: 'no_checkpoint' });
    expect(check(exportLog(makeLog(0, [0])), { witnessed: [LOG.notes.get(0) ?? ''] })).toMatchObject({
      kind: 'untouched',
      size: 0,
    });
  });
  test('a forged, an unsigned and a malformed checkpoint are told apart', () => {
    const at = LINES.findIndex((line) => line.includes('\\n12\\n'));
    const other = signerOf('someone.else');
    const put = (note: string) => check(LINES.with(at, need(exportCheckpoint(note))));
    const text = formatCheckpoint({ origin: ORIGIN, size: 12, root: rootOf(LOG, 12) });
    expect(put(need(signNote(text, other)))).toMatchObject({ code: 'checkpoint_unsigned' });
    expect(put(need(signNote(text, { ...other, key: SIGNER.key })))).toMatchObject({
      code: 'checkpoint_forged',
    });
    expect(put(NOTE_12.replace('\n12\n', '\n012\n'))).toMatchObject({ code: 'checkpoint_unreadable' });
  });
});
