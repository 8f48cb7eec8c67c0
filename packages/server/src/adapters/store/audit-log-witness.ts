import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { notesIn } from '@countersign/core/audit/notes-in';
import type { CheckpointWitness } from '../../ports/audit-log.ts';

/** Some 250 notes: the last one is what counts. */
const TAIL = 65_536;

async function readTail(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(TAIL), 0, TAIL, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/**
 * Checkpoints in a file outside the store: it shows when an older copy of the store was put back, and anyone can keep
 * a copy elsewhere. Append only; a file that is there and cannot be read is a fault, not an empty one.
 */
export function createFileWitness(path: string): CheckpointWitness {
  return {
    recent: async () => {
      try {
        return notesIn(await readTail(path));
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
    publish: async (note) => {
      await mkdir(dirname(path), { recursive: true });
      const handle = await open(path, 'a', 0o600);
      try {
        // The line break in front ends what a crash may have torn.
        await handle.writeFile(`\n${note}`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}
