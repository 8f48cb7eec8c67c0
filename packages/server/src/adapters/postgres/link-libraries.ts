import { readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/**
 * npm packages cannot hold symlinks; this one makes them in an install script, and install scripts are off here.
 * Every error is left to the probe that follows: a link may be there already, be made by another start at this
 * moment, or the folder be read-only.
 */
export const linkLibraries = async (root: string): Promise<void> => {
  const links = await readLinks(join(root, 'pg-symlinks.json'));
  await Promise.all(
    links.map(({ source, target }) => {
      const path = join(dirname(root), target); // both are relative to the package: native/lib/…
      const from = join(dirname(root), source);
      return symlink(relative(dirname(path), from), path).catch(() => undefined);
    }),
  );
};

type Link = { readonly source: string; readonly target: string };

const readLinks = async (path: string): Promise<readonly Link[]> => {
  const text = await readFile(path, 'utf8').catch(() => '[]');
  const list: unknown = JSON.parse(text);
  return Array.isArray(list) ? list.filter(isLink) : [];
};

const isLink = (value: unknown): value is Link =>
  typeof value === 'object' &&
  value !== null &&
  'source' in value &&
  'target' in value &&
  typeof value.source === 'string' &&
  typeof value.target === 'string';
