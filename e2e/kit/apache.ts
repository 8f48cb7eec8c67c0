import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APACHE } from './programs.ts';

export interface ApacheClient {
  readonly origin: string;
  readonly protectedUrl: string;
  readonly redirectUri: string;
  /** mod_auth_openidc's own way out: ends its session and asks the provider to end the other (RP-initiated logout). */
  readonly signOutUrl: string;
  readonly signedOutUrl: string;
  readonly stop: () => Promise<void>;
}

const MODULES = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'auth_openidc',
  'env',
  'headers',
  'dir',
  'mime',
  'alias',
] as const;

/** A real relying party: Apache with mod_auth_openidc in front of one page that shows who came in and how. */
export async function startApache(options: {
  readonly port: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}): Promise<ApacheClient> {
  const folder = await mkdtemp(join(tmpdir(), 'cs-apache-'));
  await chmod(folder, 0o755);
  // Another host than the provider's localhost, so that every step between the two is one between sites.
  const origin = `http://127.0.0.1:${options.port}`;
  const redirectUri = `${origin}/protected/callback`;
  await mkdir(join(folder, 'www/protected'), { recursive: true });
  await mkdir(join(folder, 'cache'), { mode: 0o777 });
  await writeFile(
    join(folder, 'www/protected/index.html'),
    '<!doctype html><title>The app</title><h1>You are in</h1>',
  );
  await writeFile(join(folder, 'www/bye.html'), '<!doctype html><title>Signed out</title><h1>Goodbye</h1>');
  const signedOutUrl = `${origin}/bye.html`;
  const file = join(folder, 'apache.conf');
  await writeFile(file, configuration(folder, origin, redirectUri, options));
  const child = spawn(APACHE, ['-f', file, '-DFOREGROUND'], { stdio: 'ignore' });
  await untilAnswering(origin, child, join(folder, 'error.log'));
  return {
    origin,
    protectedUrl: `${origin}/protected/`,
    redirectUri,
    signOutUrl: `${redirectUri}?logout=${encodeURIComponent(signedOutUrl)}`,
    signedOutUrl,
    stop: async () => {
      if (child.exitCode === null) {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGTERM');
        await ended;
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const configuration = (
  folder: string,
  origin: string,
  redirectUri: string,
  { port, issuer, clientId, clientSecret }: Parameters<typeof startApache>[0],
): string => `
ServerName ${origin}
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
ErrorLog ${folder}/error.log
User www-data
Group www-data
${MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
TypesConfig /etc/mime.types
DocumentRoot ${folder}/www
DirectoryIndex index.html
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${clientId}
OIDCClientSecret ${clientSecret}
OIDCRedirectURI ${redirectUri}
OIDCCryptoPassphrase ${'x'.repeat(32)}
OIDCPKCEMethod S256
OIDCScope "openid profile email"
OIDCCookieSameSite On
OIDCPassClaimsAs environment
<Directory ${folder}/www>
  Require all granted
</Directory>
<Location /protected>
  AuthType openid-connect
  Require valid-user
  Header always set X-Seen-Subject "expr=%{reqenv:OIDC_CLAIM_sub}"
  Header always set X-Seen-Acr "expr=%{reqenv:OIDC_CLAIM_acr}"
  Header always set X-Seen-Name "expr=%{reqenv:OIDC_CLAIM_name}"
</Location>
`;

async function untilAnswering(origin: string, child: ChildProcess, log: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) break;
    const answers = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Apache did not start: ${await readFile(log, 'utf8').catch(() => 'no log')}`);
}
