import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Ending, EXIT } from './ending.ts';

/** A file, or stdin for `-`: how anything long or secret comes in, never as an argument that others can list. */
export async function readInput(file: string): Promise<string> {
  if (file === '-') return text(process.stdin);
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Ending(EXIT.usage, `${file} cannot be read (${error.code ?? error.message})`);
  });
}
