import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

const LENGTH = 32;

/**
 * The key that seals secrets at rest, as 32 bytes in base64 in a file that only its owner may read. Made on the
 * first start when `mayCreate`; a store that has secrets already must never get a new one.
 */
export async function loadMasterKey(file: string, mayCreate: boolean): Promise<Uint8Array> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text !== null) return parse(text, file);
  if (!mayCreate) {
    throw new Error(
      `the master key ${file} is missing, but the store holds secrets sealed with it. Put the key back from its backup; nothing was changed.`,
    );
  }
  await create(file);
  return parse(await readFile(file, 'utf8'), file);
}

async function parse(text: string, file: string): Promise<Uint8Array> {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== LENGTH || key.toString('base64') !== text.trim()) {
    throw new Error(`the master key ${file} is not ${LENGTH} bytes in base64`);
  }
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) await chmod(file, 0o600);
  return key;
}

/** Written whole to a file of its own and linked into place, so that two first starts agree on one key. */
async function create(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${randomBytes(LENGTH).toString('base64')}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(draft);
}
