import type { Locale } from '@countersign/core/account/account';
import { html, type Markup, type Slot } from '../markup.ts';
import { de, deReasons } from './de.ts';
import { en, enReasons } from './en.ts';

export type TextKey = keyof typeof en;
export type ReasonId = keyof typeof enReasons;

type Holes<Text extends string> = Text extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;
type Fill<Key extends TextKey, Value> = [Holes<(typeof en)[Key]>] extends [never]
  ? readonly []
  : readonly [values: { readonly [Hole in Holes<(typeof en)[Key]>]: Value }];

/** The keys with two forms, `<stem>.one` and `<stem>.other`. */
type Stem = TextKey extends infer Key ? (Key extends `${infer S}.one` ? S : never) : never;

type SameHoles<Texts extends { readonly [Key in TextKey]: string }> = {
  readonly [Key in TextKey]: [Holes<Texts[Key]>] extends [Holes<(typeof en)[Key]>] ? string : never;
};

/** Every language has every key, and no text asks for a value that English does not give. */
export const TEXTS: Readonly<Record<Locale, Readonly<Record<TextKey, string>>>> = {
  en,
  de: de satisfies SameHoles<typeof de>,
};

export const REASONS: Readonly<
  Record<Locale, Readonly<Record<ReasonId, readonly [what: string, next: string]>>>
> = {
  en: enReasons,
  de: deReasons,
};

const HOLE = /\{([a-z]+)\}/;

/** Fills a text in one pass, so that a value holding `{…}` stays a value. */
export const fillText = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text
    .split(HOLE)
    .map((piece, at) => (at % 2 === 0 ? piece : String(values[piece] ?? '')))
    .join('');

/** The texts of one language. `say` for attributes and mails, `mark` where a value is shown as markup of its own. */
export interface Phrases {
  say<Key extends TextKey>(key: Key, ...fill: Fill<Key, string | number>): string;
  mark<Key extends TextKey>(key: Key, ...fill: Fill<Key, Slot>): readonly Slot[];
  /** "One code left" and "3 codes left": the form that the language wants for the number. */
  count(stem: Stem, name: string, n: number, values?: Readonly<Record<string, string>>): string;
}

const PLURALS: Readonly<Record<Locale, Intl.PluralRules>> = {
  en: new Intl.PluralRules('en'),
  de: new Intl.PluralRules('de'),
};

export function phrases(locale: Locale): Phrases {
  const texts = TEXTS[locale];
  const plural = PLURALS[locale];
  return {
    say: (key, ...fill) => fillText(texts[key], fill[0] ?? {}),
    mark: (key, ...fill) => {
      const values: Readonly<Record<string, Slot>> = fill[0] ?? {};
      return texts[key].split(HOLE).map((piece, at) => (at % 2 === 0 ? piece : values[piece]));
    },
    count: (stem, name, n, values = {}) => {
      const key: `${Stem}.${'one' | 'other'}` = `${stem}.${plural.select(n) === 'one' ? 'one' : 'other'}`;
      return fillText(texts[key], { ...values, [name]: n });
    },
  };
}

/** A name that somebody chose, kept from turning the direction of the text around it. */
export const chosen = (name: string): Markup => html`<bdi>${name}</bdi>`;
