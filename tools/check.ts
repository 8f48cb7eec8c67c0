// `npm run check`: everything that can be told without starting a server. Each step is an npm script of its own.
import { recordResult } from './tally.ts';
import { runScript, type ScriptName } from './scripts.ts';

// The longest first: with two cores, two steps run at a time.
const STEPS: ScriptName[] = ['unit', 'types', 'lint', 'layers', 'dead-code', 'format:check', 'lock:check'];
const AT_A_TIME = 2;

/** Prints a line per step, then the whole output of those that failed; returns their names. */
export async function check(): Promise<ScriptName[]> {
  const failures: { step: ScriptName; output: string }[] = [];
  const queue = STEPS.values();
  const work = async () => {
    for (const step of queue) {
      const { ok, seconds, output } = await runScript(step, {
        args: step === 'unit' ? recordResult('unit') : '',
        limitMinutes: 5,
      });
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${step.padEnd(13)} ${seconds.toFixed(1)} s`);
      if (!ok) failures.push({ step, output });
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  for (const { step, output } of failures) console.log(`\n── ${step} ──\n${output.trimEnd()}`);
  return failures.map(({ step }) => step);
}

if (import.meta.main) process.exitCode = (await check()).length > 0 ? 1 : 0;
