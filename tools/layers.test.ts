import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A small house in which every import is allowed. */
const HOUSE = {
  'node_modules/@noble/hashes/package.json': '{ "name": "@noble/hashes", "exports": { "./*": "./*" } }',
  'node_modules/@noble/hashes/hmac.js': 'export {};',
  'node_modules/oidc-provider/package.json': '{ "name": "oidc-provider", "main": "./index.js" }',
  'node_modules/oidc-provider/index.js': 'export {};',
  'node_modules/hono/package.json': '{ "name": "hono", "exports": { ".": "./dist/index.js" } }',
  'node_modules/hono/dist/index.js': 'export {};',
  'packages/core/src/kernel/time.ts': `import '@noble/hashes/hmac.js';`,
  'packages/core/src/policy/decide.ts': `import '../kernel/time.ts';`,
  'packages/core/src/grant/issue.ts': `import '../kernel/time.ts';`,
  'packages/core/src/grant/issue.test.ts': `import './issue.ts'; import 'node:fs';`,
  'packages/contract/src/api.ts': `import type { A } from '@countersign/core/kernel/time';`,
  'packages/testkit/src/login.ts': `import '@countersign/contract/api';`,
  'packages/server/src/config/tls.ts': `import 'node:fs';`,
  'packages/server/src/ports/clock.ts': `import type { A } from '@countersign/core/kernel/time';`,
  'packages/server/src/desk/decide.ts': `import '@countersign/core/policy/decide';`,
  'packages/server/src/desk/issue-grant.ts': `import '@countersign/core/grant/issue';`,
  'packages/server/src/doors/oidc/internals.ts': `import 'oidc-provider';`,
  'packages/server/src/doors/oidc/door.ts': `import './internals.ts'; import '../../desk/decide.ts';
    import type { Decision } from '@countersign/core/policy/decide';`,
  'packages/server/src/doors/saml/door.ts': `import type { Tls } from '../../config/tls.ts'; import '../../pages/sign-in.ts';`,
  'packages/server/src/surfaces/api/routes.ts': `import '@countersign/contract/api';`,
  'packages/server/src/adapters/store/store.ts': `import type { Clock } from '../../ports/clock.ts'; import 'node:net';`,
  'packages/server/src/pages/sign-in.ts': `import '@countersign/contract/api';`,
  'packages/server/src/jobs/expire.ts': `import '../desk/decide.ts';`,
  'packages/server/src/main.ts': `import './compose/start-node.ts'; import './adapters/store/store.ts';`,
  'packages/server/src/compose/start-node.ts': `import '../doors/oidc/door.ts';`,
};

/** One trespass a rule at the least: the file that commits it, the import, and what is blamed if it is not that file. */
const TRESPASSES: [rule: string, file: string, source: string, blamed?: string][] = [
  ['core-is-pure', 'packages/core/src/policy/peek.ts', `import 'node:fs';`],
  ['core-is-pure', 'packages/core/src/policy/ask.ts', `import type { A } from '@countersign/contract/api';`],
  [
    'only-desk-decides',
    'packages/server/src/jobs/decide-too.ts',
    `import '@countersign/core/policy/decide';`,
  ],
  ['only-desk-decides', 'packages/server/src/desk/other.ts', `import '@countersign/core/policy/decide';`],
  ['only-desk-issues', 'packages/server/src/desk/mint.ts', `import '@countersign/core/grant/issue';`],
  ['only-desk-issues', 'packages/core/src/policy/mint.ts', `import '../grant/issue.ts';`],
  ['contract-imports', 'packages/contract/src/disk.ts', `import 'node:fs';`],
  [
    'ports-are-types',
    'packages/server/src/ports/store.ts',
    `import type { Pool } from '../adapters/store/store.ts';`,
  ],
  ['ports-import-types-only', 'packages/server/src/ports/now.ts', `import '@countersign/core/kernel/time';`],
  ['desk-no-adapters', 'packages/server/src/desk/save.ts', `import '../adapters/store/store.ts';`],
  ['desk-no-outside', 'packages/server/src/desk/roll.ts', `import 'node:crypto';`],
  ['doors-no-adapters', 'packages/server/src/doors/saml/save.ts', `import '../../adapters/store/store.ts';`],
  ['no-door-to-door', 'packages/server/src/doors/saml/borrow.ts', `import '../oidc/door.ts';`],
  [
    'doors-judge-nothing',
    'packages/server/src/doors/saml/judge.ts',
    `import '@countersign/core/grant/issue';`,
  ],
  [
    'surfaces-no-adapters',
    'packages/server/src/surfaces/api/save.ts',
    `import '../../adapters/store/store.ts';`,
  ],
  ['adapters-no-desk', 'packages/server/src/adapters/store/ask.ts', `import '../../desk/decide.ts';`],
  [
    'adapters-judge-nothing',
    'packages/server/src/adapters/store/judge.ts',
    `import '@countersign/core/policy/decide';`,
  ],
  ['pages-render-only', 'packages/server/src/pages/ask.ts', `import '../desk/decide.ts';`],
  ['pages-no-outside', 'packages/server/src/pages/read.ts', `import 'node:fs';`],
  ['http-knows-no-protocol', 'packages/server/src/http/route.ts', `import '../doors/saml/door.ts';`],
  ['jobs-call-the-desk', 'packages/server/src/jobs/save.ts', `import '../adapters/store/store.ts';`],
  ['cli-calls-the-desk', 'packages/server/src/cli/save.ts', `import '../adapters/store/store.ts';`],
  ['config-knows-no-room', 'packages/server/src/config/clock.ts', `import '../ports/clock.ts';`],
  ['config-as-type', 'packages/server/src/http/tls.ts', `import '../config/tls.ts';`],
  ['hono-is-for-html', 'packages/server/src/pages/app.ts', `import 'hono';`],
  [
    'library-behind-one-file',
    'packages/server/src/doors/oidc/second.ts',
    `import 'oidc-provider';`,
    'node_modules/oidc-provider/index.js',
  ],
  ['nothing-imports-main', 'packages/server/src/jobs/restart.ts', `import '../main.ts';`],
  ['only-main-composes', 'packages/server/src/http/compose.ts', `import '../compose/start-node.ts';`],
  ['black-box-no-server', 'packages/testkit/src/cheat.ts', `import '@countersign/server/main';`],
  ['testkit-is-for-tests', 'packages/server/src/desk/fake.ts', `import '@countersign/testkit/login';`],
  ['no-circular', 'packages/core/src/kernel/egg.ts', `import './hen.ts';`],
  ['no-orphans', 'packages/core/src/kernel/lonely.ts', `export {};`],
  ['no-unresolvable', 'packages/core/src/kernel/lost.ts', `import './nowhere.ts';`],
];

