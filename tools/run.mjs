// `node tools/run.mjs TASK [arguments]`: what the npm scripts call, so that they work on a fresh clone and an old Node.
import { runOnNode24 } from './bootstrap.mjs';

const TASKS = {
  bench: ['bench/run.ts'],
  cases: ['packages/testkit/src/cases/run.ts'],
  check: ['tools/check.ts'],
  dev: ['--watch', 'packages/server/src/main.ts'],
  test: ['tools/test.ts'],
};

const [task, ...args] = process.argv.slice(2);
if (task in TASKS) {
  await runOnNode24([...TASKS[task], ...args]);
} else {
  console.error(`No such task: ${task}. There are ${Object.keys(TASKS).join(', ')}.`);
  process.exitCode = 2;
}
