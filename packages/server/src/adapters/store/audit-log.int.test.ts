import { randomUUID } from 'node:crypto';
import { asId } from '@countersign/core/kernel/id';
import { days, seconds } from '@countersign/core/kernel/time';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditLog } from '../../ports/audit-log.ts';
import {
  ALICE,
  type AuditStore,
  type AuditStores,
  auditEffect,
  BOB,
  collect,
  NOW,
  startAuditStores,
  verifyLines,
} from './audit-log-for-tests.ts';
import { DEFAULT_RETENTION } from './audit-log-retention.ts';

const SHOWN = { personal: 'shown' } as const;
let stores: AuditStores;
beforeAll(async () => {
  stores = await startAuditStores();
});
afterAll(() => stores.stop());

async function write(store: AuditStore, count: number, from = 0): Promise<void> {
  for (let i = from; i < from + count; i++) await store.commit([auditEffect(i)]);
}

async function drain(log: AuditLog, now = NOW): Promise<number> {
  let count = 0;
  for (;;) {
    const numbered = await log.numberEvents(now);
    if (numbered.kind === 'numbered') count += numbered.count;
    if (numbered.kind === 'numbered' && !numbered.more) return count;
  }
}

const exported = async (log: AuditLog, now = NOW) => collect(log.exportLog(now, SHOWN));

/** One checkpoint after so many events each. */
async function logOf(batches: readonly number[]): Promise<AuditStore & { log: AuditLog }> {
  const store = await stores.open();
  const log = await store.openLog();
  let from = 0;
  for (const [i, count] of batches.entries()) {
    await write(store, count, from);
    await drain(log);
    await log.signCheckpoint(NOW + seconds(60) * i);
    from += count;
  }
  return { ...store, log };
}

