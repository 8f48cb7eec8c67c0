import { GUESS_BUDGETS, type GuessBudget } from '@countersign/core/ledger/guess-budget';
import { hours, minutes, type Duration } from '@countersign/core/kernel/time';
import { SESSION_LIVES } from '@countersign/core/session/session-lives';
import { ENROLMENT_LIFE } from '@countersign/server/desk/signin/begin-session';
import { LIVES } from '@countersign/server/doors/oidc/lives';
import { table } from './markdown.ts';

const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

const lasting = (time: Duration): string =>
  time % hours(1) === 0 ? count(time / hours(1), 'hour') : count(time / minutes(1), 'minute');

const waits = ({ firstWait, longestWait }: GuessBudget): string =>
  firstWait === longestWait
    ? `${lasting(firstWait)} each time`
    : `${lasting(firstWait)}, doubling to ${lasting(longestWait)}`;

const guesses = (): string =>
  table(
    [
      'method',
      'wrong guesses in a row before waiting',
      'then',
      'off after, within 24 hours',
      'off after, in a row',
    ],
    Object.entries(GUESS_BUDGETS).map(([method, budget]) => [
      method.replace('totp', 'code of an app').replace('-', ' '),
      String(budget.free),
      waits(budget),
      budget.perWindow.toLocaleString('en'),
      String(budget.consecutive),
    ]),
  );

const sessions = (): string =>
  table(
    ['session', 'at most', 'unused', 'why'],
    [
      [
        'everybody',
        lasting(SESSION_LIVES.ordinary.absolute),
        lasting(SESSION_LIVES.ordinary.idle),
        'a working day, and shorter than NIST SP 800-63B-4 asks at AAL2 (24 hours, 1 hour)',
      ],
      [
        'owner, administrator, policy author, approver, helpdesk',
        lasting(SESSION_LIVES.privileged.absolute),
        lasting(SESSION_LIVES.privileged.idle),
        'they can change what others may do; the same standard asks for 12 hours and 15 minutes at AAL3',
      ],
      [
        'set-up of new ways to sign in',
        lasting(ENROLMENT_LIFE),
        lasting(ENROLMENT_LIFE),
        'it can do nothing else',
      ],
      [
        'refresh tokens of apps',
        lasting(LIVES.refreshAbsolute),
        lasting(LIVES.refreshIdle),
        `like a session; per app up to ${LIVES.refreshMost / hours(24)} days, which goes beyond AAL2 and is for the administrator who registers the app to decide`,
      ],
    ],
  );

const TABLES: Readonly<Record<string, () => string>> = { guesses, sessions };

/** Puts the tables of the code between their marks in a page that is otherwise written by hand. */
export const withTables = (text: string): string =>
  text.replaceAll(
    /(<!-- table ([a-z]+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, begin: string, name: string, end: string) => `${begin}\n${TABLES[name]?.() ?? ''}\n\n${end}`,
  );
