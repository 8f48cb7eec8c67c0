/** A form of a page, as a browser would send it: the action and the fields with what stands in them. */
export interface Form {
  readonly method: string;
  readonly action: string;
  readonly fields: Readonly<Record<string, string>>;
  /** `data-*` of the form tag, without the prefix: the options of a WebAuthn ceremony are in `options`. */
  readonly data: Readonly<Record<string, string>>;
}

/** What a person sees of a page, and what a program can read of it. */
export interface Page {
  readonly title: string;
  readonly heading: string;
  readonly forms: readonly Form[];
  readonly links: readonly string[];
  /** The text of the box that says what went wrong; null when nothing did. */
  readonly problem: string | null;
  /** The reason id of the problem, where the page states it (`data-reason`). */
  readonly reason: string | null;
  /** The request id that the page shows as its reference. */
  readonly reference: string | null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

export const unescapeHtml = (text: string): string =>
  text.replaceAll(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name ?? ''] ?? whole;
    },
  );

const textOf = (markup: string): string =>
  unescapeHtml(markup.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The attributes of a start tag; our pages always quote with `"`. */
function attributesOf(tag: string): Readonly<Record<string, string>> {
  const found = tag.matchAll(/\s([\w:-]+)(?:="([^"]*)")?/g);
  return Object.fromEntries(
    [...found].map(([, name = '', value = '']) => [name.toLowerCase(), unescapeHtml(value)]),
  );
}

const tags = (markup: string, name: string): readonly Readonly<Record<string, string>>[] =>
  [...markup.matchAll(new RegExp(`<${name}((?:\\s+[\\w:-]+(?:="[^"]*")?)*)\\s*/?>`, 'gi'))].map(
    ([, attributes = '']) => attributesOf(attributes),
  );

const between = (markup: string, pattern: RegExp): string | null => {
  const found = pattern.exec(markup)?.[1];
  return found === undefined ? null : textOf(found);
};

function formOf(attributes: string, content: string): Form {
  const { method = 'get', action = '', ...rest } = attributesOf(attributes);
  const data = Object.entries(rest).flatMap(([name, value]) =>
    name.startsWith('data-') ? [[name.slice(5), value] as const] : [],
  );
  const fields = tags(content, 'input').flatMap(({ name, value = '' }) =>
    name === undefined ? [] : [[name, value] as const],
  );
  return {
    method: method.toLowerCase(),
    action,
    fields: Object.fromEntries(fields),
    data: Object.fromEntries(data),
  };
}

/** Reads one of our pages. It is no HTML parser: it knows how our templates write, and nothing else. */
export function readPage(markup: string): Page {
  const forms = [...markup.matchAll(/<form((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*>([\s\S]*?)<\/form>/g)].map(
    ([, attributes = '', content = '']) => formOf(attributes, content),
  );
  const problems = [...markup.matchAll(/<div class="problem"[^>]*>([\s\S]*?)<\/div>/g)].map(
    ([, content = '']) => textOf(content),
  );
  const problem = problems.find((text) => text !== '') ?? null;
  return {
    title: between(markup, /<title>([\s\S]*?)<\/title>/) ?? '',
    heading: between(markup, /<h1[^>]*>([\s\S]*?)<\/h1>/) ?? '',
    forms,
    links: tags(markup, 'a').flatMap(({ href }) => (href === undefined ? [] : [href])),
    problem,
    reason: /\sdata-reason="([^"]*)"/.exec(markup)?.[1] ?? null,
    reference:
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?=[^<]*<\/(?:p|strong|code|bdi|span)>)/.exec(
        markup.slice(markup.lastIndexOf('<footer')),
      )?.[0] ?? null,
  };
}
