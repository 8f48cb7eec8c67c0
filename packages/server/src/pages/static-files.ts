/** The modules that pages may start; what they import in turn is in `STATIC_FILES` too. */
export type BrowserScript = 'ceremony' | 'password' | 'copy' | 'saved-codes' | 'times';

export interface StaticFile {
  readonly address: string;
  readonly file: URL;
  readonly mediaType: string;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';

const served = (name: string, folder: 'static' | 'browser', mediaType: string): StaticFile => ({
  address: `/static/${name}`,
  file: new URL(`./${folder}/${name}`, import.meta.url),
  mediaType,
});

/** All that the pages ask for beside themselves. Nothing else of these folders is to be served. */
export const STATIC_FILES: readonly StaticFile[] = [
  served('pages.css', 'static', 'text/css; charset=utf-8'),
  served('favicon.svg', 'static', 'image/svg+xml'),
  served('favicon.png', 'static', 'image/png'),
  served('guilloche.svg', 'static', 'image/svg+xml'),
  served('ceremony.js', 'browser', JAVASCRIPT),
  served('webauthn-json.js', 'browser', JAVASCRIPT),
  served('password.js', 'browser', JAVASCRIPT),
  served('copy.js', 'browser', JAVASCRIPT),
  served('saved-codes.js', 'browser', JAVASCRIPT),
  served('times.js', 'browser', JAVASCRIPT),
];
