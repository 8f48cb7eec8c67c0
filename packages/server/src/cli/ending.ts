import type { Problem } from '@countersign/contract/api/problem';

/** How a command ends (contract.md). */
export const EXIT = { done: 0, finding: 1, usage: 2, notAllowed: 3, unreachable: 4, conflict: 5 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a code and what to tell on stderr. */
export class Ending extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What the node answered, as an ending. */
export function endingOf(problem: Problem): Ending {
  const fields = (problem.errors ?? []).map(({ field, reason }) => `  ${field}: ${reason}`);
  const lines = [
    `${problem.title}${problem.detail === undefined ? '' : ` ${problem.detail}`} (${problem.code})`,
    ...fields,
  ];
  return new Ending(exitCodeOf(problem.status), lines.join('\n'));
}

function exitCodeOf(status: number): ExitCode {
  if (status === 401 || status === 403) return EXIT.notAllowed;
  if (status === 409) return EXIT.conflict;
  if (status === 400 || status === 413 || status === 415) return EXIT.usage;
  return status >= 500 ? EXIT.unreachable : EXIT.finding;
}
