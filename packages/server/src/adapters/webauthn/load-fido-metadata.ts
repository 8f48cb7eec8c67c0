import { readFile, stat } from 'node:fs/promises';
import { err, type Result } from '@countersign/core/kernel/result';
import type { FidoMetadata } from '../../ports/webauthn.ts';
import {
  type FidoMetadataReason,
  type FidoMetadataTrust,
  verifyFidoMetadata,
} from './verify-fido-metadata.ts';

/** The real BLOB is about 10 MB. */
const LARGEST = 64 * 1_024 * 1_024;

async function read(path: string): Promise<string | null> {
  try {
    return (await stat(path)).size > LARGEST ? null : await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

/** Reads and verifies the BLOB that an administrator put on the disk. */
export async function loadFidoMetadata(
  path: string,
  trust: FidoMetadataTrust,
): Promise<Result<FidoMetadata, FidoMetadataReason>> {
  const blob = await read(path);
  return blob === null ? err('fido_metadata.unreadable') : verifyFidoMetadata(blob, trust);
}
