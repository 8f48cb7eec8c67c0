import { watchFile, unwatchFile } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Server as SecureServer } from 'node:tls';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

export const readTls = async ({ cert, key }: TlsFiles): Promise<TlsFiles> => ({
  cert: await readFile(cert, 'utf8'),
  key: await readFile(key, 'utf8'),
});

const LOOK_EVERY_MS = 5_000;

/**
 * Takes a renewed certificate into use without a restart: connections made from then on get it. A pair that does not
 * fit, as while one of two files is still the old one, is told and the old one goes on.
 */
export function reloadTls(
  server: SecureServer,
  files: TlsFiles,
  onFault: (error: unknown) => void,
): { readonly stop: () => void } {
  const reload = (): void => {
    readTls(files)
      .then((pair) => server.setSecureContext(pair))
      .catch(onFault);
  };
  for (const file of [files.cert, files.key])
    watchFile(file, { interval: LOOK_EVERY_MS, persistent: false }, reload);
  return {
    stop: () => {
      for (const file of [files.cert, files.key]) unwatchFile(file, reload);
    },
  };
}