describe('numbering', () => {
  test('while many connections write and three nodes lead, every event gets one place, in commit order', async () => {
    const store = await stores.open();
    const nodes = await Promise.all([store.openNode(), store.openNode(), store.openNode()]);
    let writing = true;
    const leading = nodes.map(async ({ log }) => {
      while (writing) await log.numberEvents(NOW);
    });
    const writer = async (lane: number) => {
      for (let i = 0; i < 60; i++)
        await store.commit(Array.from({ length: 5 }, (_, k) => auditEffect(1000 * lane + 5 * i + k)));
    };
    await Promise.all(Array.from({ length: 10 }, (_, lane) => writer(lane)));
    writing = false;
    await Promise.all(leading);
    const log = nodes[0]?.log ?? (await store.openLog());
    await drain(log);
    const rows = await store.database.query<{ leaf_index: number; written_by: string }>(
      sql`select leaf_index, written_by from audit_event order by leaf_index`,
    );
    expect(rows.map((row) => row.leaf_index)).toEqual(Array.from({ length: 3_000 }, (_, i) => i));
    const writers = rows.map((row) => Number(row.written_by));
    expect(writers).toEqual(writers.toSorted((a, b) => a - b));
    expect(verifyLines(await exported(log))).toMatchObject({ kind: 'untouched', size: 3_000, uncovered: 0 });
  });

  test('an event of a transaction that is still open keeps its place before those that began later', async () => {
    const store = await stores.open();
    const log = await store.openLog();
    let finish = (): void => undefined;
    const waits = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let wrote = (): void => undefined;
    const hasWritten = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const early = auditEffect(1);
    const open = store.database.transaction(async () => {
      await store.commit([early]);
      wrote();
      await waits;
    });
    await hasWritten;
    await write(store, 3, 2);
    expect(await drain(log)).toBe(0);
    finish();
    await open;
    expect(await drain(log)).toBe(4);
    const rows = await store.database.query(sql`select id from audit_event where leaf_index = 0`);
    expect(rows).toEqual([{ id: early.event.id }]);
  });

  test('a leader that is cut off in the middle of a batch leaves nothing of it, and the next one does it all', async () => {
    const store = await stores.open();
    const node = await store.openNode();
    await write(store, 20);
    await drain(node.log);
    await write(store, 50, 20);
    // A lock on one row holds the leader up inside its statement.
    const holder = await store.database.pool.connect();
    await holder.query('begin');
    await holder.query(
      'select 1 from audit_event where leaf_index is null order by written_by desc limit 1 for update',
    );
    const cut = expect(node.log.numberEvents(NOW)).rejects.toThrow();
    for (let ended = 0; ended === 0; ) {
      const { rowCount } =
        await store.database.pool.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where wait_event_type = 'Lock' and pid <> pg_backend_pid() and query like '%with leaf as%'`);
      ended = rowCount ?? 0;
    }
    await cut;
    await holder.query('rollback');
    holder.release();
    const counts = () =>
      store.database.query(sql`select (select count(*) from audit_event where leaf_index is not null) as events,
        (select count(*) from audit_node) as nodes, (select size from audit_log) as size`);
    expect(await counts()).toEqual([{ events: 20, nodes: 20, size: 20 }]);
    const log = await store.openLog();
    expect(await drain(log)).toBe(50);
    expect(await counts()).toEqual([{ events: 70, nodes: 70, size: 70 }]);
    expect(verifyLines(await exported(log))).toMatchObject({ kind: 'untouched', size: 70 });
  });

  test('one leads at a time', async () => {
    const store = await stores.open();
    const node = await store.openNode();
    await write(store, 1);
    await store.database.transaction(async () => {
      await store.database.query(sql`select pg_advisory_xact_lock(4711003)`);
      expect(await node.log.numberEvents(NOW)).toEqual({ kind: 'led_elsewhere' });
    });
    expect(await drain(node.log)).toBe(1);
  });

  test('events that were copied in from another cluster do not wait for its transaction numbers', async () => {
    const store = await stores.open();
    await write(store, 3);
    await store.database.query(sql`update audit_event set written_by = '9999999999'`);
    expect(await drain(await store.openLog())).toBe(3);
  });
});

describe('checkpoints', () => {
  test('are signed when due and when there is something new, each going on from the last', async () => {
    const store = await stores.open();
    const log = await store.openLog();
    expect(await log.signCheckpoint(NOW)).toEqual({ kind: 'nothing_new' });
    await write(store, 5);
    await drain(log);
    expect(await log.signCheckpoint(NOW, seconds(50))).toMatchObject({ kind: 'signed', size: 5, at: NOW });
    expect(await log.signCheckpoint(NOW + seconds(60), seconds(50))).toEqual({ kind: 'nothing_new' });
    await write(store, 2, 5);
    await drain(log);
    expect(await log.signCheckpoint(NOW + seconds(49), seconds(50))).toEqual({ kind: 'not_due', at: NOW });
    expect(await log.signCheckpoint(NOW + seconds(50), seconds(50))).toMatchObject({
      kind: 'signed',
      size: 7,
    });
    await write(store, 1, 7);
    await drain(log);
    expect(await log.signCheckpoint(NOW - days(1), seconds(50))).toMatchObject({ kind: 'signed', size: 8 });
    const notes = await store.witnessed();
    expect(notes).toHaveLength(3);
    expect(verifyLines(await exported(log), { witnessed: notes })).toMatchObject({
      kind: 'untouched',
      checkpoints: 3,
    });
    expect(store.opened).toEqual([]);
  });

  test('a witness that could not be reached gets the checkpoint with the next call', async () => {
    const store = await stores.open();
    const told: string[] = [];
    let full = true;
    const log = await store.openLog(store.database, {
      recent: async () => [],
      publish: async (note) => {
        if (full) throw new Error('no space left');
        told.push(note);
      },
    });
    await write(store, 1);
    await drain(log);
    await expect(log.signCheckpoint(NOW)).rejects.toThrow('no space left');
    full = false;
    expect(await log.signCheckpoint(NOW)).toEqual({ kind: 'nothing_new' });
    expect(told).toHaveLength(1);
  });

  test('a dump of the store does not hold the key that signs', async () => {
    const store = await logOf([1]);
    const rows = await store.database.query<{ purpose: string; sealed: string }>(
      sql`select purpose, encode(private_key, 'escape') as sealed from signing_key`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.purpose).toBe('checkpoint');
    expect(rows[0]?.sealed).not.toContain('OKP');
  });
});

describe('I-53, S-81c: someone who can write to the store', () => {
  const pick = (leaf: number) => sql<{ id: string }>`(select id from audit_event where leaf_index = ${leaf})`;
  const cases = [
    [
      'edits an entry',
      sql`update audit_event set entry = jsonb_set(entry, '{outcome}', '"failed"') where leaf_index = 17`,
      'entry_edited',
      17,
      17,
    ],
    [
      'makes an entry too large to export',
      sql`update audit_event set entry = jsonb_set(entry, '{door}', to_jsonb(repeat('x', 90000))) where leaf_index = 17`,
      'entry_edited',
      17,
      17,
    ],
    [
      'replaces an entry by nothing',
      sql`update audit_event set entry = 'null' where leaf_index = 17`,
      'entry_edited',
      17,
      17,
    ],
    [
      'edits a personal part',
      sql`update audit_event set personal = '{"address":"198.51.100.9"}' where leaf_index = 17`,
      'personal_edited',
      17,
      17,
    ],
    [
      'copies an entry with its hash over another',
      sql`update audit_event set (entry, leaf_hash, personal, salt) = (select entry, leaf_hash, personal, salt from audit_event where leaf_index = 3) where leaf_index = 17`,
      'entry_moved',
      16,
      17,
    ],
    ['deletes an entry', sql`delete from audit_event where leaf_index = 17`, 'entry_missing', 17, 17],
    [
      'takes the places of two entries away from each other',
      sql`with s as (update audit_event set leaf_index = case leaf_index when 9 then 1000017 else 1000009 end where leaf_index in (9, 17)) select 1`,
      'entry_missing',
      9,
      9,
    ],
    ['deletes the last entries', sql`delete from audit_event where leaf_index >= 25`, 'truncated', 25, 29],
    ['deletes a node of the tree', sql`delete from audit_node where position = 17`, 'entry_moved', 16, 17],
    [
      'edits a checkpoint',
      sql`update audit_checkpoint set note = replace(note, E'\n20\n', E'\n21\n') where size = 20`,
      'checkpoint_forged',
      null,
      null,
    ],
  ] as const;
  let store: AuditStore & { log: AuditLog };
  beforeAll(async () => {
    store = await logOf([10, 10, 10]);
  });

  /** Exports what the store looks like after a change, and undoes the change. */
  async function exportAfter(change: () => Promise<unknown>): Promise<string[]> {
    let lines: string[] = [];
    const undo = store.database.transaction(async () => {
      await change();
      lines = await exported(store.log);
      throw new Error('undo');
    });
    await expect(undo).rejects.toThrow('undo');
    return lines;
  }

  test.each(cases)('who %s is found out', async (_, change, code, index, through) => {
    const lines = await exportAfter(() => store.database.query(change));
    expect(verifyLines(lines)).toMatchObject({ kind: 'broken', code, index, through });
    expect(verifyLines(await exported(store.log))).toMatchObject({ kind: 'untouched', size: 30 });
  });

  test('who deletes the last entries and shortens the log is found out, and the log goes on under a new origin', async () => {
    const cut = await logOf([10, 10, 10]);
    await cut.database.query(sql`delete from audit_event where leaf_index >= 24`);
    await cut.database.query(
      sql`update audit_log set size = 24, frontier = substring(frontier from 1 for 64)`,
    );
    expect(verifyLines(await exported(cut.log))).toMatchObject({ code: 'truncated', index: 24, through: 29 });
    expect(cut.opened).toMatchObject([
      { cause: 'store_behind', previous: { size: 24 }, known: { size: 30 } },
    ]);
    await write(cut, 5, 30);
    expect(await drain(cut.log)).toBe(5);
    expect(await cut.log.signCheckpoint(NOW)).toMatchObject({ kind: 'signed', size: 6 });
  });

  test('who swaps two whole rows is found out', async () => {
    const lines = await exportAfter(async () => {
      const [a, b] = [await store.database.query(pick(9)), await store.database.query(pick(17))];
      await store.database.query(sql`update audit_event set leaf_index = null where leaf_index in (9, 17)`);
      await store.database.query(sql`update audit_event set leaf_index = 17 where id = ${a[0]?.id}`);
      await store.database.query(sql`update audit_event set leaf_index = 9 where id = ${b[0]?.id}`);
    });
    expect(verifyLines(lines)).toMatchObject({ kind: 'broken', code: 'entry_moved', index: 8, through: 9 });
  });
});

describe('erasable by design', () => {
  test('a person is erased, the log still verifies and says how much is gone', async () => {
    const store = await logOf([4]);
    const admin = { kind: 'account', id: BOB } as const;
    await store.commit([auditEffect(5, { actor: admin, subject: BOB })]);
    await store.commit([auditEffect(6, { type: 'account.updated', actor: admin, subject: ALICE })]);
    await store.commit([auditEffect(7, { type: 'app.created', actor: admin, subject: null })]);
    await drain(store.log);
    await store.commit([auditEffect(8)]); // not numbered yet
    expect(await store.log.erasePerson(ALICE, NOW)).toBe(6);
    expect(await store.log.erasePerson(ALICE, NOW)).toBe(0);
    await drain(store.log);
    expect(verifyLines(await exported(store.log))).toMatchObject({ kind: 'untouched', size: 8, erased: 6 });
    expect(await store.log.erasePerson(BOB, NOW)).toBe(2);
    expect(verifyLines(await exported(store.log))).toMatchObject({ kind: 'untouched', size: 8, erased: 8 });
    expect(
      await store.database.query(
        sql`select 1 from audit_event where personal is not null or salt is not null`,
      ),
    ).toEqual([]);
  });

  test('retention takes what is older than its class may be kept, records it, and nothing else', async () => {
    const store = await stores.open();
    const log = await store.openLog();
    const old = NOW - days(400);
    await store.commit([
      auditEffect(1, { at: old }),
      auditEffect(2, { at: old, type: 'app.created' }),
      auditEffect(3),
    ]);
    await store.commit([auditEffect(4, { at: NOW - days(3 * 365) - 1, type: 'incident.opened' })]);
    expect(await log.retain(DEFAULT_RETENTION, NOW)).toEqual({
      'sign-in': 1,
      administration: 0,
      lifecycle: 0,
      incident: 1,
      system: 0,
    });
    expect(await log.retain(DEFAULT_RETENTION, NOW)).toMatchObject({ 'sign-in': 0, incident: 0 });
    await drain(log);
    expect(verifyLines(await exported(log))).toMatchObject({ kind: 'untouched', size: 5, erased: 2 });
    const recorded = await store.database.query(
      sql`select entry -> 'detail' as detail from audit_event where type = 'audit.retained'`,
    );
    expect(recorded).toEqual([
      { detail: { 'sign-in': 1, administration: 0, lifecycle: 0, incident: 1, system: 0 } },
    ]);
  });
});

describe('an excerpt for one person', () => {
  test('proves each of their events, and shows of others who acted on them only the act', async () => {
    const store = await logOf([450]);
    const admin = { kind: 'account', id: BOB } as const;
    await store.commit([
      auditEffect(1, {
        actor: admin,
        subject: ALICE,
        type: 'account.updated',
        personal: { address: '203.0.113.77' },
      }),
    ]);
    for (let i = 0; i < 5; i++) await store.commit([auditEffect(i, { actor: admin, subject: BOB })]);
    await drain(store.log);
    const lines = await collect(store.log.exportExcerpt(ALICE, NOW, SHOWN));
    expect(verifyLines(lines)).toMatchObject({
      kind: 'excerpt',
      erased: 1,
      excerpts: [{ entries: 451, size: 456 }],
    });
    expect(lines.join('\n')).toContain('192.0.2.7');
    expect(lines.join('\n')).not.toContain('203.0.113.77');
    const mine = await collect(store.log.exportExcerpt(BOB, NOW, SHOWN));
    expect(verifyLines(mine)).toMatchObject({
      kind: 'excerpt',
      erased: 0,
      excerpts: [{ entries: 6, size: 456 }],
    });
    const nobody = await collect(store.log.exportExcerpt(asId(randomUUID()), NOW, SHOWN));
    expect(verifyLines(nobody)).toMatchObject({ kind: 'excerpt', excerpts: [{ entries: 0 }] });
    const changed = lines.map((line) => line.replace('"n":7,', '"n":8,'));
    expect(verifyLines(changed)).toMatchObject({ kind: 'broken', code: 'entry_edited', index: 7 });
  });

  test('can leave out all that names people', async () => {
    const store = await logOf([3]);
    const lines = await collect(store.log.exportLog(NOW, { personal: 'withheld' }));
    expect(verifyLines(lines)).toMatchObject({ kind: 'untouched', size: 3, erased: 3 });
    expect(lines.join('\n')).not.toContain('192.0.2.7');
  });
});

describe('R-AUD-09: an older copy of the store was put back', () => {
  const TABLES = ['audit_log', 'audit_event', 'audit_node', 'audit_checkpoint'];
  async function copyAway(store: AuditStore): Promise<() => Promise<void>> {
    for (const table of TABLES)
      await store.database.pool.query(`create table copy_${table} as select * from ${table}`);
    return async () => {
      await store.database.pool.query(`truncate ${TABLES.join(', ')}`);
      for (const table of TABLES)
        await store.database.pool.query(`insert into ${table} select * from copy_${table}`);
    };
  }

  test('then nothing is numbered or signed under the old origin, and the new log names what is left of it', async () => {
    const store = await logOf([10, 5]);
    const restore = await copyAway(store);
    await write(store, 7, 15);
    await drain(store.log);
    await store.log.signCheckpoint(NOW);
    const [origin] = store.opened.map((opened) => opened.origin);
    expect(origin).toBeUndefined();

    await restore();
    await write(store, 4, 100);
    const log = await store.openLog();
    expect(await drain(log)).toBe(4);
    expect(store.opened).toMatchObject([
      { cause: 'store_behind', previous: { size: 15 }, known: { size: 22 } },
    ]);
    expect(await log.signCheckpoint(NOW)).toMatchObject({
      kind: 'signed',
      origin: store.opened[0]?.origin,
      size: 5,
    });
    const lines = await exported(log);
    expect(verifyLines(lines)).toMatchObject({
      kind: 'untouched',
      size: 5,
      logs: [{ size: 15 }, { size: 5 }],
    });
    expect(lines.findIndex((line) => line.includes('audit.origin_opened'))).toBe(
      lines.findIndex((line) => line.includes(`"origin":"${store.opened[0]?.origin}"`)) + 1,
    );
    // The witness kept what the restore lost, and says so.
    expect(verifyLines(lines, { witnessed: await store.witnessed() })).toMatchObject({
      code: 'lost_at_restore',
      index: 15,
      through: 21,
    });
    const excerpt = await collect(log.exportExcerpt(ALICE, NOW, SHOWN));
    expect(verifyLines(excerpt)).toMatchObject({
      kind: 'excerpt',
      excerpts: [{ entries: 15 }, { entries: 4 }],
    });

    // And once more, to before the new origin: the store now knows neither.
    await restore();
    await write(store, 1, 200);
    const again = await store.openLog();
    expect(await drain(again)).toBe(1);
    expect(store.opened).toMatchObject([{}, { cause: 'store_behind', previous: { size: 15 } }]);
    expect(store.opened[1]?.origin).not.toBe(store.opened[0]?.origin);
    expect(verifyLines(await exported(again))).toMatchObject({
      kind: 'untouched',
      logs: [{ size: 15 }, { size: 2 }],
    });
  });

  test('and had grown again unnoticed: signing is refused, and a new origin goes on', async () => {
    const store = await logOf([10]);
    const restore = await copyAway(store);
    await write(store, 3, 10);
    await drain(store.log);
    await store.log.signCheckpoint(NOW);
    await restore();
    await write(store, 8, 100);
    const blind = await store.openLog(store.database, {
      recent: async () => [],
      publish: async () => undefined,
    });
    expect(await drain(blind)).toBe(8);
    const log = await store.openLog();
    expect(await log.signCheckpoint(NOW)).toMatchObject({ kind: 'signed', size: 1 });
    expect(store.opened).toMatchObject([
      { cause: 'inconsistent', previous: { size: 18 }, known: { size: 13 } },
    ]);
    const sizes = await store.database.query(sql`select log, size from audit_checkpoint order by log, size`);
    expect(sizes).toEqual([
      { log: 1, size: 10 },
      { log: 2, size: 1 },
    ]);
    expect(verifyLines(await exported(log))).toMatchObject({
      kind: 'untouched',
      logs: [{ size: 18 }, { size: 1 }],
    });
    expect(verifyLines(await exported(log), { witnessed: await store.witnessed() })).toMatchObject({
      code: 'fork',
    });
  });

  test('and the restore says so itself', async () => {
    const store = await logOf([3]);
    expect(await store.log.openNewOrigin(NOW)).toMatchObject({ cause: 'asked', previous: { size: 3 } });
    await write(store, 2, 3);
    await drain(store.log);
    expect(verifyLines(await exported(store.log))).toMatchObject({
      kind: 'untouched',
      logs: [{ size: 3 }, { size: 3 }],
    });
  });

  test('notes in the witness file that we did not sign change nothing', async () => {
    const store = await logOf([3]);
    const note = (await store.witnessed())[0] ?? '';
    const forged = note.replace('\n3\n', '\n9\n');
    const foreign = note.replaceAll('sso.example.org', 'other.example.org');
    const log = await store.openLog(store.database, {
      recent: async () => [note, forged, foreign, 'torn'],
      publish: async () => undefined,
    });
    await write(store, 1, 3);
    await drain(log);
    expect(await log.signCheckpoint(NOW)).toMatchObject({ kind: 'signed', size: 4 });
    expect(store.opened).toEqual([]);
  });
});
