import { parseArgs } from 'node:util';
import { closeIdleConnections } from '../visitor/exchange.ts';
import { CASES } from './all-cases.ts';
import { NOT_BUILT } from './not-built.ts';
import { play, type Verdict } from './play.ts';
import { createWorld } from './world.ts';

/*
 * `npm run cases -- [--json] [--seed N] [S-01 …]`: plays the adversarial cases of security.md §6 against processes of
 * our own on loopback and prints one line each, in their order.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string' },
    time: { type: 'boolean', default: false },
  },
});
const ALL = Array.from({ length: 82 }, (_, place) => `S-${String(place + 1).padStart(2, '0')}`);
const unknown = positionals.filter((id) => !ALL.includes(id));
const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
if (unknown.length > 0 || !Number.isSafeInteger(seed)) {
  process.stderr.write(
    `usage: cases [--json] [--seed N] [S-01 … S-82]; not understood: ${unknown.join(' ') || values.seed}\n`,
  );
  process.exit(2);
}
const wanted = positionals.length === 0 ? ALL : ALL.filter((id) => positionals.includes(id));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

// Ending in order lets the exit handlers end the servers.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

const world = createWorld();
const verdicts: Verdict[] = [];
if (!values.json) say(`seed ${seed}`);
try {
  for (const id of wanted) {
    const found = CASES.find((one) => one.id === id);
    const began = performance.now();
    const verdict: Verdict =
      found === undefined
        ? { id, verdict: 'absent', why: NOT_BUILT[id] ?? 'not played yet' }
        : await play(found, seed, world);
    verdicts.push(verdict);
    if (values.json) continue;
    const took = values.time ? ` ${((performance.now() - began) / 1_000).toFixed(1)} s` : '';
    say(`${id} ${verdict.verdict}${verdict.verdict === 'fail' ? ` ${verdict.why}` : ''}${took}`);
  }
} finally {
  await world.end().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
  closeIdleConnections();
}

const count = (kind: Verdict['verdict']): number => verdicts.filter(({ verdict }) => verdict === kind).length;
const totals = { passed: count('pass'), failed: count('fail'), skipped: count('absent') };
if (values.json) say(JSON.stringify({ seed, ...totals, cases: verdicts }, null, 2));
else say(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed > 0 ? 1 : 0;
