import { LOCALES, type Locale } from '@countersign/core/account/account';
import type { Instant } from '@countersign/core/kernel/time';
import { html, type Markup } from './markup.ts';

/** English dates day first and with 24 hours, as most readers of English outside America read them. */
const TAGS: Readonly<Record<Locale, string>> = { en: 'en-GB', de: 'de-DE' };

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** A month: before and after that a date says more than a number of days. */
const FAR_MS = 30 * 86_400_000;

/** Made once a language: each holds some 50 kB outside the heap, and a page shows many times. */
const FORMATS = Object.fromEntries(
  LOCALES.map((locale) => {
    const tag = TAGS[locale];
    const formats = {
      absolute: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }),
      clock: new Intl.DateTimeFormat(tag, { timeStyle: 'medium', timeZone: 'UTC' }),
      date: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' }),
      relative: new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }),
    };
    return [locale, formats];
  }),
) as Readonly<Record<Locale, Formats>>;

interface Formats {
  readonly absolute: Intl.DateTimeFormat;
  readonly clock: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
  readonly relative: Intl.RelativeTimeFormat;
}

/** "24 Nov 2026, 14:05 UTC". The server does not know the zone of the reader, so it names its own. */
export const absoluteTime = (at: Instant, locale: Locale): string =>
  `${FORMATS[locale].absolute.format(at)} UTC`;

/** "14:05:09 UTC", for setting a clock. */
export const clockTime = (at: Instant, locale: Locale): string => `${FORMATS[locale].clock.format(at)} UTC`;

/**
 * "2 days ago", "in 5 minutes"; a date when it is further away than a month. What is to come is rounded up, so that
 * nobody who waits that long comes too early.
 */
export function relativeTime(at: Instant, now: Instant, locale: Locale): string {
  const distance = at - now;
  if (Math.abs(distance) >= FAR_MS) return FORMATS[locale].date.format(at);
  // Two of a unit at least when rounding up: 61 minutes are not two hours.
  const least = distance > 0 ? 2 : 1;
  const [unit, size] =
    UNITS.find(([, ms]) => Math.abs(distance) >= ms * least) ?? (['second', 1_000] as const);
  const whole = distance > 0 ? Math.ceil(distance / size) : Math.trunc(distance / size);
  return FORMATS[locale].relative.format(whole, unit);
}

/** The relative time on the page, the absolute one in `title` and for machines. */
export const timeTag = (at: Instant, now: Instant, locale: Locale): Markup =>
  html`<time datetime="${new Date(at).toISOString()}" title="${absoluteTime(at, locale)}">${relativeTime(at, now, locale)}</time>`;
