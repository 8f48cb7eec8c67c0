import { styleText } from 'node:util';

export type Cell = string | number | boolean | null | readonly string[];
export type Columns<Row> = readonly (readonly [title: string, cell: (row: Row) => Cell])[];

/** Nothing that a value holds moves the cursor, colours a line or ends one. */
const clean = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�');

const textOf = (cell: Cell): string => {
  if (cell === null || (typeof cell === 'object' && cell.length === 0)) return '-';
  return clean(typeof cell === 'object' ? cell.join(',') : String(cell));
};

/** What a command prints, on stdout; everything else goes to stderr. */
export interface Output {
  readonly json: (value: unknown) => void;
  readonly rows: <Row>(columns: Columns<Row>, rows: readonly Row[]) => void;
  readonly line: (text: string) => void;
  /** For the person who waits: on stderr, so that stdout holds data only. */
  readonly note: (text: string) => void;
}

export function createOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Output {
  const write = (text: string): void => void stdout.write(`${text}\n`);
  return {
    json: (value) => write(JSON.stringify(value, null, 2)),
    line: (text) => write(text),
    note: (text) => void stderr.write(`${text}\n`),
    rows: (columns, rows) => {
      const cells = rows.map((row) => columns.map(([, cell]) => textOf(cell(row))));
      if (!stdout.isTTY) {
        // Tabs between, no heading: what cut, sort and awk take as it is.
        for (const row of cells) write(row.join('\t'));
        return;
      }
      const titles = columns.map(([title]) => title);
      const widths = titles.map((title, at) =>
        Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)),
      );
      const pad = (row: readonly string[]): string =>
        row
          .map((text, at) => text.padEnd(widths[at] ?? 0))
          .join('  ')
          .trimEnd();
      // styleText heeds NO_COLOR and a stream that is no terminal.
      write(styleText('bold', pad(titles), { stream: stdout }));
      for (const row of cells) write(pad(row));
    },
  };
}
