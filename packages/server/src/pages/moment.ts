import type { Locale } from '@countersign/core/account/account';
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

/** "24 Nov 2026, 14:05 UTC". The server does not know the zone of the reader, so it names its own. */
export function absoluteTime(at: Instant, locale: Locale): string {
  const format = new Intl.DateTimeFormat(TAGS[locale], {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return `${format.format(at)} UTC`;
}

/** "14:05:09 UTC", for setting a clock. */
export function clockTime(at: Instant, locale: Locale): string {
  return `${new Intl.DateTimeFormat(TAGS[locale], { timeStyle: 'medium', timeZone: 'UTC' }).format(at)} UTC`;
}

/**
 * "2 days ago", "in 5 minutes"; a date when it is further away than a month. What is to come is rounded up, so that
 * nobody who waits that long comes too early.
 */
export function relativeTime(at: Instant, now: Instant, locale: Locale): string {
  const distance = at - now;
  if (Math.abs(distance) >= FAR_MS) {
    return new Intl.DateTimeFormat(TAGS[locale], { dateStyle: 'medium', timeZone: 'UTC' }).format(at);
  }
  const format = new Intl.RelativeTimeFormat(TAGS[locale], { numeric: 'auto' });
  // Two of a unit at least when rounding up: 61 minutes are not two hours.
  const least = distance > 0 ? 2 : 1;
  const [unit, size] =
    UNITS.find(([, ms]) => Math.abs(distance) >= ms * least) ?? (['second', 1_000] as const);
  const whole = distance > 0 ? Math.ceil(distance / size) : Math.trunc(distance / size);
  return format.format(whole, unit);
}

/** The relative time on the page, the absolute one in `title` and for machines. */
export const timeTag = (at: Instant, now: Instant, locale: Locale): Markup =>
  html`<time datetime="${new Date(at).toISOString()}" title="${absoluteTime(at, locale)}">${relativeTime(at, now, locale)}</time>`;
