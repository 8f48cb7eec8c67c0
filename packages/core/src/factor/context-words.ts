/** What is known about whoever sets a password. */
export interface PasswordContext {
  readonly login: string;
  readonly email: string | null;
  readonly displayName: string;
  readonly organisation: string;
}

export const CONTEXT_SOURCES = ['product', 'organisation', 'login', 'email', 'name'] as const;
export type ContextSource = (typeof CONTEXT_SOURCES)[number];

export const PRODUCT_NAME = 'countersign';

/** Shorter words turn up in strong passwords by chance. */
const SHORTEST_WORD = 3;

/** Characters that stand for a letter; `i` and `l` share one class, for 1, ! and | stand for both. */
const SHAPES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  l: 'i',
  '!': 'i',
  '|': 'i',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
  '+': 't',
};

/** The bare shape of a text: lower case, no accents, no separators, look-alike characters as one. */
export const shapeOf = (text: string): string =>
  [...text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '')]
    .map((character) => SHAPES[character] ?? character)
    .filter((character) => /[\p{L}\p{N}]/u.test(character))
    .join('');

const UMLAUTS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

const spelled = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => UMLAUTS[letter] ?? letter);

/** A text whole and in its parts, with and without umlauts, as shapes long enough to mean something. */
function wordsOf(text: string): readonly string[] {
  const texts = [text, spelled(text)].flatMap((spelling) => [
    spelling,
    ...spelling.split(/[^\p{L}\p{M}\p{N}]+/u),
  ]);
  return [...new Set(texts.map(shapeOf))].filter((word) => [...word].length >= SHORTEST_WORD);
}

/** The words that this person's attacker would try first, and where each is from (R-PWD-08). */
export function contextWords(context: PasswordContext): ReadonlyMap<string, ContextSource> {
  const [local = '', domain = ''] = (context.email ?? '').split('@');
  const sources: readonly (readonly [ContextSource, readonly string[]])[] = [
    ['product', [PRODUCT_NAME]],
    ['organisation', [context.organisation]],
    ['login', [context.login]],
    ['email', [context.email ?? '', local, domain, domain.split('.').slice(0, -1).join('.')]],
    ['name', [context.displayName]],
  ];
  const words = new Map<string, ContextSource>();
  for (const [source, texts] of sources)
    for (const word of texts.flatMap(wordsOf)) if (!words.has(word)) words.set(word, source);
  return words;
}
