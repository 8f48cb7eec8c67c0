import { describe, expect, it } from 'vitest';
import { absoluteTime, relativeTime, timeTag } from './moment.ts';

const NOW = Date.UTC(2026, 10, 24, 10, 42, 7);
const MINUTE = 60_000;

describe('relativeTime', () => {
  it.each([
    [0, 'now', 'jetzt'],
    [-3 * MINUTE, '3 minutes ago', 'vor 3 Minuten'],
    [-26 * 60 * MINUTE, 'yesterday', 'gestern'],
    [61 * MINUTE, 'in 61 minutes', 'in 61 Minuten'],
    [MINUTE + 1, 'in 61 seconds', 'in 61 Sekunden'],
    [25 * 60 * MINUTE, 'in 25 hours', 'in 25 Stunden'],
  ])('%i ms', (distance, english, german) => {
    expect(relativeTime(NOW + distance, NOW, 'en')).toBe(english);
    expect(relativeTime(NOW + distance, NOW, 'de')).toBe(german);
  });

  it('gives a date for what is more than a month away', () => {
    expect(relativeTime(NOW - 90 * 24 * 60 * MINUTE, NOW, 'en')).toBe('26 Aug 2026');
  });
});

describe('absoluteTime', () => {
  it('names its zone', () => {
    expect(absoluteTime(NOW, 'en')).toBe('24 Nov 2026, 10:42 UTC');
    expect(absoluteTime(NOW, 'de')).toBe('24.11.2026, 10:42 UTC');
  });
});

describe('timeTag', () => {
  it('has the absolute time in its title and the exact one for machines', () => {
    expect(String(timeTag(NOW, NOW, 'en'))).toBe(
      '<time datetime="2026-11-24T10:42:07.000Z" title="24 Nov 2026, 10:42 UTC">now</time>',
    );
  });
});
