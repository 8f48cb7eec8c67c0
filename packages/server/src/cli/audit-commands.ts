import { notesIn } from '@countersign/core/audit/notes-in';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { AuditEventAnswer, CheckpointAnswer } from '@countersign/contract/api/audit';
import type { Verdict } from '@countersign/core/audit/verdict';
import type { Command } from 'commander';
import { Ending, EXIT } from './ending.ts';
import { findPerson } from './find-person.ts';
import { leaf, type Call } from './leaf.ts';
import type { Columns } from './output.ts';
import { gather, LIMIT, limitOf } from './pages.ts';
import { readInput } from './read-input.ts';
import { verifyExport } from './verify-export.ts';

const EVENTS: Columns<AuditEventAnswer> = [
  ['WHEN', ({ at }) => at],
  ['WHAT', ({ type }) => type],
  ['OUTCOME', ({ outcome }) => outcome],
  ['WHO', ({ actor }) => (actor.id === null ? actor.kind : `${actor.kind} ${actor.id}`)],
  ['WHOM', ({ subject }) => subject],
  ['WHY', ({ reasons }) => reasons],
  ['FROM', ({ personal }) => personal?.['address'] ?? null],
  ['ID', ({ id }) => id],
];

export function auditCommands(program: Command): void {
  const log = program.command('log').description('what happened');
  leaf(log, {
    usage: 'list',
    text: 'events, newest first',
    options: [
      ['--type <type>', 'of one type, as signin.refused'],
      ['--person <person>', 'that happened to one person'],
      ['--since <moment>', 'as 2026-11-24T08:00:00Z'],
      ['--until <moment>', 'before that moment'],
      LIMIT,
    ],
    run: async ({ api, options, show }) => {
      const named = options.text('person');
      const query = {
        type: options.text('type'),
        since: options.text('since'),
        until: options.text('until'),
        subject: named === undefined ? undefined : await findPerson(api, named),
      };
      const events = await gather<AuditEventAnswer>(api, '/audit/events', query, limitOf(options));
      show(events, EVENTS, events);
    },
  });

  const audit = program.command('audit').description('proof that the log is as it was written');
  leaf(audit, {
    usage: 'verify [file]',
    text: 'check an export without a network; - reads stdin',
    options: [['--live', 'fetch the log from the node and check it (what happens without a file)']],
    lists: [
      ['--key <file>', 'a file with verifier keys that came another way, one a line'],
      ['--checkpoint <file>', 'a file with a checkpoint that was kept elsewhere'],
    ],
    run: verify,
  });
  leaf(audit, {
    usage: 'export <file>',
    text: 'take the log out, to be checked elsewhere; - writes to stdout',
    options: [['--person <person>', 'only what concerns one person, with proofs']],
    run: takeOut,
  });
  leaf(audit, {
    usage: 'checkpoint',
    text: 'the last signed checkpoint, to be kept elsewhere',
    run: async ({ api, options, out }) => {
      const checkpoint = await api.get<CheckpointAnswer>('/audit/checkpoint');
      if (options.flag('json')) out.json(checkpoint);
      else out.line(checkpoint.note.trimEnd());
    },
  });
}

async function verify({ api, args, options, out }: Call): Promise<void> {
  const [file] = args;
  if (file !== undefined && options.flag('live'))
    throw new Ending(EXIT.usage, 'Name a file or --live, not both.');
  const lines = await Promise.all((options.list('key') ?? []).map(readInput));
  const keys = lines
    .flatMap((text) => text.split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const kept = await Promise.all((options.list('checkpoint') ?? []).map(readInput));
  // A file may hold one checkpoint or, like the one in the data folder, all of them.
  const witnessed = kept.flatMap((text) => notesIn(text.endsWith('\n') ? text : `${text}\n`));
  if (kept.length > 0 && witnessed.length === 0)
    throw new Ending(EXIT.usage, 'There is no checkpoint in the file.');
  const source =
    file === undefined
      ? await api.stream('/audit/export')
      : file === '-'
        ? process.stdin
        : createReadStream(file);
  const verdict = await verifyExport(source, { ...(keys.length === 0 ? {} : { keys }), witnessed }).catch(
    (error: NodeJS.ErrnoException) => {
      throw file === undefined
        ? new Ending(EXIT.unreachable, 'The node broke off its answer.')
        : new Ending(EXIT.usage, `${file} cannot be read (${error.code ?? error.message})`);
    },
  );
  if (options.flag('json')) out.json(verdict);
  else if (verdict.kind !== 'broken') for (const line of sentences(verdict)) out.line(line);
  if (verdict.kind === 'broken') throw new Ending(EXIT.finding, verdict.sentence);
}

function sentences(verdict: Exclude<Verdict, { kind: 'broken' }>): readonly string[] {
  const trust = verdict.keysTrusted
    ? []
    : ['The keys are those in the export: it is consistent. Give --key to know that it is genuine.'];
  const erased = verdict.erased === 0 ? [] : [`${verdict.erased} entries have no personal part (any more).`];
  if (verdict.kind === 'excerpt') {
    return [
      ...verdict.excerpts.map(
        ({ origin, entries, size }) =>
          `Genuine: ${entries} entries of ${origin}, each proven to be in the log of ${size}.`,
      ),
      ...erased,
      ...trust,
    ];
  }
  const uncovered =
    verdict.uncovered === 0
      ? []
      : [`${verdict.uncovered} entries came after the last checkpoint: nobody has signed them yet.`];
  return [
    ...verdict.logs.map(
      ({ origin, size, checkpoints }) =>
        `Untouched: ${size} entries of ${origin}, ${checkpoints} checkpoints.`,
    ),
    ...uncovered,
    ...erased,
    ...trust,
  ];
}

/** Written beside its place and moved there when it is whole: a broken download is not taken for an export. */
async function takeOut({ api, args, options, out }: Call): Promise<void> {
  const [file = '-'] = args;
  const named = options.text('person');
  const path =
    named === undefined ? '/audit/export' : `/audit/export?subject=${await findPerson(api, named)}`;
  const source = await api.stream(path);
  const broken = (): never => {
    throw new Ending(EXIT.unreachable, 'The export broke off; nothing was kept.');
  };
  if (file === '-') {
    await pipeline(source, process.stdout, { end: false }).catch(broken);
    return;
  }
  const draft = `${file}.part`;
  try {
    await pipeline(source, createWriteStream(draft, { mode: 0o600, flags: 'wx' }));
    await rename(draft, file);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new Ending(
        EXIT.conflict,
        `${draft} is there already: another export is being written, or one was broken off. Remove it first.`,
      );
    await rm(draft, { force: true });
    if (['ENOENT', 'EACCES', 'EISDIR', 'ENOSPC', 'EROFS'].includes(code))
      throw new Ending(EXIT.finding, `${file} cannot be written (${code})`);
    broken();
  }
  if (options.flag('json')) out.json({ file });
  else out.note(`Written to ${file}. Check it with: countersign audit verify ${file}`);
}
