import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a folder that hold one of the texts, byte by byte: tables, indexes and the write-ahead log alike. */
export async function filesHolding(folder: string, texts: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    // A running store removes files between the listing and the look.
    const bytes = await readFile(path).catch(() => null);
    if (bytes !== null && texts.some((text) => bytes.includes(text))) found.push(path);
  }
  return found;
}
