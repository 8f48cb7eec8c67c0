import { findDebianPostgres } from '../postgres/debian-server.ts';
import { Absent, absent, type Case } from './case.ts';
import { verifyLogs } from './expect.ts';
import { createRandom } from './random.ts';
import type { World } from './stage.ts';

export interface Verdict {
  readonly id: string;
  readonly verdict: 'pass' | 'fail' | 'absent';
  readonly why: string | null;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').slice(0, 600);

/** Plays a case with its seeds, one after the other, until one of them fails. */
export async function play(one: Case, seed: number, world: World): Promise<Verdict> {
  let at = seed;
  try {
    if (one.on === 'nodes' && findDebianPostgres() === undefined)
      absent('three nodes need a PostgreSQL server, and none is installed');
    const stage = await world.shared(one.on ?? 'controlled');
    for (let round = 0; round < (one.seeds ?? 3); round += 1) {
      at = seed + round;
      await one.run(stage, createRandom(at * 1_000 + Number(one.id.slice(2))), world);
    }
    await verifyLogs();
    return { id: one.id, verdict: 'pass', why: null };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof Absent) return { id: one.id, verdict: 'absent', why };
    const where = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
    return { id: one.id, verdict: 'fail', why: oneLine(`${where}${why} (seed ${at})`) };
  } finally {
    await world.endCase();
  }
}
