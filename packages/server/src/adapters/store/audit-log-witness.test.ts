import { notesIn } from '@countersign/core/audit/notes-in';
import { appendFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileWitness } from './audit-log-witness.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cs-witness-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const note = (size: number) =>
  `sso.example.org/audit/ab12\n${size}\n${'A'.repeat(43)}=\n\n\u2014 sso.example.org/audit/ab12 ${'B'.repeat(90)}\n`;

test('a file that is not there yet knows nothing, and is made with its folder, for its owner only', async () => {
  const path = join(folder, 'data', 'audit-checkpoints.txt');
  const witness = createFileWitness(path);
  expect(await witness.recent()).toEqual([]);
  await witness.publish(note(1));
  expect(await witness.recent()).toEqual([note(1)]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('what a crash tore is passed over, and what comes after it is read', async () => {
  const path = join(folder, 'audit-checkpoints.txt');
  const witness = createFileWitness(path);
  await witness.publish(note(1));
  for (const end of [5, 28, 40, 75, 80, note(2).length - 1]) {
    await appendFile(path, `\n${note(2).slice(0, end)}`);
    await witness.publish(note(3));
    expect((await witness.recent()).at(-1)).toBe(note(3));
  }
  expect(await witness.recent()).toContain(note(1));
});

test('of a long file the last notes are read', async () => {
  const path = join(folder, 'audit-checkpoints.txt');
  const all = Array.from({ length: 2_000 }, (_, i) => note(i + 1));
  await appendFile(path, all.map((text) => `\n${text}`).join(''));
  const recent = await createFileWitness(path).recent();
  expect(recent.at(-1)).toBe(note(2_000));
  expect(recent.length).toBeLessThan(400);
  expect(notesIn(all.join('\n'))).toEqual(all);
});

test('a file that cannot be read is a fault, not an empty one', async () => {
  await expect(createFileWitness(folder).recent()).rejects.toThrow();
});
