import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { isNoteName, type NoteKey } from './note-key.ts';

export type Ed25519Sign = (message: Uint8Array) => Uint8Array;
export type Ed25519Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

export interface NoteSigner {
  readonly key: NoteKey;
  readonly sign: Ed25519Sign;
}

export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends in a newline; it is what was signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type NoteRefusal = 'malformed' | 'no_known_signature' | 'wrong_signature';

const LONGEST_NOTE = 65_536;
/** Go's limit; C2SP asks for 16 at the least. */
const MOST_SIGNATURES = 100;
const DASH = '\u2014';

/** UTF-8 without control characters other than newline (C2SP signed-note). */
const isNoteText = (text: string): boolean =>
  text.length <= LONGEST_NOTE && text.endsWith('\n') && text.isWellFormed() && !/(?!\n)\p{Cc}/u.test(text);

const signatureLine = (signature: NoteSignature): string =>
  `${DASH} ${signature.name} ${toBase64(concatBytes(hexToBytes(signature.id), signature.signature))}\n`;

/** Signs a text that ends in a newline (C2SP signed-note). More signers may add their lines below. */
export function signNote(text: string, signer: NoteSigner): Result<string, 'malformed'> {
  if (!isNoteText(text)) return err('malformed');
  const { name, id } = signer.key;
  return ok(`${text}\n${signatureLine({ name, id, signature: signer.sign(utf8ToBytes(text)) })}`);
}

function parseSignature(line: string): NoteSignature | null {
  const [dash, name, encoded, ...rest] = line.split(' ');
  if (dash !== DASH || name === undefined || encoded === undefined || rest.length > 0 || !isNoteName(name))
    return null;
  const bytes = fromBase64(encoded);
  if (!bytes.ok || bytes.value.length < 5) return null;
  return { name, id: bytesToHex(bytes.value.subarray(0, 4)), signature: bytes.value.subarray(4) };
}

/** Takes a note apart. Nothing is verified yet: the text must not be used before `openNote` says so. */
export function parseNote(note: string): Result<Note, 'malformed'> {
  const gap = note.lastIndexOf('\n\n');
  if (!isNoteText(note) || gap < 1) return err('malformed');
  const lines = note.slice(gap + 2, -1).split('\n');
  if (lines.length > MOST_SIGNATURES) return err('malformed');
  const signatures = lines.map(parseSignature).filter((signature) => signature !== null);
  if (signatures.length !== lines.length) return err('malformed');
  return ok({ text: note.slice(0, gap + 1), signatures });
}

/** An adapter that throws at a hostile key has not verified anything. */
function holds(verify: Ed25519Verify, key: NoteKey, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return signature.length === 64 && verify(key.publicKey, message, signature) === true;
  } catch {
    return false;
  }
}

/**
 * The text of a note that at least one of `keys` signed (R-AUD-10). Signatures of unknown keys, as of witnesses, are
 * passed over; a known key with a signature that does not hold refuses the whole note.
 */
export function openNote(
  note: string,
  keys: readonly NoteKey[],
  verify: Ed25519Verify,
): Result<string, NoteRefusal> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const { text, signatures } = parsed.value;
  const message = utf8ToBytes(text);
  let known = 0;
  for (const { name, id, signature } of signatures) {
    const key = keys.find((candidate) => candidate.name === name && candidate.id === id);
    if (key === undefined) continue;
    if (!holds(verify, key, message, signature)) return err('wrong_signature');
    known++;
  }
  return known > 0 ? ok(text) : err('no_known_signature');
}
