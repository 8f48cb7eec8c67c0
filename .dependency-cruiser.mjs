// Who may import whom. The rooms are described in ARCHITECTURE.md; a comment here says what to do instead.
const core = '^packages/core/src/';
const kernel = '^packages/core/src/kernel/';
const contract = '^packages/contract/src/';
const server = '^packages/server/src/';
const room = (...names) => `^packages/server/src/(?:${names.join('|')})/`;
const packages = '^node_modules/';
const test = '[.]test[.]ts$';
const valuesOnly = { dependencyTypesNot: ['type-only'] };

/** Rooms of the server outside which code of `name` may not reach; npm and other packages are other rules' matter. */
const reaches = (name, ...allowed) => ({
  from: { path: room(name), pathNot: test },
  to: { path: server, pathNot: room(name, ...allowed) },
});

const weightCarrying = [
  {
    name: 'core-is-pure',
    comment:
      'core imports itself and @noble/hashes. Take what you need as an argument, or do it in an adapter and hand core the facts.',
    from: { path: core, pathNot: test },
    to: { pathNot: [core, `${packages}@noble/hashes/`] },
  },
  {
    name: 'only-desk-decides',
    comment:
      'Only desk/decide.ts asks the policy. Call the desk; for the shape of an answer use `import type`.',
    from: { pathNot: ['^packages/server/src/desk/decide[.]ts$', core, '^bench/'] },
    to: { path: '^packages/core/src/policy/decide[.]ts$', ...valuesOnly },
  },
  {
    name: 'only-desk-issues',
    comment: 'Only desk/issue-grant.ts makes a Grant. Call desk.issueGrant; for its type use `import type`.',
    from: { pathNot: ['^packages/server/src/desk/issue-grant[.]ts$', '^packages/core/src/.*[.]test[.]ts$'] },
    to: { path: '^packages/core/src/grant/issue[.]ts$', ...valuesOnly },
  },
];

const rooms = [
  {
    name: 'contract-imports',
    comment: 'contract is schemas: zod, and from core types and lists of constants. Logic belongs in core.',
    from: { path: contract, pathNot: test },
    to: { pathNot: [contract, core, `${packages}zod/`] },
  },
  {
    name: 'ports-are-types',
    comment:
      'A port is an interface over types of core and contract, with `import type`. Behaviour belongs in an adapter.',
    from: { path: room('ports') },
    to: { pathNot: [room('ports'), core, contract] },
  },
  {
    name: 'ports-import-types-only',
    comment: 'Write `import type`: a port must not exist at run time.',
    from: { path: room('ports') },
    to: valuesOnly,
  },
  {
    name: 'desk-no-adapters',
    comment: 'The desk knows core and ports. Ask for what you need through a port; config comes as a type.',
    ...reaches('desk', 'ports', 'config'),
  },
  {
    name: 'desk-no-outside',
    comment:
      'The desk uses neither node: nor npm: it takes time, randomness and protocols through ports. Its one door to them is desk/internals.ts.',
    from: { path: room('desk'), pathNot: [test, '^packages/server/src/desk/internals[.]ts$'] },
    to: { pathNot: '^packages/' },
  },
  {
    name: 'doors-no-adapters',
    comment:
      'A door translates. It asks the desk, and what it must keep goes through a port that an adapter implements.',
    ...reaches('doors', 'ports', 'desk', 'config', 'pages', 'http'),
  },
  {
    name: 'no-door-to-door',
    comment: 'Doors never know each other. What two doors share is the desk, the core or http.',
    from: { path: '^packages/server/src/doors/([^/]+)/' },
    to: { path: room('doors'), pathNot: '^packages/server/src/doors/$1/' },
  },
  {
    name: 'doors-judge-nothing',
    comment:
      'A door takes types from core, and values from core/kernel only. A judgement belongs to the desk.',
    from: { path: room('doors'), pathNot: test },
    to: { path: core, pathNot: kernel, ...valuesOnly },
  },
  {
    name: 'surfaces-no-adapters',
    comment: 'A surface serves what the desk gives it. What it must keep goes through a port.',
    ...reaches('surfaces', 'ports', 'desk', 'config', 'pages', 'http'),
  },
  {
    name: 'adapters-no-desk',
    comment:
      'An adapter does one thing for its port and calls nobody back. Return facts; the desk decides what follows.',
    ...reaches('adapters', 'ports', 'config'),
  },
  {
    name: 'adapters-judge-nothing',
    comment:
      'An adapter takes types from core, and values only from core/kernel and the formats of core/audit. Return verified facts; core judges them.',
    from: { path: room('adapters'), pathNot: test },
    to: { path: core, pathNot: [kernel, '^packages/core/src/audit/'], ...valuesOnly },
  },
  {
    name: 'pages-render-only',
    comment: 'A page turns values of core and contract into HTML. Its caller gets the data.',
    ...reaches('pages'),
  },
  {
    name: 'pages-no-outside',
    comment: 'A page does no input or output: pass in what it shows.',
    from: { path: room('pages'), pathNot: test },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'http-knows-no-protocol',
    comment:
      'http is listener, headers, limits and error answers. A protocol belongs in a door, a use case in the desk.',
    ...reaches('http', 'ports', 'config', 'pages'),
  },
  {
    name: 'jobs-call-the-desk',
    comment: 'A job calls a desk function on a timer. What it needs beyond that comes through a port.',
    ...reaches('jobs', 'ports', 'desk', 'config'),
  },
  {
    name: 'cli-calls-the-desk',
    comment: 'A command calls the API, the desk or core. It opens no door and no adapter of its own.',
    ...reaches('cli', 'ports', 'desk', 'config'),
  },
  {
    name: 'config-knows-no-room',
    comment: 'config is read first and knows nobody.',
    ...reaches('config'),
  },
  {
    name: 'config-as-type',
    comment:
      'Only main reads the configuration; everybody else gets a section as an argument: `import type`.',
    from: {
      path: server,
      pathNot: [room('config', 'cli'), '^packages/server/src/(?:main[.]ts|main-test[.]ts|compose/)', test],
    },
    to: { path: room('config'), ...valuesOnly },
  },
];

