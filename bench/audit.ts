import { generateKeyPairSync, hash, randomBytes, sign, verify } from 'node:crypto';
import { asId } from '@countersign/core/kernel/id';
import { bytesToHex } from '@countersign/core/kernel/bytes';
import { type Checkpoint } from '@countersign/core/audit/checkpoint';
import { makeEvent } from '@countersign/core/audit/event';
import {
  exportCheckpoint,
  exportEnd,
  exportEntry,
  exportHeader,
} from '@countersign/core/audit/export-format';
import { appendLeaf, EMPTY_FRONTIER, frontierRoot, type Frontier } from '@countersign/core/audit/frontier';
import { makeLeaf } from '@countersign/core/audit/leaf';
import { makeNoteKey } from '@countersign/core/audit/note-key';
import { redactEvent } from '@countersign/core/audit/redact';
import { signNextCheckpoint } from '@countersign/core/audit/sign-next-checkpoint';
import { leafHash } from '@countersign/core/audit/tree-hash';
import { verifyLog } from '@countersign/core/audit/verify-log';
import { perSecond, type Bench } from './figures.ts';

const EVENTS = 50_000;
const ORIGIN = 'bench.example/audit/1';

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

const orThrow = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(String(result.error));
  return result.value;
};

/** Redacting, hashing, appending; then an offline verification of the export, as `countersign audit verify` does it. */
export const auditBench: Bench = {
  name: 'audit',
  says: 'the log in one process, without the store: append, and verify an export',
  run: async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const raw = publicKey.export({ format: 'jwk' }).x ?? '';
    const key = orThrow(makeNoteKey(ORIGIN, Buffer.from(raw, 'base64url'), sha256));
    const lines: string[] = [orThrow(exportHeader('log', ORIGIN, [key]))];
    const note = (previous: Checkpoint | null, frontier: Frontier, proof: readonly Uint8Array[]): string =>
      orThrow(
        signNextCheckpoint(
          {
            previous,
            next: { origin: ORIGIN, size: frontier.size, root: frontierRoot(frontier, sha256) },
            proof,
          },
          { key, sign: (message) => sign(null, message, privateKey) },
          sha256,
        ),
      );

    let frontier = EMPTY_FRONTIER;
    const begun = performance.now();
    const entries: string[] = [];
    for (let index = 0; index < EVENTS; index++) {
      const salt = randomBytes(32);
      const event = makeEvent({
        id: asId(bytesToHex(salt.subarray(0, 16))),
        at: index,
        type: 'signin.proof_accepted',
        detail: { method: 'totp', rules: ['floor.mfa'] },
        personal: { address: '192.0.2.7', agent: 'Mozilla/5.0 (X11; Linux x86_64)' },
      });
      const leaf = makeLeaf(redactEvent(event).event, salt, sha256);
      const appended = appendLeaf(frontier, leafHash(leaf.bytes, sha256), sha256);
      frontier = appended.frontier;
      const personal = leaf.personal === null ? null : { payload: leaf.personal, salt };
      entries.push(
        orThrow(exportEntry({ index, entry: leaf.entry, completed: appended.completed, personal })),
      );
    }
    const appendMs = performance.now() - begun;
    lines.push(
      ...entries,
      orThrow(exportCheckpoint(note(null, frontier, []))),
      orThrow(exportEnd(EVENTS, 1)),
    );

    const check = performance.now();
    const verdict = verifyLog(lines, {
      sha256,
      verify: (_key, message, signature) => verify(null, message, publicKey, signature),
    });
    const verifyMs = performance.now() - check;
    if (verdict.kind !== 'untouched')
      throw new Error(`the bench broke its own log: ${JSON.stringify(verdict)}`);
    return [perSecond('audit.append', EVENTS, appendMs), perSecond('audit.verify', EVENTS, verifyMs)];
  },
};
