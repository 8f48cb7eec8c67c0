import { readFileSync } from 'node:fs';
import { fromEnvironment, settingsSchema } from '@countersign/server/config/settings';
import { code, page, table } from './markdown.ts';

const SOURCE = new URL('../../packages/server/src/config/settings.ts', import.meta.url);

/** What the key does beyond its comment in the schema. */
const NOTES: Readonly<Record<string, string>> = {
  url: 'Default: `http://localhost:8080`. The set-up page fixes it; afterwards another value stops the start.',
  organisation:
    'The name that the set-up page proposes. Only the very first start of a store reads it; the set-up page decides.',
  contact: 'Whom people are told to turn to, on pages and in mails, as in `the helpdesk, +44 20 7946 0123`.',
  tlsKeyFile: 'The key to the certificate.',
  log: 'Without it: `pretty` on a terminal and `json` elsewhere, level `info`.',
  'webauthn.attestation':
    '`direct` asks keys for a statement of their maker. With `none` nothing is asked for and nothing is claimed.',
  'webauthn.syncedKeys': '`refused` keeps out passkeys that may be copied to other devices.',
  'webauthn.allowedModels': 'Only these models of key (AAGUID). Without it: every model.',
  'webauthn.blockedModels': 'Never these models of key (AAGUID).',
};

export interface Setting {
  /** Dotted, as in `mail.smtpUrl`. */
  readonly key: string;
  readonly comment: string;
}

/** The keys of the schema with their comments, in the order in which the source has them. */
export function readSettings(): readonly Setting[] {
  const lines = readFileSync(SOURCE, 'utf8').split('\n');
  const from = lines.findIndex((line) => line.startsWith('export const settingsSchema'));
  const settings: Setting[] = [];
  const above: { readonly indent: number; readonly name: string }[] = [];
  let comment = '';
  for (const line of lines.slice(from, lines.indexOf('});', from))) {
    const said = /^\s*\/\*\* (.+) \*\/$/.exec(line);
    const named = /^(\s+)([a-zA-Z]+): /.exec(line.replace(/: z$/, ': '));
    if (said !== null) comment = said[1] ?? '';
    if (named === null) continue;
    const [, blank = '', name = ''] = named;
    while ((above.at(-1)?.indent ?? -1) >= blank.length) above.pop();
    above.push({ indent: blank.length, name });
    settings.push({ key: above.map((part) => part.name).join('.'), comment });
    comment = '';
  }
  return settings.filter(({ key }) => !settings.some((other) => other.key.startsWith(`${key}.`)));
}

/** Every variable that the source names, and the key that it sets. */
export function environmentNames(): ReadonlyMap<string, string> {
  const names = readFileSync(SOURCE, 'utf8').matchAll(/^\s+(COUNTERSIGN_[A-Z_]+): /gm);
  return new Map([...names].map(([, name = '']) => [name, pathIn(fromEnvironment({ [name]: 'x' }))]));
}

function pathIn(value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  const [[key, inner] = ['', null]] = Object.entries(value) as [string, unknown][];
  const rest = pathIn(inner);
  return rest === '' ? key : `${key}.${rest}`;
}

const nest = (key: string, value: unknown): Record<string, unknown> => {
  const [first = '', ...rest] = key.split('.');
  return { [first]: rest.length === 0 ? value : nest(rest.join('.'), value) };
};

function valueAt(value: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (inner, part) =>
        typeof inner === 'object' && inner !== null
          ? Object.entries(inner).find(([name]) => name === part)?.[1]
          : undefined,
      value,
    );
}

/** What the schema says when it is given something impossible. */
function expected(key: string): string {
  const result = settingsSchema.safeParse(nest(key, ' '));
  const issue = result.success ? undefined : result.error.issues.find(({ path }) => path.join('.') === key);
  return (issue?.message ?? 'a text')
    .replace(/^Invalid input: expected (array).*/, 'a list')
    .replace(/^Invalid input: expected (number).*/, 'a whole number')
    .replace(/^Too small: .*/, 'a text')
    .replace(/^Invalid option: expected one of /, '')
    .replaceAll('"|"', '" or "');
}

function defaultOf(key: string): string {
  const [first = ''] = key.split('.');
  const filled = settingsSchema.safeParse(key.includes('.') ? { [first]: {} } : {});
  const value = filled.success ? valueAt(filled.data, key) : undefined;
  return value === undefined ? '–' : code(JSON.stringify(value));
}

/** The comment without its variable, which has a column of its own, and with what a line of tests knows besides. */
function about({ key, comment }: Setting): string {
  const plain = comment
    .replace(/, reloaded when they change/, '')
    .replace(/ ?\[COUNTERSIGN_[^\]]*\]/, '')
    .replace(/\.$/, '');
  return [plain === '' ? '' : `${plain}.`, NOTES[key] ?? ''].filter(Boolean).join(' ');
}

export function settingsPage(): string {
  const variables = environmentNames();
  const variableOf = (key: string): string => [...variables].find(([, path]) => path === key)?.[0] ?? '';
  const rows = readSettings().map((setting) => {
    const variable = variableOf(setting.key);
    return [
      code(setting.key),
      variable === '' ? 'file only' : code(variable),
      expected(setting.key),
      defaultOf(setting.key),
      about(setting),
    ];
  });
  return page('Settings', [
    'Settings come from `countersign.yaml` in the working folder, or from the file that `--config` names. A variable of the environment beats the file. All settings are checked together before anything starts: an unknown key, an unknown variable whose name begins with `COUNTERSIGN_`, a wrong value or a combination that cannot be stops the start, with one line for each fault. `npx countersign config validate` runs the same check.',
    table(['key', 'variable', 'takes', 'default', 'meaning'], rows),
    'A dot in a key means that the second name stands below the first one in the file:',
    '```yaml\nurl: https://sso.example.org\ntrustedProxies: [127.0.0.1]\nmail:\n  smtpUrl: smtp://mail.example.org:587\n  from: sign-in@example.org\n```',
    '## Combinations that stop the start',
    [
      '- `tlsCertFile` without `tlsKeyFile`, or the other way round',
      '- `url` with plain http for any host but `localhost`, a name below `.localhost`, `127.0.0.1` or `[::1]`',
      '- `url` with https, and neither TLS files nor a trusted proxy: something must end TLS',
      '- `listen` on an address that is not loopback, and neither TLS files nor a trusted proxy',
      '- `databaseUrl` together with `postgresBin`',
    ].join('\n'),
  ]);
}
