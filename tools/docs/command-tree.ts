import { appCommands } from '@countersign/server/cli/app-commands';
import { auditCommands } from '@countersign/server/cli/audit-commands';
import { factorSessionCommands } from '@countersign/server/cli/factor-session-commands';
import { personCommands } from '@countersign/server/cli/person-commands';
import { systemCommands } from '@countersign/server/cli/system-commands';

/** Each file of commands and what it adds; `docs.test.ts` sees that none is missing. */
export const COMMAND_FILES = {
  'app-commands.ts': appCommands,
  'audit-commands.ts': auditCommands,
  'factor-session-commands.ts': factorSessionCommands,
  'person-commands.ts': personCommands,
  'system-commands.ts': systemCommands,
} as const;

type Program = Parameters<typeof personCommands>[0];

export interface CommandOption {
  /** As commander writes it: `--limit <number>`. */
  readonly flags: string;
  readonly text: string;
}

/** One command as the command line knows it, read without running anything. */
export interface CommandNode {
  readonly name: string;
  /** What follows the name: `<person> <factor-id>`. */
  readonly takes: string;
  readonly text: string;
  readonly options: readonly CommandOption[];
  readonly children: readonly CommandNode[];
}

/** Stands where commander's program stands and writes down what it is told. */
class Recorder {
  readonly name: string;
  readonly takes: string;
  text = '';
  readonly options: CommandOption[] = [];
  readonly children: Recorder[] = [];

  constructor(usage: string) {
    const [name = '', ...takes] = usage.split(' ');
    this.name = name;
    this.takes = takes.join(' ');
  }

  command(usage: string): Recorder {
    const child = new Recorder(usage);
    this.children.push(child);
    return child;
  }

  description(text: string): this {
    this.text = text;
    return this;
  }

  option(flags: string, text: string): this {
    this.options.push({ flags, text });
    return this;
  }

  action(): this {
    return this;
  }
}

/** The whole tree, in the order in which `countersign --help` shows it. */
export function commandTree(): CommandNode {
  const root = new Recorder('countersign');
  const { 'person-commands.ts': first, 'factor-session-commands.ts': second, ...others } = COMMAND_FILES;
  for (const add of [first, second, ...Object.values(others)]) add(root as unknown as Program);
  return root;
}

/** The command that these words lead to, or null; words behind a verb are arguments. */
export function findCommand(root: CommandNode, words: readonly string[]): CommandNode | null {
  const [word, ...rest] = words;
  if (root.children.length === 0 || word === undefined) return root;
  const child = root.children.find(({ name }) => name === word);
  return child === undefined ? null : findCommand(child, rest);
}
