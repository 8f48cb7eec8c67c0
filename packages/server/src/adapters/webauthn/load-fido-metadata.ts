import { readFile, stat } from 'node:fs/promises';
import { err } from '@countersign/core/kernel/result';
import type { LoadFidoMetadata } from '../../ports/webauthn.ts';
import { verifyFidoMetadata } from './verify-fido-metadata.ts';

/** The real BLOB is about 10 MB. */
const LARGEST = 64 * 1_024 * 1_024;

async function read(path: string): Promise<string | null> {
  try {
    return (await stat(path)).size > LARGEST ? null : await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

export const loadFidoMetadata: LoadFidoMetadata = async (path, trust) => {
  const blob = await read(path);
  return blob === null ? err('fido_metadata.unreadable') : verifyFidoMetadata(blob, trust);
};
