import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { run } from '@countersign/server/cli/run';
import { PAGES } from './docs.ts';
import { COMMAND_FILES, commandTree } from './docs/command-tree.ts';
import { writtenTypes } from './docs/events-page.ts';
import { brokenLinks, docFiles, wrongCommands } from './docs/read-docs.ts';
import { environmentNames, readSettings } from './docs/settings-page.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILES = docFiles(ROOT);
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('generated pages', () => {
  for (const [path, make] of Object.entries(PAGES))
    test(`${path} is what the code gives: run npm run docs`, () => expect(read(path)).toBe(make()));

  test('every file of commands is read', () => {
    const files = globSync('packages/server/src/cli/*-commands.ts', { cwd: ROOT }).map((file) =>
      basename(file),
    );
    expect(files.sort()).toEqual(Object.keys(COMMAND_FILES).sort());
  });

  test('the tree is the one that the command line shows', async () => {
    const shown: string[] = [];
    const { write } = process.stdout;
    process.stdout.write = (text: string | Uint8Array) => shown.push(String(text)) > 0;
    try {
      await run(['--help']);
    } finally {
      process.stdout.write = write;
    }
    const [, commands = ''] = shown.join('').split('Commands:');
    const names = [...commands.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
    expect(names.filter((name) => name !== 'help')).toEqual(commandTree().children.map(({ name }) => name));
  });

  test('every variable of the environment belongs to a key, and every key is found', () => {
    const keys = readSettings().map(({ key }) => key);
    for (const [name, key] of environmentNames()) expect([name, keys.includes(key)]).toEqual([name, true]);
    expect(keys).toContain('webauthn.blockedModels');
    expect(environmentNames().size).toBe(13);
  });

  test('events that are written are told from those that are reserved', () => {
    expect(writtenTypes().has('grant.issued')).toBe(true);
    expect(writtenTypes().has('saml.logout')).toBe(false);
  });
});

describe('pages', () => {
  const tree = commandTree();
  const variables = new Set(environmentNames().keys());

  for (const file of FILES)
    test(`${file}: links lead somewhere, commands and variables exist`, () => {
      const text = read(file);
      expect(brokenLinks(ROOT, file)).toEqual([]);
      expect(wrongCommands(tree, file, text)).toEqual([]);
      const named = [...text.matchAll(/COUNTERSIGN_[A-Z_]*[A-Z]/g)].map(([name]) => name);
      expect(named.filter((name) => !variables.has(name))).toEqual([]);
    });

  test('every page can be reached from the index', () => {
    const index = read('docs/README.md');
    const missing = FILES.filter((file) => file.startsWith('docs/') && file !== 'docs/README.md').filter(
      (file) => !index.includes(`](${file.slice('docs/'.length)})`),
    );
    expect(missing).toEqual([]);
  });

  test('every invariant has its line in docs/security.md', () => {
    const all = Array.from({ length: 60 }, (_, at) => `I-${String(at + 1).padStart(2, '0')}`);
    const rows = new Set([...read('docs/security.md').matchAll(/^\| (I-\d\d) \|/gm)].map(([, id]) => id));
    expect(all.filter((id) => !rows.has(id))).toEqual([]);
  });
});

test('every adversarial case that docs/security.md calls on is played', () => {
  const folder = 'packages/testkit/src/cases';
  const source = globSync(`${folder}/*.ts`, { cwd: ROOT }).map(read).join('\n');
  const named = new Set([...read('docs/security.md').matchAll(/\bS-\d\d\b/g)].map(([id]) => id));
  expect([...named].filter((id) => !source.includes(`id: '${id}'`))).toEqual([]);
});

describe('the checks see what is wrong', () => {
  const tree = commandTree();
  test.each([
    ['`countersign person vanish mia`', 1],
    ['`countersign recieve`', 1],
    ['```\nnpx countersign person invite mia --nmae Mia\n```', 1],
    ['```\nnpx countersign app add Wiki \\\n  --redirect-uri https://wiki.example.org/cb\n```', 0],
    ['`countersign person invite <login>` and `countersign.yaml`', 0],
    ['`countersign audit verify --key keys.txt log.ndjson`', 0],
  ])('%s', (text, faults) => expect(wrongCommands(tree, 'x.md', text)).toHaveLength(faults));
});
