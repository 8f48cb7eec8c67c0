import type { AppAnswer, CreatedAppAnswer, SecretAnswer } from '@countersign/contract/api/apps';
import type { Command } from 'commander';
import type { ApiClient } from './api-client.ts';
import { Ending, EXIT } from './ending.ts';
import { done, leaf, type Options } from './leaf.ts';
import type { Columns } from './output.ts';
import { gather, LIMIT, limitOf } from './pages.ts';
import { readInput } from './read-input.ts';

const COLUMNS: Columns<AppAnswer> = [
  ['NAME', ({ name }) => name],
  ['CLIENT ID', ({ clientId }) => clientId],
  ['STRENGTH', ({ strength }) => strength],
  ['CREATED', ({ createdAt }) => createdAt],
  ['ID', ({ id }) => id],
];

const EVERY = 1_000_000;

/** An app named by id, client id or, where only one has it, name. */
async function findApp(api: ApiClient, named: string): Promise<AppAnswer> {
  const apps = await gather<AppAnswer>(api, '/apps', {}, EVERY);
  const found = apps.filter(({ id, clientId, name }) => id === named || clientId === named || name === named);
  if (found.length > 1) throw new Ending(EXIT.usage, `Several apps are named ${named}: use the id.`);
  if (found[0] === undefined) throw new Ending(EXIT.finding, `There is no app ${named}. (app.unknown)`);
  return found[0];
}

const METADATA = [
  ['--metadata <file>', 'the client as RFC 7591 JSON; - reads stdin'],
  ['--auth <method>', 'client_secret_basic, client_secret_post, private_key_jwt or none'],
  ['--type <type>', 'web or native'],
  ['--strength <strength>', "least strength for this app; '' for none of its own"],
] as const;
const REDIRECT = [
  '--redirect-uri <uri>',
  'where the app is returned to; may be given several times',
] as const;

/** The file, and what single options say on top of it; undefined when nothing was said. */
async function metadataOf(options: Options, base: object | null): Promise<object | undefined> {
  const file = options.text('metadata');
  const whole = file === undefined ? base : jsonObject(await readInput(file), file);
  const redirects = options.list('redirectUri');
  const auth = options.text('auth');
  const type = options.text('type');
  const said = {
    ...(redirects === undefined ? {} : { redirect_uris: redirects }),
    ...(auth === undefined ? {} : { token_endpoint_auth_method: auth }),
    ...(type === undefined ? {} : { application_type: type }),
  };
  if (file === undefined && Object.keys(said).length === 0) return undefined;
  return { ...whole, ...said };
}

function jsonObject(text: string, file: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below, like anything else that is no object.
  }
  throw new Ending(EXIT.usage, `${file} holds no JSON object`);
}

const strengthOf = (options: Options): { readonly strength?: string | null } => {
  const text = options.text('strength');
  return text === undefined ? {} : { strength: text === '' ? null : text };
};

export function appCommands(program: Command): void {
  const app = program.command('app').description('applications that people sign in to');

  leaf(app, {
    usage: 'list',
    text: 'apps by name',
    options: [LIMIT],
    run: async ({ api, options, show }) => {
      const apps = await gather<AppAnswer>(api, '/apps', {}, limitOf(options));
      show(apps, COLUMNS, apps);
    },
  });

  leaf(app, {
    usage: 'show <app>',
    text: 'an app with its metadata',
    run: async ({ api, args, show }) => {
      const found = await findApp(api, args[0] ?? '');
      const facts = [
        ...COLUMNS.map(([title, cell]) => [title.toLowerCase(), String(cell(found) ?? '-')] as const),
        ...Object.entries(found.metadata).map(([key, value]) => [key, JSON.stringify(value)] as const),
      ];
      show(
        found,
        [
          ['WHAT', ([what]: readonly [string, string]) => what],
          ['VALUE', ([, value]) => value],
        ],
        facts,
      );
    },
  });

  leaf(app, {
    usage: 'add <name>',
    text: 'register an OpenID Connect client',
    writes: true,
    options: METADATA,
    lists: [REDIRECT],
    run: async ({ api, args, options, told }) => {
      const metadata = await metadataOf(options, null);
      if (metadata === undefined)
        throw new Ending(EXIT.usage, 'Say where the app is returned to: --redirect-uri, or --metadata.');
      told<CreatedAppAnswer>(
        await api.send('POST', '/apps', { name: args[0] ?? '', ...strengthOf(options), metadata }),
        ({ id, clientId, clientSecret }) => [
          `id             ${id}`,
          `client id      ${clientId}`,
          ...(clientSecret === null
            ? []
            : [`client secret  ${clientSecret}`, 'The secret is not shown again.']),
        ],
      );
    },
  });

  leaf(app, {
    usage: 'update <app>',
    text: 'change an app',
    writes: true,
    options: [['--name <name>', 'as people see it'], ...METADATA],
    lists: [REDIRECT],
    run: async ({ api, args, options, told }) => {
      const found = await findApp(api, args[0] ?? '');
      const metadata = await metadataOf(options, found.metadata);
      const name = options.text('name');
      const change = {
        ...(name === undefined ? {} : { name }),
        ...strengthOf(options),
        ...(metadata === undefined ? {} : { metadata }),
      };
      if (Object.keys(change).length === 0) throw new Ending(EXIT.usage, 'Name at least one change.');
      told(await api.send('PATCH', `/apps/${found.id}`, change), done);
    },
  });

  leaf(app, {
    usage: 'rotate-secret <app>',
    text: 'a new secret; the old one is void at once',
    writes: true,
    run: async ({ api, args, told }) => {
      const { id } = await findApp(api, args[0] ?? '');
      told<SecretAnswer>(await api.send('POST', `/apps/${id}/rotate-secret`), ({ clientSecret }) => [
        clientSecret,
        'The secret is not shown again.',
      ]);
    },
  });

  leaf(app, {
    usage: 'remove <app>',
    text: 'remove an app; its grants end',
    writes: true,
    run: async ({ api, args, told }) =>
      told(await api.send('DELETE', `/apps/${(await findApp(api, args[0] ?? '')).id}`), done),
  });
}
