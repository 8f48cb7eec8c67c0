/** One tag of a page as a browser would read it, for the tests that look at the structure and not at the text. */
export interface Tag {
  readonly name: string;
  readonly closes: boolean;
  readonly attributes: Readonly<Record<string, string>>;
}

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-zA-Z:-]+(?:="[^"]*")?)*) ?(\/?)>/y;
const ATTRIBUTE = / ([a-zA-Z:-]+)(?:="([^"]*)")?/g;

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

function attributesOf(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, unescape(value)]),
  );
}

/**
 * The tags of a page in order. Throws on any `<` that does not open a tag in our own spelling (quoted attributes,
 * lower case), so what passes has no markup that a template did not write.
 */
export function outline(page: string): readonly Tag[] {
  const tags: Tag[] = [];
  const doctype = '<!doctype html>';
  for (let at = page.startsWith(doctype) ? doctype.length : 0; ; ) {
    const next = page.indexOf('<', at);
    if (next < 0) return tags;
    TAG.lastIndex = next;
    const found = TAG.exec(page);
    if (found === null) throw new Error(`No tag of ours: ${page.slice(next, next + 80)}`);
    const [whole, closes = '', name = '', attributes = ''] = found;
    tags.push({ name, closes: closes === '/', attributes: attributesOf(attributes) });
    at = next + whole.length;
  }
}

/** The shape of a page: its tags and which attributes they have, without any value. */
export const shape = (page: string): readonly string[] =>
  outline(page).map(
    ({ name, closes, attributes }) => `${closes ? '/' : ''}${name} ${Object.keys(attributes).join(' ')}`,
  );
