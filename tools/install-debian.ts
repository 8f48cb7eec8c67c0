import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What the suites need from the system: the file that shows it is there, and the Debian package that brings it. */
const NEEDS = [
  { file: '/usr/bin/chromium', from: 'chromium', suite: 'browser' },
  { file: '/usr/share/fonts/truetype/liberation', from: 'fonts-liberation', suite: 'browser' },
  { file: '/usr/bin/zbarimg', from: 'zbar-tools', suite: 'browser' },
  { file: '/usr/sbin/apache2', from: 'apache2-bin', suite: 'real clients' },
  {
    file: '/usr/lib/apache2/modules/mod_auth_openidc.so',
    from: 'libapache2-mod-auth-openidc',
    suite: 'real clients',
  },
  { file: '/usr/bin/oathtool', from: 'oathtool', suite: 'real clients' },
  { file: '/usr/lib/postgresql', from: 'postgresql', suite: 'PostgreSQL server' },
];

const missing = () => NEEDS.filter(({ file }) => !existsSync(file));

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Debian's postgresql starts a server of its own on port 5432 unless told not to; ours are started by the tests. */
function keepPostgresqlQuiet(): void {
  const file = '/etc/postgresql-common/createcluster.conf';
  if (existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
}

function aptGet(...args: string[]): void {
  const { status, stdout, stderr } = spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

/**
 * Installs what the suites need where that can be done (Debian, as root), and returns what is then still missing,
 * one entry a suite, in words.
 */
export function installSuites(): Map<string, string> {
  if (missing().length > 0 && isDebian() && process.getuid?.() === 0) {
    const packages = missing().map(({ from }) => from);
    console.log(`Installing Debian packages: ${packages.join(' ')} …`);
    keepPostgresqlQuiet();
    aptGet('update');
    aptGet(
      'install',
      '--yes',
      '--no-install-recommends',
      '-o',
      'Dpkg::Options::=--force-confold',
      ...packages,
    );
  }
  const bySuite = Map.groupBy(missing(), ({ suite }) => suite);
  return new Map([...bySuite].map(([suite, needs]) => [suite, needs.map(({ file }) => file).join(', ')]));
}
