import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Where a sealed value lives. It opens nowhere else: a ciphertext copied to another row fails closed (I-55). */
export interface Place {
  readonly table: string;
  readonly column: string;
  readonly row: string;
}

export interface Sealer {
  /** Names the master key without telling it: the first eight bytes of its hash, in hex. */
  readonly keyId: string;
  seal(place: Place, plain: Uint8Array): Buffer;
  /** The plain bytes. Throws when the value was made for another place or under another key. */
  open(place: Place, sealed: Uint8Array): Buffer;
  /** A key for one purpose, derived from the master key; never stored. */
  derive(purpose: string): Buffer;
  /** A keyed hash for look-up where the plain value must not be stored. */
  tag(purpose: string, value: string): Buffer;
}

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM under a key derived from the master key, with table, column, row and key id as associated data.
 * Layout: version (1) ‖ nonce (12) ‖ tag (16) ‖ ciphertext. Random nonces stay safe far beyond 2^32 values.
 */
export function createSealer(masterKey: Uint8Array): Sealer {
  const derive = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', masterKey, 'countersign', `countersign/${purpose}`, 32));
  const keyId = createHash('sha256')
    .update('countersign/key-id')
    .update(masterKey)
    .digest('hex')
    .slice(0, 16);
  const sealing = derive('seal');
  const associated = ({ table, column, row }: Place): Buffer =>
    Buffer.from(JSON.stringify([VERSION, keyId, table, column, row]), 'utf8');

  return {
    keyId,
    derive,
    tag: (purpose, value) =>
      createHmac('sha256', derive(`tag/${purpose}`))
        .update(value, 'utf8')
        .digest(),
    seal: (place, plain) => {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(associated(place));
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), body]);
    },
    open: (place, sealed) => {
      const bytes = Buffer.from(sealed);
      if (bytes.length < 1 + NONCE + TAG || bytes[0] !== VERSION) throw new UnsealError(place);
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(1, 1 + NONCE))
        .setAAD(associated(place))
        .setAuthTag(bytes.subarray(1 + NONCE, 1 + NONCE + TAG));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE + TAG)), decipher.final()]);
      } catch {
        throw new UnsealError(place);
      }
    },
  };
}

export class UnsealError extends Error {
  override readonly name = 'UnsealError';
  constructor({ table, column }: Place) {
    super(
      `a sealed value in ${table}.${column} does not open with this master key, or was moved there from another row`,
    );
  }
}
