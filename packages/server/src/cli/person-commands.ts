import type {
  InvitedAnswer,
  LinkAnswer,
  PersonAnswer,
  PersonSummary,
  TemporaryPassAnswer,
} from '@countersign/contract/api/people';
import type { Command } from 'commander';
import { Ending, EXIT } from './ending.ts';
import { findPerson } from './find-person.ts';
import { done, leaf, type Call, type Options } from './leaf.ts';
import type { Columns } from './output.ts';
import { gather, LIMIT, limitOf } from './pages.ts';

const COLUMNS: Columns<PersonSummary> = [
  ['LOGIN', ({ login }) => login],
  ['NAME', ({ displayName }) => displayName],
  ['E-MAIL', ({ email }) => email],
  ['STATE', ({ state }) => state],
  ['ROLES', ({ roles }) => roles],
  ['FACTORS', ({ methods }) => methods],
  ['LAST SIGN-IN', ({ lastSignInAt }) => lastSignInAt],
  ['ID', ({ id }) => id],
];

const personOf = ({ api, args }: Call): Promise<string> => findPerson(api, args[0] ?? '');

const linkLines = ({ url, expiresAt }: LinkAnswer): readonly string[] => [
  url,
  `Works once, until ${expiresAt}. It is not shown again.`,
];

/** `--roles a,b`, and `--roles ''` for none. */
const rolesOf = (options: Options): readonly string[] | undefined =>
  options
    .text('roles')
    ?.split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');

export function personCommands(program: Command): void {
  const person = program.command('person').description('people: who they are and how they stand');

  leaf(person, {
    usage: 'list',
    text: 'people by sign-in name',
    options: [
      ['--search <text>', 'part of name, login or address'],
      ['--state <state>', 'invited, active or disabled'],
      LIMIT,
    ],
    run: async ({ api, options, show }) => {
      const people = await gather<PersonSummary>(
        api,
        '/people',
        { q: options.text('search'), state: options.text('state') },
        limitOf(options),
      );
      show(people, COLUMNS, people);
    },
  });

  leaf(person, {
    usage: 'show <person>',
    text: 'a person with factors, sessions and what wrong guesses used up',
    run: async (call) => {
      const found = await call.api.get<PersonAnswer>(`/people/${await personOf(call)}`);
      call.show(
        found,
        [
          ['WHAT', ([what]: readonly [string, string]) => what],
          ['VALUE', ([, value]) => value],
        ],
        factsOf(found),
      );
    },
  });

  leaf(person, {
    usage: 'invite <login>',
    text: 'make an account that can set up ways to sign in, and the link for it',
    writes: true,
    options: [
      ['--name <name>', 'as others see it (default: the login)'],
      ['--email <address>', 'where mails go'],
      ['--locale <locale>', 'en or de'],
      ['--roles <roles>', 'separated by commas'],
    ],
    run: async ({ api, args, options, told }) => {
      const login = args[0] ?? '';
      const email = options.text('email');
      const locale = options.text('locale');
      const roles = rolesOf(options);
      const body = {
        login,
        displayName: options.text('name') ?? login,
        ...(email === undefined ? {} : { email }),
        ...(locale === undefined ? {} : { locale }),
        ...(roles === undefined ? {} : { roles }),
      };
      told<InvitedAnswer>(await api.send('POST', '/people', body), ({ invitation }) => linkLines(invitation));
    },
  });

  leaf(person, {
    usage: 'update <person>',
    text: 'change name, address, language or roles',
    writes: true,
    options: [
      ['--name <name>', 'as others see it'],
      ['--email <address>', 'where mails go'],
      ['--no-email', 'no address'],
      ['--locale <locale>', 'en or de'],
      ['--roles <roles>', "all of them, separated by commas; '' for none"],
    ],
    run: async (call) => {
      const { options } = call;
      const displayName = options.text('name');
      const email = options.text('email') ?? (options.isOff('email') ? null : undefined);
      const locale = options.text('locale');
      const roles = rolesOf(options);
      const change = {
        ...(displayName === undefined ? {} : { displayName }),
        ...(email === undefined ? {} : { email }),
        ...(locale === undefined ? {} : { locale }),
        ...(roles === undefined ? {} : { roles }),
      };
      if (Object.keys(change).length === 0)
        throw new Ending(
          EXIT.usage,
          'Name at least one change: --name, --email, --no-email, --locale or --roles.',
        );
      call.told(await call.api.send('PATCH', `/people/${await personOf(call)}`, change), done);
    },
  });

  const acts = [
    ['disable', 'switch the account off, everywhere and at once'],
    ['enable', 'switch the account on again'],
    ['unlock', 'give back what wrong guesses used up'],
    ['end-sessions', 'end everything the person is signed in to'],
    ['erase', 'forget who a person was; the account must be switched off'],
  ] as const;
  for (const [verb, text] of acts) {
    leaf(person, {
      usage: `${verb} <person>`,
      text,
      writes: true,
      run: async (call) =>
        call.told(await call.api.send('POST', `/people/${await personOf(call)}/${verb}`), done),
    });
  }

  leaf(person, {
    usage: 'link <person>',
    text: 'a new link to set up ways to sign in; earlier ones are void',
    writes: true,
    run: async (call) =>
      call.told<LinkAnswer>(await call.api.send('POST', `/people/${await personOf(call)}/link`), linkLines),
  });

  leaf(person, {
    usage: 'pass <person>',
    text: 'a temporary pass to set up ways to sign in with',
    writes: true,
    options: [['--minutes <number>', 'how long it lives, at most 60 (default 60)']],
    run: async (call) => {
      const minutes = call.options.text('minutes') ?? '60';
      if (!/^\d{1,3}$/.test(minutes))
        throw new Ending(EXIT.usage, `--minutes takes a number from 1 to 60, not ${minutes}`);
      const answer = await call.api.send('POST', `/people/${await personOf(call)}/temporary-pass`, {
        minutes: Number(minutes),
      });
      call.told<TemporaryPassAnswer>(answer, ({ pass, expiresAt }) => [
        pass,
        `Works once, until ${expiresAt}. It is not shown again.`,
      ]);
    },
  });
}

function factsOf(person: PersonAnswer): readonly (readonly [string, string])[] {
  return [
    ['login', person.login],
    ['name', person.displayName],
    ['e-mail', person.email ?? '-'],
    ['state', person.state],
    ['roles', person.roles.join(',') || '-'],
    ['id', person.id],
    ['last sign-in', person.lastSignInAt ?? '-'],
    ...person.factors.map((factor) => ['factor', `${factor.method}  ${factor.name}  ${factor.id}`] as const),
    ...person.sessions.map(
      (session) =>
        ['session', `${session.startedAt}  ${session.address}  ${session.agent}  ${session.id}`] as const,
    ),
    ...person.guesses.map(
      (guess) =>
        [
          'guesses',
          `${guess.method} from ${guess.from}: ${guess.consecutive} wrong${guess.suspended ? ', suspended' : ''}${guess.lockedUntil === null ? '' : `, locked until ${guess.lockedUntil}`}`,
        ] as const,
    ),
  ];
}