const libraries = [
  {
    name: 'hono-is-for-html',
    comment: 'Of hono only `hono/html` is used, and only by pages.',
    from: { path: server },
    to: { path: `${packages}hono/`, pathNot: '/hono/dist/(?:types/)?(?:helper|utils)/html' },
  },
  {
    name: 'library-behind-one-file',
    comment:
      'A library that owns a protocol stays behind one file of its door or adapter. Import that file instead.',
    from: { path: server, pathNot: test },
    module: {
      path: `${packages}(?:oidc-provider|@simplewebauthn/server|nodemailer)/`,
      numberOfDependentsMoreThan: 1,
    },
  },
];

const whole = [
  {
    name: 'nothing-imports-main',
    comment:
      'main.ts and main-test.ts are where everything is put together: they are started, never imported.',
    from: {},
    to: { path: '^packages/server/src/(?:main|main-test)[.]ts$' },
  },
  {
    name: 'only-main-composes',
    comment: 'compose/ knows every room so that no room has to: only main.ts and main-test.ts start it.',
    from: { pathNot: [test, '^packages/server/src/(?:main[.]ts|main-test[.]ts|compose/)'] },
    to: { path: '^packages/server/src/compose/' },
  },
  {
    name: 'black-box-no-server',
    comment:
      'The testkit and the end-to-end tests know the public surface only: HTTP, UDP and the command line.',
    from: { path: '^(?:packages/testkit|e2e|conformance)/' },
    to: { path: '^packages/server/' },
  },
  {
    name: 'testkit-is-for-tests',
    comment: 'What ships never needs the testkit or the tools.',
    from: { path: '^packages/(?!testkit/)', pathNot: test },
    to: { path: '^(?:packages/testkit|tools|e2e|bench)/' },
  },
  {
    name: 'no-circular',
    comment: 'Two files that need each other are one file, or three: move what both need to the third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'Nothing imports this file and it imports nothing: delete it, or wire it in.',
    from: {
      orphan: true,
      pathNot: [
        test,
        '[.]d[.]ts$',
        '^packages/server/src/(?:main|main-test|cli/main)[.]ts$',
        '^packages/server/src/pages/browser/',
        '^packages/testkit/src/cases/run[.]ts$',
        '^(?:tools|bench|e2e)/',
      ],
    },
    to: {},
  },
  {
    name: 'no-unresolvable',
    comment:
      'This import leads nowhere. Inside a package write `./file.ts`, across packages `@countersign/core/room/file`.',
    from: {},
    to: { couldNotResolve: true },
  },
];

export default {
  forbidden: [...weightCarrying, ...rooms, ...libraries, ...whole].map((rule) => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
