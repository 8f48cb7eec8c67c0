import { createHash } from 'node:crypto';
import { cp, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exists, openTree } from './folders.ts';
import { linkLibraries } from './link-libraries.ts';

/**
 * Copies bin, lib and share (PostgreSQL finds the other two relative to bin) and returns the copy's `native` folder, or undefined when
 * `root` is not laid out so (Debian's is not, but anybody may enter that one). Made under another name and renamed:
 * a copy that has its name is whole. The name changes with the programs, so an upgrade copies anew.
 */
export const copyPrograms = async (root: string, copiesIn: string): Promise<string | undefined> => {
  const parts = ['bin', 'lib', 'share'];
  for (const part of parts) if (!(await exists(join(root, part)))) return undefined;
  const { size, mtimeMs } = await stat(join(root, 'bin', 'postgres'));
  const key = createHash('sha256').update(`${root}\n${size}\n${mtimeMs}`).digest('hex').slice(0, 12);
  const folder = join(copiesIn, `programs-${key}`);
  if (!(await exists(folder))) {
    await mkdir(copiesIn, { recursive: true });
    const draft = await mkdtemp(join(copiesIn, 'copying-'));
    const native = join(draft, 'native');
    await mkdir(native);
    for (const part of parts)
      await cp(join(root, part), join(native, part), {
        recursive: true,
        verbatimSymlinks: true,
        filter: (path) => !path.endsWith('.a'),
      });
    await cp(join(root, 'pg-symlinks.json'), join(native, 'pg-symlinks.json')).catch(() => undefined);
    await linkLibraries(native);
    await openTree(draft);
    // Another start may have been faster: then its copy is as good as ours.
    await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  }
  return join(folder, 'native');
};
