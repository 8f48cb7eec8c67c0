// `npm test`: everything. Its last line is `N passed, N failed`, which is also what the exit code follows.
import { check } from './check.ts';
import { installSuites } from './install-debian.ts';
import { runScript } from './scripts.ts';
import { add, NOTHING, recordResult, type Tally, tallyOf, tallyOfCases } from './tally.ts';

let total = NOTHING;

/** A stage that failed without a failed test (a crash, no test found) still counts as one failure. */
function record(ok: boolean, tally: Tally): void {
  total = add(total, ok || tally.failed > 0 ? tally : { ...tally, failed: 1 });
}

async function runProject(project: 'int' | 'e2e'): Promise<void> {
  console.log(`\n══ ${project} ══`);
  const { ok } = await runScript(project, { args: recordResult(project), live: true, limitMinutes: 25 });
  record(ok, tallyOf(project));
}

function install(): Map<string, string> {
  try {
    return installSuites();
  } catch (error) {
    console.log(String(error));
    record(false, NOTHING);
    return new Map();
  }
}

const leftOut = install();
for (const [suite, files] of leftOut) console.log(`Left out: the ${suite} suite, which needs ${files}`);

console.log('\n══ check ══');
const failedSteps = await check();
record(!failedSteps.includes('unit'), tallyOf('unit'));
for (const step of failedSteps) if (step !== 'unit') record(false, NOTHING);

await runProject('int');

console.log('\n══ cases ══');
const cases = await runScript('cases', { limitMinutes: 25 });
console.log(cases.output.trimEnd());
record(cases.ok, tallyOfCases(cases.output));

if (!leftOut.has('browser')) await runProject('e2e');

const { passed, failed, skipped } = total;
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