function build(files: Iterable<[string, string]>): string {
  const house = mkdtempSync(join(tmpdir(), 'countersign-layers-'));
  for (const [path, source] of files) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), source);
  }
  mkdirSync(join(house, 'node_modules/@countersign'));
  for (const name of ['core', 'contract', 'server', 'testkit']) {
    writeFileSync(
      join(house, `packages/${name}/package.json`),
      readFileSync(join(ROOT, `packages/${name}/package.json`)),
    );
    symlinkSync(join(house, 'packages', name), join(house, 'node_modules/@countersign', name));
  }
  return house;
}

function cruise(house: string) {
  const cli = join(ROOT, 'node_modules/.bin/depcruise');
  const config = join(ROOT, '.dependency-cruiser.mjs');
  const run = spawnSync(cli, ['packages', '--config', config, '--output-type', 'err'], {
    cwd: house,
    encoding: 'utf8',
  });
  rmSync(house, { recursive: true });
  // A line of the report: `  error no-orphans: packages/core/src/kernel/lonely.ts → …`
  const violations = [...run.stdout.matchAll(/error ([a-z-]+: \S+)/g)].map(([, violation]) => violation);
  return { status: run.status, violations };
}

test('a house that keeps the rules passes', () => {
  expect(cruise(build(Object.entries(HOUSE)))).toEqual({ status: 0, violations: [] });
});

for (const rule of ['core-is-pure', 'only-desk-decides', 'only-desk-issues']) {
  test(`one trespass against ${rule} alone fails the run`, () => {
    const trespasses = TRESPASSES.filter(([name]) => name === rule).slice(0, 1);
    const files = [
      ...Object.entries(HOUSE),
      ...trespasses.map(([, file, source]) => [file, source] as [string, string]),
    ];
    const { status, violations } = cruise(build(files));
    expect(status).not.toBe(0);
    expect(violations).toContain(`${rule}: ${trespasses[0]?.[1]}`);
  });
}

describe('every rule sees its trespass', () => {
  let violations: (string | undefined)[] = [];
  beforeAll(() => {
    const trespasses = TRESPASSES.map(([, file, source]) => [file, source] as [string, string]);
    const hen: [string, string] = ['packages/core/src/kernel/hen.ts', `import './egg.ts';`];
    ({ violations } = cruise(build([...Object.entries(HOUSE), ...trespasses, hen])));
  });

  for (const [rule, file, , blamed = file] of TRESPASSES) {
    test(`${rule}: ${file}`, () => expect(violations).toContain(`${rule}: ${blamed}`));
  }

  test('no rule is without one', async () => {
    const { default: config } = await import('../.dependency-cruiser.mjs');
    expect(new Set(TRESPASSES.map(([rule]) => rule))).toEqual(
      new Set(config.forbidden.map(({ name }) => name)),
    );
  });
});
