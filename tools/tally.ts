import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };

export const add = (a: Tally, b: Tally): Tally => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

const resultFile = (project: string) => `.tmp/results/${project}.json`;

/** The arguments that make vitest leave its result where `tallyOf` reads it; removes the one of the last run. */
export function recordResult(project: string): string {
  const file = resultFile(project);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return `--reporter=default --reporter=json --outputFile.json=${file}`;
}

interface VitestResult {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

/** What the last run of a vitest project came to. A run that left no result counts as one failure. */
export function tallyOf(project: string): Tally {
  const file = resultFile(project);
  if (!existsSync(file)) return { ...NOTHING, failed: 1 };
  const result = JSON.parse(readFileSync(file, 'utf8')) as VitestResult;
  // A file that cannot be loaded has no tests to fail, so it is counted itself.
  const broken = result.testResults.filter((f) => f.status === 'failed' && f.assertionResults.length === 0);
  return {
    passed: result.numPassedTests,
    failed: result.numFailedTests + broken.length,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Counts the lines `S-01 pass`, `S-02 fail <why>` and `S-03 absent` that `npm run cases` prints. */
export function tallyOfCases(output: string): Tally {
  const count = (verdict: string) => output.match(new RegExp(`^S-\\w+ ${verdict}\\b`, 'gm'))?.length ?? 0;
  return { passed: count('pass'), failed: count('fail'), skipped: count('absent') };
}
