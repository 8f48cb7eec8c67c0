import { API_REASONS, type ApiReason } from '@countersign/contract/api/reasons';
import { BREAK_SENTENCES } from '@countersign/core/audit/verdict';
import { RULES, type RuleId } from '@countersign/core/policy/outcome';
import { enReasons } from '@countersign/server/pages/texts/en';
import { code, page, table } from './markdown.ts';

const RULE_TEXTS: Readonly<Record<RuleId, string>> = {
  'floor.mfa': 'Two independent proofs, at every door. Nothing lowers it.',
  'floor.console_phishing_resistant':
    'Administration asks for a passkey or security key as soon as the administrator has one.',
  'floor.service_never_interactive': 'A service account never signs in on a page.',
  'floor.account_state': 'An account that is switched off, or not set up yet, gets no grant.',
  'ask.strength': 'The app, or its request, asked for more than the floor.',
  'ask.fresh_proof': 'The request asked for a proof that is not older than a given moment.',
  'enrolment.restricted':
    'A recovery code or a temporary pass was used: it opens set-up of new ways to sign in, and nothing else.',
};

const EXAMPLE = {
  origin: 'sso.example.org/audit/0123456789abcdef',
  line: 9,
  index: 7,
  through: 7,
  found: 8,
} as const;

const byId = <T>(record: Readonly<Record<string, T>>): readonly (readonly [string, T])[] =>
  Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));

const screens = (): string =>
  table(
    ['reason', 'what happened', 'what to do next'],
    byId<readonly [string, string]>(enReasons).map(([id, [what, next]]) => [code(id), what, next]),
  );

const api = (): string =>
  table(
    ['reason', 'status', 'title', 'detail'],
    byId<ApiReason>(API_REASONS).map(([id, { status, title, detail }]) => [
      code(id),
      String(status),
      title,
      detail ?? '',
    ]),
  );

const rules = (): string =>
  table(
    ['rule', 'means'],
    RULES.map((rule) => [code(rule), RULE_TEXTS[rule]]),
  );

const breaks = (): string =>
  table(
    ['code', 'sentence (an example)'],
    Object.entries(BREAK_SENTENCES).map(([id, say]) => [code(id), say(EXAMPLE)]),
  );

export const reasonsPage = (): string =>
  page('Reasons', [
    'A reason says in one word why something was refused. The same word stands on the page (as `data-reason`), in the answer of the API (`code`), in the log (`reasons`) and here. Reasons are stable; sentences may improve.',
    '## On pages',
    'What people read, in English; the pages speak German too. `{retry}`, `{reference}`, `{time}` and `{minimum}` are filled in. A rule of the decision that stopped somebody is shown as `policy.denied` or `account.unavailable`: pages tell no rule names.',
    screens(),
    '## In answers of the API',
    'Answers are `application/problem+json`. On the command line the status decides the exit code ([the command line](cli.md)).',
    api(),
    '## Rules of the decision',
    'They stand in the log, as `rules` in the detail of an event.',
    rules(),
    '## What `countersign audit verify` can find',
    'With `--json` the verdict has the code; without it, the sentence.',
    breaks(),
  ]);
