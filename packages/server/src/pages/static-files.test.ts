import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ALL_PAGES } from './all-pages.ts';
import { SAMPLE_CONTEXT } from './sample-views.ts';
import { STATIC_FILES } from './static-files.ts';

const sizeOf = (address: string): number => {
  const found = STATIC_FILES.find((file) => file.address === address);
  return found === undefined ? Number.NaN : statSync(found.file).size;
};

describe('static files', () => {
  it('are all that pages and styles ask for, and all that the folders hold', () => {
    const asked = ALL_PAGES.flatMap((page) =>
      [...String(page.render(SAMPLE_CONTEXT)).matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map(
        ([, address]) => address,
      ),
    );
    const addresses = STATIC_FILES.map(({ address }) => address);
    expect(addresses).toEqual(expect.arrayContaining([...new Set(asked)]));
    const held = ['static', 'browser'].flatMap((folder) =>
      readdirSync(new URL(`./${folder}/`, import.meta.url)),
    );
    expect(
      held
        .filter((name) => name !== 'tsconfig.json')
        .map((name) => `/static/${name}`)
        .toSorted(),
    ).toEqual(addresses.toSorted());
  });

  it('let the styles stay under 10 kB and the whole sign-in page under 30 kB', () => {
    expect(sizeOf('/static/pages.css')).toBeLessThan(10_000);
    for (const page of ALL_PAGES.filter(({ name }) => name.startsWith('signin'))) {
      const text = String(page.render({ ...SAMPLE_CONTEXT, locale: 'de' }));
      const scripts = STATIC_FILES.filter(({ address }) => text.includes(`src="${address}"`)).map(
        ({ address }) => address,
      );
      const all = [
        '/static/pages.css',
        '/static/guilloche.svg',
        ...scripts,
        ...(scripts.includes('/static/ceremony.js') ? ['/static/webauthn-json.js'] : []),
      ];
      expect(all.reduce((sum, address) => sum + sizeOf(address), Buffer.byteLength(text))).toBeLessThan(
        30_000,
      );
    }
  });

  it('never turn text into markup or code', () => {
    for (const { address, file } of STATIC_FILES.filter(({ mediaType }) =>
      mediaType.includes('javascript'),
    )) {
      expect(readFileSync(file, 'utf8'), address).not.toMatch(
        /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function/,
      );
    }
  });
});
