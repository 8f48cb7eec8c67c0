// `npm install` leaves the packages of other platforms out of the lock file when the registry copy it talks to lacks
// them, and `npm ci` then refuses that lock file. This adds them (by version, without integrity: nothing here could
// have checked it) and drops addresses of registries. Run it after every `npm install`; `--check` only reports.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stampInstalled } from './bootstrap.mjs';

const OS = {
  aix: 'aix',
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  netbsd: 'netbsd',
  openbsd: 'openbsd',
  openharmony: 'openharmony',
  sunos: 'sunos',
  win: 'win32',
  win32: 'win32',
  windows: 'win32',
};
const CPU = new Set('arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64'.split(' '));
const LIBC = { glibc: 'glibc', gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

/** Reads `@oxc-parser/binding-linux-arm64-musl` as `{ os: ['linux'], cpu: ['arm64'], libc: ['musl'] }`. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.map((word) => OS[word]).find(Boolean);
  const cpu = words.find((word) => CPU.has(word));
  const libc = os === 'linux' ? words.map((word) => LIBC[word]).find(Boolean) : undefined;
  if (!os && !cpu)
    throw new Error(`The name of ${name} tells no platform: add it to package-lock.json by hand.`);
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc] }) };
}

/** Node's own rule: the nearest `node_modules` on the way up from `from`. */
function isLocked(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/'), 0))) {
    if (packages[`${folder && `${folder}/`}node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

/** What the lock file lacks or should not have, one sentence each; the lock is mended in place. */
function complete({ packages }) {
  const mended = [];
  for (const [from, entry] of Object.entries(packages)) {
    if (entry.resolved?.includes('://')) {
      delete entry.resolved;
      mended.push(`${from} named the registry it came from`);
    }
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(packages, from, name)) continue;
      packages[`node_modules/${name}`] = {
        version: range.replace(/^[~^]/, ''),
        ...platformOf(name),
        ...(entry.dev && { dev: true }),
        optional: true,
      };
      mended.push(`${name} was missing`);
    }
  }
  return mended;
}

const byName = (entries) => Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b, 'en')));

/** Whether npm's own record of what lies in `node_modules` agrees with the lock, so that no second install is needed. */
function isInstalled({ packages }) {
  const record = new URL('../node_modules/.package-lock.json', import.meta.url);
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(packages).every(([path, { version, optional, link }]) =>
    path.startsWith('node_modules/') && !link
      ? installed[path]?.version === version || (optional && !installed[path])
      : true,
  );
}

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
const lock = JSON.parse(readFileSync(file, 'utf8'));
const mended = complete(lock);
for (const line of mended) console.log(line);

if (process.argv.includes('--check')) {
  if (mended.length > 0) console.log('Run: npm run lock:complete');
  process.exitCode = mended.length > 0 ? 1 : 0;
} else {
  if (mended.length > 0) {
    lock.packages = byName(Object.entries(lock.packages));
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  }
  if (isInstalled(lock)) stampInstalled();
  console.log(`package-lock.json is complete (${mended.length} entries mended).`);
}
