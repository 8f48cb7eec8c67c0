import { createHash, createPublicKey, verify } from 'node:crypto';
import {
  beginVerify,
  finishVerify,
  verifyLine,
  type VerifyOptions,
} from '@countersign/core/audit/verify-log';
import type { Verdict } from '@countersign/core/audit/verdict';
import { readLines } from './read-lines.ts';

const PLATFORM: Pick<VerifyOptions, 'verify' | 'sha256'> = {
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
  verify: (publicKey, message, signature) => {
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
      format: 'jwk',
    });
    return verify(null, message, key, signature);
  },
};

/** Reads an export once, from wherever it comes, and judges it without a network (I-53). Stops at the first fault. */
export async function verifyExport(
  source: AsyncIterable<Uint8Array>,
  trust: Pick<VerifyOptions, 'keys' | 'witnessed'>,
): Promise<Verdict> {
  let state = beginVerify({ ...PLATFORM, ...trust });
  for await (const line of readLines(source)) {
    state = verifyLine(state, line);
    if (state.kind === 'broken') break;
  }
  return finishVerify(state);
}
