import type { Writable } from 'node:stream';

const LEVELS: Readonly<Record<number, string>> = {
  20: 'debug',
  30: 'info ',
  40: 'warn ',
  50: 'error',
  60: 'fatal',
};

interface Line {
  readonly level: number;
  readonly time: number;
  readonly msg?: string;
  readonly err?: { readonly stack?: string; readonly message?: string };
}

/** Turns pino's lines into ones for human eyes: time, level, message, and what else the line says. */
export const prettyStream = (out: Writable): { write(line: string): void } => ({
  write: (line) => {
    const { level, time, msg = '', err, ...rest }: Line = JSON.parse(line) as Line;
    const more = Object.entries(rest).map(
      ([key, value]) => ` ${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
    const fault = err === undefined ? '' : `\n${err.stack ?? err.message ?? ''}`;
    out.write(
      `${new Date(time).toISOString().slice(11, 19)} ${LEVELS[level] ?? String(level)} ${msg}${more.join('')}${fault}\n`,
    );
  },
});
