import { expect, test } from 'vitest';
import { tallyOf, tallyOfCases } from './tally.ts';

test('a run that left no result is a failure, not an empty success', () => {
  expect(tallyOf('no-such-project')).toEqual({ passed: 0, failed: 1, skipped: 0 });
});

test('cases are counted by the verdict at the head of their line', () => {
  const output = 'S-01 pass\nS-02 fail S-03 pass was expected\nS-66b absent\nS-04 passes nothing\n';
  expect(tallyOfCases(output)).toEqual({ passed: 1, failed: 1, skipped: 1 });
});
