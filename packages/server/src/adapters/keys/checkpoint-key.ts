import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign, verify } from 'node:crypto';
import { makeNoteKey, type NoteKey } from '@countersign/core/audit/note-key';
import type { Ed25519Verify, NoteSigner } from '@countersign/core/audit/signed-note';
import type { Sha256 } from '@countersign/core/audit/tree-hash';

/** OpenSSL's, twice as fast as the portable one of core. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

export interface CheckpointJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

export interface CheckpointKey {
  /** The RFC 7638 thumbprint. */
  readonly kid: string;
  readonly publicKey: CheckpointJwk;
  readonly privateKey: CheckpointJwk & { readonly d: string };
}

/** A fresh Ed25519 key for checkpoints. It signs nothing else: its purpose is part of its row. */
export function makeCheckpointKey(): CheckpointKey {
  const { x, d } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error('an Ed25519 key was exported without its halves');
  const thumbprint = hash('sha256', JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }), 'base64url');
  const publicKey: CheckpointJwk = { kty: 'OKP', crv: 'Ed25519', x };
  return { kid: thumbprint, publicKey, privateKey: { ...publicKey, d } };
}

/** The key as notes of this origin name it. One key may serve several origins: the name is part of the key id. */
export function noteKeyOf(origin: string, key: CheckpointJwk): NoteKey {
  const made = makeNoteKey(origin, new Uint8Array(Buffer.from(key.x, 'base64url')), sha256);
  if (!made.ok) throw new Error(`the origin ${origin} or its key cannot sign notes`);
  return made.value;
}

export function noteSignerOf(origin: string, key: CheckpointKey['privateKey']): NoteSigner {
  const privateKey = createPrivateKey({ key: { ...key }, format: 'jwk' });
  return { key: noteKeyOf(origin, key), sign: (message) => sign(null, message, privateKey) };
}

/** Throws for bytes that are no key; core takes that for a no. */
export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
};
