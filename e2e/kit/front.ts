import { execFileSync } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request as passOn } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { OPENSSL } from './programs.ts';

export interface Front {
  readonly port: number;
  /** Of the certificate's key, for a browser that shall believe this one and no other. */
  readonly spki: string;
  readonly close: () => Promise<void>;
}

/** Where visitors seem to be, unless they say so themselves: an address that is kept for examples (RFC 5737). */
const ELSEWHERE = '203.0.113.24';
const NEW_KEY = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];

/** The reverse proxy in front of a node: ends TLS for one name, says how and from where the visitor came. */
export async function startFront(folder: string, host: string, target: number): Promise<Front> {
  const [key, cert] = [join(folder, 'front.key'), join(folder, 'front.crt')];
  const named = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  execFileSync(OPENSSL, ['req', ...NEW_KEY, '-keyout', key, '-out', cert, ...named], { stdio: 'ignore' });
  const publicKey = new X509Certificate(readFileSync(cert)).publicKey.export({ type: 'spki', format: 'der' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const from = request.headers['x-forwarded-for'] ?? ELSEWHERE;
    const headers = { ...request.headers, 'x-forwarded-proto': 'https', 'x-forwarded-for': from };
    const { method, url: path } = request;
    const onward = passOn({ host: '127.0.0.1', port: target, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    spki: createHash('sha256').update(publicKey).digest('base64'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
