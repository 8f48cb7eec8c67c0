/** Cost of argon2id: `memoryKiB` per running hash, `passes` over it, `lanes` at once. */
export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface Phc {
  readonly cost: Argon2Cost;
  readonly salt: Uint8Array;
  /** Null where only a salt is kept, as for a set of codes. */
  readonly digest: Uint8Array | null;
}

const SHAPE =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})(?:\$([A-Za-z0-9+/]{43}))?$/;

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '');

/** The PHC string of an argon2id value (RFC 9106 parameters, unpadded base64), as other software reads it too. */
export function formatPhc({ cost, salt, digest }: Phc): string {
  const head = `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=${cost.lanes}$${toBase64(salt)}`;
  return digest ? `${head}$${toBase64(digest)}` : head;
}

/**
 * Reads back what `formatPhc` wrote: argon2id v19 with a digest of 32 bytes, nothing else. Throws on any other text: it
 * comes from our own store. The message holds nothing of the text.
 */
export function parsePhc(text: string): Phc {
  const [, memory, passes, lanes, salt, digest] = SHAPE.exec(text) ?? [];
  if (!memory || !passes || !lanes || !salt) throw new Error('A stored password or code salt is damaged.');
  return {
    cost: { memoryKiB: Number(memory), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    digest: digest ? Buffer.from(digest, 'base64') : null,
  };
}
