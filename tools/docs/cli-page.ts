import { EXIT } from '@countersign/server/cli/ending';
import { commandTree, type CommandNode } from './command-tree.ts';
import { code, page, table } from './markdown.ts';

const ENDINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  done: 'Done.',
  finding: 'A finding, or a refusal with its reason: a log that was touched, a person who does not exist.',
  usage: 'The command or its input is wrong.',
  notAllowed: 'Not allowed, or the socket belongs to another user.',
  unreachable: 'No node answers, or it cannot answer now.',
  conflict: 'The state of things does not allow it: a name that is taken, the last owner.',
};

const COMMON = new Set(['--json', '--config <file>', '--socket <path>']);
const DRY_RUN = '--dry-run';

const leaves = (node: CommandNode, path: string): readonly (readonly [string, CommandNode])[] =>
  node.children.length === 0
    ? [[path, node]]
    : node.children.flatMap((child) => leaves(child, `${path} ${child.name}`));

function section([path, node]: readonly [string, CommandNode]): string {
  const own = node.options.filter(({ flags }) => !COMMON.has(flags) && flags !== DRY_RUN);
  const writes = node.options.some(({ flags }) => flags === DRY_RUN);
  return [
    `### ${code(path)}`,
    '```\n' + [path, node.takes].filter(Boolean).join(' ') + '\n```',
    `${node.text.charAt(0).toUpperCase()}${node.text.slice(1)}.${writes ? ' Changes something; takes `--dry-run`.' : ''}`,
    ...(own.length === 0
      ? []
      : [
          table(
            ['option', 'what it does'],
            own.map(({ flags, text }) => [code(flags), text]),
          ),
        ]),
  ].join('\n\n');
}

const noun = (node: CommandNode): string =>
  [`## ${code(node.name)}: ${node.text}`, ...leaves(node, `countersign ${node.name}`).map(section)].join(
    '\n\n',
  );

export function cliPage(): string {
  const { children } = commandTree();
  return page('The command line', [
    'Run it as `npx countersign …` in the folder of Countersign, as the user that runs the node, or as root. It talks to the node over `control.sock` in the data folder. Whoever can open that socket is _the operator_: no sign-in, every right.',
    'A _person_ is named by sign-in name, e-mail address or id; an _app_ by name, client id or id. Long or secret input comes from a file; `-` reads standard input. On a terminal lists are tables; elsewhere they are lines with tabs between the fields and no heading.',
    '## Options of every command',
    table(
      ['option', 'what it does'],
      [
        [code('--json'), 'prints the data as JSON'],
        [
          code('--config <file>'),
          'the settings file; without it `countersign.yaml` in the working folder, if there is one',
        ],
        [code('--socket <path>'), 'the socket of the node, instead of looking for it in the data folder'],
        [
          code(DRY_RUN),
          'on commands that change something: the node runs all checks, tells what it would write, and writes nothing',
        ],
      ],
    ),
    '## How a command ends',
    table(
      ['exit code', 'means'],
      Object.entries(EXIT).map(([name, exit]) => [String(exit), ENDINGS[name as keyof typeof EXIT]]),
    ),
    ...children.map(noun),
  ]);
}
