import type { Command } from 'commander';
import { loadSettings } from '../config/load-settings.ts';
import { createApiClient, isDryRun, type ApiClient } from './api-client.ts';
import { findControlSocket } from './control-socket-path.ts';
import { createOutput, type Columns, type Output } from './output.ts';

/** Options of a command, as commander read them. */
export interface Options {
  text(name: string): string | undefined;
  list(name: string): readonly string[] | undefined;
  flag(name: string): boolean;
  /** Whether `--no-…` was given. */
  isOff(name: string): boolean;
}

/** One command that is being run. */
export interface Call {
  readonly args: readonly string[];
  readonly options: Options;
  readonly out: Output;
  readonly api: ApiClient;
  /** Prints data: as it came with `--json`, else as rows. */
  readonly show: <Row>(value: unknown, columns: Columns<Row>, rows: readonly Row[]) => void;
  /** Prints what came of a change, or what a dry run would have written. */
  readonly told: <Answer>(answer: unknown, say: (answer: Answer) => readonly string[]) => void;
}

interface Leaf {
  /** As commander writes it: `show <person>`. */
  readonly usage: string;
  readonly text: string;
  readonly writes?: boolean;
  readonly options?: readonly (readonly [flags: string, text: string])[];
  /** Options that may be given several times. */
  readonly lists?: readonly (readonly [flags: string, text: string])[];
  readonly run: (call: Call) => Promise<void>;
}

/** A verb below a noun, with the options that all have. */
export function leaf(
  noun: Command,
  { usage, text, writes = false, options = [], lists = [], run }: Leaf,
): void {
  const command = noun.command(usage).description(text);
  for (const [flags, what] of options) command.option(flags, what);
  for (const [flags, what] of lists)
    command.option(flags, what, (value: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      value,
    ]);
  command
    .option('--json', 'print the data as JSON')
    .option('--config <file>', 'the settings file')
    .option('--socket <path>', 'the socket of the node');
  if (writes) command.option('--dry-run', 'run all checks and write nothing');
  command.action(async () => run(callOf(command)));
}

function callOf(command: Command): Call {
  const given: Readonly<Record<string, unknown>> = command.opts();
  const options: Options = {
    text: (name) => (typeof given[name] === 'string' ? given[name] : undefined),
    list: (name) => (Array.isArray(given[name]) ? given[name].map(String) : undefined),
    flag: (name) => given[name] === true,
    isOff: (name) => given[name] === false,
  };
  const json = options.flag('json');
  const out = createOutput(process.stdout, process.stderr);
  return {
    args: command.args,
    options,
    out,
    api: lateApi(options),
    show: (value, columns, rows) => (json ? out.json(value) : out.rows(columns, rows)),
    told: <Answer>(answer: unknown, say: (answer: Answer) => readonly string[]) => {
      if (json) out.json(answer ?? { done: true });
      else if (isDryRun(answer))
        out.line(
          ['Nothing was written. It would write:', ...answer.effects.map((effect) => `  ${effect}`)].join(
            '\n',
          ),
        );
      else for (const line of say(answer as Answer)) out.line(line);
    },
  };
}

/** The node is looked for when it is first needed: what needs none works without one. */
function lateApi(options: Options): ApiClient {
  let found: Promise<ApiClient> | null = null;
  const api = (): Promise<ApiClient> => (found ??= find(options));
  return {
    get: async (path) => (await api()).get(path),
    send: async (method, path, body) => (await api()).send(method, path, body),
    stream: async (path) => (await api()).stream(path),
  };
}

async function find(options: Options): Promise<ApiClient> {
  const socket =
    options.text('socket') ??
    (await findControlSocket((await loadSettings(options.text('config') ?? null)).data));
  return createApiClient(socket, options.flag('dryRun'));
}

export const done = (): readonly string[] => ['Done.'];
