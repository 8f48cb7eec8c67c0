/** A text inside a table: no bar and no line break may end the cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

export const table = (titles: readonly string[], rows: readonly (readonly string[])[]): string =>
  [titles, titles.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

export const code = (text: string): string => `\`${text}\``;

const GENERATED = '<!-- Written by `npm run docs` from the code. Change the code, not this page. -->';

/** A generated page: a title, then its parts with one blank line between them. */
export const page = (title: string, parts: readonly string[]): string =>
  `${[GENERATED, `# ${title}`, ...parts].join('\n\n')}\n`;
