import type { FactorAnswer, SessionAnswer } from '@countersign/contract/api/people';
import type { Command } from 'commander';
import { findPerson } from './find-person.ts';
import { done, leaf } from './leaf.ts';
import type { Columns } from './output.ts';
import { gather, LIMIT, limitOf } from './pages.ts';

const FACTORS: Columns<FactorAnswer> = [
  ['METHOD', ({ method }) => method],
  ['NAME', ({ name }) => name],
  ['ADDED', ({ createdAt }) => createdAt],
  ['LAST USED', ({ lastUsedAt }) => lastUsedAt],
  ['BY', ({ boundBy }) => boundBy],
  ['ID', ({ id }) => id],
];

const SESSIONS: Columns<SessionAnswer> = [
  ['LOGIN', ({ login }) => login],
  ['STARTED', ({ startedAt }) => startedAt],
  ['LAST SEEN', ({ lastSeenAt }) => lastSeenAt],
  ['KIND', ({ kind }) => kind],
  ['FROM', ({ address }) => address],
  ['WITH', ({ agent }) => agent],
  ['ID', ({ id }) => id],
];

export function factorSessionCommands(program: Command): void {
  const factor = program.command('factor').description('ways to sign in');
  leaf(factor, {
    usage: 'list <person>',
    text: 'ways to sign in of a person',
    run: async ({ api, args, show }) => {
      const { items } = await api.get<{ readonly items: readonly FactorAnswer[] }>(
        `/people/${await findPerson(api, args[0] ?? '')}/factors`,
      );
      show(items, FACTORS, items);
    },
  });
  leaf(factor, {
    usage: 'remove <person> <factor-id>',
    text: 'remove a way to sign in; all sessions of the person end',
    writes: true,
    run: async ({ api, args, told }) => {
      const person = await findPerson(api, args[0] ?? '');
      told(await api.send('DELETE', `/people/${person}/factors/${encodeURIComponent(args[1] ?? '')}`), done);
    },
  });

  const session = program.command('session').description('who is signed in where');
  leaf(session, {
    usage: 'list',
    text: 'live sessions, newest first',
    options: [['--person <person>', 'of one person'], LIMIT],
    run: async ({ api, options, show }) => {
      const named = options.text('person');
      const items =
        named === undefined
          ? await gather<SessionAnswer>(api, '/sessions', {}, limitOf(options))
          : (
              await api.get<{ readonly items: readonly SessionAnswer[] }>(
                `/people/${await findPerson(api, named)}/sessions`,
              )
            ).items;
      show(items, SESSIONS, items);
    },
  });
  leaf(session, {
    usage: 'end <session-id>',
    text: 'end a session with what came from it',
    writes: true,
    run: async ({ api, args, told }) =>
      told(await api.send('POST', `/sessions/${encodeURIComponent(args[0] ?? '')}/end`), done),
  });
}
