import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { makeCertificate } from '@countersign/testkit/authenticators/webauthn-certificate';
import { expect, test } from 'vitest';
import { readTls, reloadTls } from './reload-tls.ts';

const makePair = (folder: string, name: string): void => {
  const { der, key } = makeCertificate({ subject: name, ca: false });
  const pem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE-----\n`;
  writeFileSync(join(folder, `${name}.crt`), pem);
  writeFileSync(join(folder, `${name}.key`), key.export({ type: 'pkcs8', format: 'pem' }));
};

const nameServed = (port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.end();
    });
    socket.once('error', reject);
  });

test('a renewed certificate is served without a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cs-tls-'));
  makePair(folder, 'old');
  makePair(folder, 'new');
  const files = { cert: join(folder, 'live.crt'), key: join(folder, 'live.key') };
  copyFileSync(join(folder, 'old.crt'), files.cert);
  copyFileSync(join(folder, 'old.key'), files.key);
  const server = createServer({ ...(await readTls(files)) }).listen(0, '127.0.0.1');
  const watching = reloadTls(server, files, () => undefined);
  try {
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await nameServed(port)).toBe('old');
    copyFileSync(join(folder, 'new.key'), files.key);
    copyFileSync(join(folder, 'new.crt'), files.cert);
    await expect.poll(() => nameServed(port), { timeout: 30_000, interval: 500 }).toBe('new');
  } finally {
    watching.stop();
    server.close();
    rmSync(folder, { recursive: true });
  }
});
