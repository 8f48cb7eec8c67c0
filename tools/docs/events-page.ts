import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  EVENT_CLASS_NAMES,
  EVENT_TYPES,
  classOf,
  type EventClass,
  type EventType,
} from '@countersign/core/audit/event-type';
import { days } from '@countersign/core/kernel/time';
import { DEFAULT_RETENTION } from '@countersign/server/adapters/store/audit-log-retention';
import { EVENT_TEXTS } from './event-texts.ts';
import { code, page, table } from './markdown.ts';

const SERVER = fileURLToPath(new URL('../../packages/server/src', import.meta.url));
const ROOMS = '{desk,doors,adapters,jobs,surfaces,compose}/**/*.ts';

const CLASS_TEXTS: Readonly<Record<EventClass, string>> = {
  'sign-in': 'Sign-ins, grants and sessions.',
  administration: 'What administrators and the operator did.',
  lifecycle: 'How accounts and ways to sign in came and went.',
  incident: 'What a human may have to look at.',
  system: 'What the installation does by itself.',
};

const keptFor = (name: EventClass): string => {
  const limit = DEFAULT_RETENTION[name];
  return limit === null ? 'no limit: it names nobody' : `${Math.round(limit / days(1))} days`;
};

/** The types that some part of this version writes. */
export function writtenTypes(): ReadonlySet<EventType> {
  const source = globSync(ROOMS, { cwd: SERVER })
    .filter((file) => !/(?:test|tests)\.ts$|\/zz-/.test(file))
    .map((file) => readFileSync(`${SERVER}/${file}`, 'utf8'))
    .join('\n');
  return new Set(EVENT_TYPES.filter((type) => source.includes(`'${type}'`)));
}

const rowsOf = (name: EventClass, types: readonly EventType[]): string =>
  [
    `### ${name}`,
    table(
      ['event', 'tells'],
      types.filter((type) => classOf(type) === name).map((type) => [code(type), EVENT_TEXTS[type]]),
    ),
  ].join('\n\n');

export function eventsPage(): string {
  const written = writtenTypes();
  const now = EVENT_TYPES.filter((type) => written.has(type));
  const later = EVENT_TYPES.filter((type) => !written.has(type));
  return page('Events of the audit log', [
    'Every event has an id, a moment, a type, who did it (`actor`), whom it happened to (`subject`), the outcome (`ok`, `refused` or `failed`), reasons and a detail, and where they apply a door, an app, a sign-in, a session and a grant. Network address, browser and a name that somebody typed are the _personal part_: it lies beside the event and can be removed without breaking the log ([the audit log](../audit.md)).',
    '## Classes',
    table(
      ['class', 'what is in it', 'how long the personal part is kept'],
      EVENT_CLASS_NAMES.map((name) => [name, CLASS_TEXTS[name], keptFor(name)]),
    ),
    'The event itself, without its personal part, is kept for ever. These times are fixed in this version.',
    '## Events that this version writes',
    ...EVENT_CLASS_NAMES.map((name) => rowsOf(name, now)),
    '## Types that are reserved',
    'Nothing writes these yet. They belong to parts that come later, or to detail that another event carries today.',
    later.map(code).join(', '),
  ]);
}
