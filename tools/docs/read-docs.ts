import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findCommand, type CommandNode } from './command-tree.ts';

/** The pages that this repository writes for people; records of decisions have rules of their own. */
export const docFiles = (root: string): readonly string[] =>
  ['README.md', 'NOTICE.md', ...globSync('docs/**/*.md', { cwd: root })]
    .filter((file) => !file.startsWith('docs/decisions/'))
    .sort();

const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading)));

function brokenLink(root: string, file: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const place = path === '' ? join(root, file) : join(root, dirname(file), path);
  if (!existsSync(place)) return true;
  return anchor !== undefined && !anchorsIn(readFileSync(place, 'utf8')).has(anchor);
}

/** Relative links and pictures that lead nowhere, headings included. */
export function brokenLinks(root: string, file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target) && brokenLink(root, file, target))
    .map((target) => `${file}: ${target}`);
}

/** Lines of code blocks, with continued lines joined, and code inside sentences. */
function codeIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```[a-z]*\n([\s\S]*?)^```/gm)].map(([, block = '']) => block);
  const inline = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(
    ([, span = '']) => span,
  );
  return [
    ...blocks
      .join('\n')
      .replaceAll(/\\\n\s*/g, '')
      .split('\n'),
    ...inline,
  ];
}

const FLAG = /(?:^|\s)(--?[a-zA-Z][a-z-]*)/g;
const flagsOf = ({ options }: CommandNode): ReadonlySet<string> =>
  new Set(['--help', '-h', ...options.map(({ flags }) => flags.split(' ')[0] ?? '')]);

function wrongCommand(root: CommandNode, line: string): string | null {
  // The last one on the line: a user or a folder may be called the same.
  const [, rest = ''] =
    /^(?:.*\s)?countersign(?=\s)(.*)$/.exec(line.split(/\s(?:#|\||>|&&)\s/)[0] ?? '') ?? [];
  const named = /^(?:\s+[a-z][a-z-]*(?=\s|$))*/.exec(rest)?.[0].trim().split(/\s+/) ?? [];
  if (named.join('') === '') return null;
  const command = findCommand(root, named);
  if (command === null) return `there is no ${line}`;
  const known = flagsOf(command);
  const unknown = [...rest.matchAll(FLAG)].map(([, flag = '']) => flag).find((flag) => !known.has(flag));
  return unknown === undefined ? null : `there is no ${unknown} in ${line}`;
}

/** Commands and options of the operator's command line that a page names and that do not exist. */
export const wrongCommands = (root: CommandNode, file: string, text: string): readonly string[] =>
  codeIn(text)
    .map((line) => wrongCommand(root, line))
    .filter((fault) => fault !== null)
    .map((fault) => `${file}: ${fault}`);
