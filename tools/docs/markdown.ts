/** A text inside a table: no bar and no line break may end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table with its columns in line, as the formatter of this repository writes it. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [titles, ...rows].map((row) => row.map(cell));
  const widths = titles.map((_, at) => Math.max(3, ...cells.map((row) => row[at]?.length ?? 0)));
  const [head = [], ...body] = cells.map((row) => row.map((text, at) => text.padEnd(widths[at] ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...body].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

export const code = (text: string): string => `\`${text}\``;

const GENERATED = '<!-- Written by `npm run docs` from the code. Change the code, not this page. -->';

/** A generated page: a title, then its parts with one blank line between them. */
export const page = (title: string, parts: readonly string[]): string =>
  `${[GENERATED, `# ${title}`, ...parts].join('\n\n')}\n`;
