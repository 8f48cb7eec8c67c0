import { seconds } from '@countersign/core/kernel/time';
import { expect, test } from 'vitest';
import type { AuditLog, Checkpointing, Numbering } from '../ports/audit-log.ts';
import { startNumbering } from './number-events.ts';

const NOW = Date.UTC(2026, 10, 24);
/** Longer than any test: only `tick` drives the job. */
const NEVER = 2_000_000_000;

/** A log with a backlog, which signs whenever something is new and it is time. */
function fakeLog(waiting: number) {
  const signed: number[] = [];
  let numbered = 0;
  let covered = 0;
  let looks = 0;
  const log: Pick<AuditLog, 'numberEvents' | 'signCheckpoint'> = {
    numberEvents: async (): Promise<Numbering> => {
      const count = Math.min(10, waiting);
      waiting -= count;
      numbered += count;
      return { kind: 'numbered', count, more: waiting > 0 };
    },
    signCheckpoint: async (now, every = 0): Promise<Checkpointing> => {
      looks += 1;
      const at = signed.at(-1);
      if (covered === numbered) return { kind: 'nothing_new' };
      if (at !== undefined && now >= at && now - at < every) return { kind: 'not_due', at };
      covered = numbered;
      signed.push(now);
      return { kind: 'signed', origin: 'o', size: numbered, at: now };
    },
  };
  return {
    log,
    signed,
    left: () => waiting,
    looks: () => looks,
    add: (count: number) => {
      waiting += count;
    },
  };
}

const jobOf = (log: Pick<AuditLog, 'numberEvents' | 'signCheckpoint'>, faults: unknown[] = []) =>
  startNumbering({ log, clock: () => NOW, everyMs: NEVER, onFault: (error) => faults.push(error) });

test('a tick takes the whole backlog and signs it', async () => {
  const fake = fakeLog(35);
  const job = jobOf(fake.log);
  await job.tick(NOW);
  expect(fake.left()).toBe(0);
  expect(fake.signed).toEqual([NOW]);
  await job.stop();
});

test('while something is new every second, no two checkpoints are more than 60 s or less than 50 s apart', async () => {
  const fake = fakeLog(1);
  const job = jobOf(fake.log);
  for (let s = 0; s <= 300; s++) {
    fake.add(1);
    await job.tick(NOW + seconds(s));
  }
  const gaps = fake.signed.slice(1).map((at, i) => at - (fake.signed[i] ?? 0));
  expect(gaps.length).toBeGreaterThan(4);
  for (const gap of gaps) expect(gap <= seconds(60) && gap >= seconds(50)).toBe(true);
  expect(fake.looks()).toBeLessThan(10);
  await job.stop();
});

test('after a quiet time a new event is covered within seconds, and quiet costs little', async () => {
  const fake = fakeLog(1);
  const job = jobOf(fake.log);
  for (let s = 0; s <= 600; s++) await job.tick(NOW + seconds(s));
  expect(fake.looks()).toBeLessThan(130);
  fake.add(1);
  for (let s = 601; s <= 610; s++) await job.tick(NOW + seconds(s));
  expect(fake.signed).toHaveLength(2);
  await job.stop();
});

test('a clock that was put back does not leave the log unsigned', async () => {
  const fake = fakeLog(1);
  const job = jobOf(fake.log);
  await job.tick(NOW);
  fake.add(1);
  await job.tick(NOW - seconds(3_600));
  expect(fake.signed).toEqual([NOW, NOW - seconds(3_600)]);
  await job.stop();
});

test('ticks never overlap, and one that fails does not stop the next', async () => {
  const fake = fakeLog(1);
  let inside = 0;
  let fail = true;
  const job = jobOf({
    ...fake.log,
    numberEvents: async (now) => {
      inside += 1;
      expect(inside).toBe(1);
      await Promise.resolve();
      inside -= 1;
      if (fail) throw new Error('the store is away');
      return fake.log.numberEvents(now);
    },
  });
  const first = expect(job.tick(NOW)).rejects.toThrow('the store is away');
  const second = expect(job.tick(NOW)).rejects.toThrow('the store is away');
  await Promise.all([first, second]);
  fail = false;
  await job.tick(NOW);
  expect(fake.signed).toEqual([NOW]);
  await job.stop();
});

test('stopping numbers and signs what is left, and reports what it could not', async () => {
  const fake = fakeLog(0);
  const job = jobOf(fake.log);
  await job.tick(NOW);
  fake.add(25);
  await job.stop();
  expect(fake.left()).toBe(0);
  expect(fake.signed).toEqual([NOW]);
  const faults: unknown[] = [];
  const away = async (): Promise<never> => Promise.reject(new Error('the store is away'));
  await jobOf({ numberEvents: away, signCheckpoint: away }, faults).stop();
  expect(faults).toEqual([new Error('the store is away')]);
});
