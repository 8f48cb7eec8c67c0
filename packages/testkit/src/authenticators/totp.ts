import { createHmac } from 'node:crypto';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An authenticator app on a phone, as independent of the server's own code as a real one. */
export interface Totp {
  readonly issuer: string | null;
  readonly account: string | null;
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  readonly digits: number;
  readonly periodS: number;
  /** What the app shows at a moment (ms since 1970), or so many steps later (earlier when negative). */
  code(at: number, offsetSteps?: number): string;
}

function fromBase32(text: string): Buffer {
  const bits = [...text.toUpperCase().replace(/[ =]/g, '')].map((character) => {
    const value = BASE32.indexOf(character);
    if (value < 0) throw new Error('The key holds a character that is not base32.');
    return value.toString(2).padStart(5, '0');
  });
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What a phone reads from the QR picture. Throws on whatever a careful app would refuse. */
function readUri(uri: string): Omit<Totp, 'code'> & { readonly seed: Buffer } {
  const url = new URL(uri);
  if (url.protocol !== 'otpauth:' || url.host !== 'totp')
    throw new Error('This is no otpauth://totp address.');
  const seed = fromBase32(url.searchParams.get('secret') ?? '');
  if (seed.length === 0) throw new Error('The address holds no key.');

  const label = decodeURIComponent(url.pathname.slice(1));
  const colon = label.indexOf(':');
  const prefix = colon < 0 ? null : label.slice(0, colon);
  const issuer = url.searchParams.get('issuer');
  if (prefix !== null && issuer !== null && prefix !== issuer)
    throw new Error('The address names two issuers.');

  const algorithm = url.searchParams.get('algorithm') ?? 'SHA1';
  if (algorithm !== 'SHA1' && algorithm !== 'SHA256' && algorithm !== 'SHA512')
    throw new Error(`The algorithm ${algorithm} is not known.`);
  const digits = Number(url.searchParams.get('digits') ?? 6);
  const periodS = Number(url.searchParams.get('period') ?? 30);
  if (digits !== 6 && digits !== 7 && digits !== 8) throw new Error('The number of digits is out of range.');
  if (!Number.isInteger(periodS) || periodS < 1) throw new Error('The period is out of range.');

  return {
    issuer: issuer ?? prefix,
    account: label.slice(colon + 1).trim(),
    algorithm,
    digits,
    periodS,
    seed,
  };
}

/** A soft authenticator from an otpauth address, a base32 key as typed by hand, or raw seed bytes. */
export function createTotp(uriOrSeed: string | Uint8Array): Totp {
  const plain = { issuer: null, account: null, algorithm: 'SHA1', digits: 6, periodS: 30 } as const;
  const { seed, ...facts } =
    typeof uriOrSeed !== 'string'
      ? { ...plain, seed: Buffer.from(uriOrSeed) }
      : uriOrSeed.includes('://')
        ? readUri(uriOrSeed)
        : { ...plain, seed: fromBase32(uriOrSeed) };

  return {
    ...facts,
    code(at, offsetSteps = 0) {
      const counter = Buffer.alloc(8);
      counter.writeBigUInt64BE(BigInt(Math.floor(at / (facts.periodS * 1_000)) + offsetSteps));
      const mac = createHmac(facts.algorithm.toLowerCase(), seed).update(counter).digest();
      const from = mac.readUInt8(mac.length - 1) & 15;
      const value = mac.readUInt32BE(from) % 2 ** 31;
      return String(value % 10 ** facts.digits).padStart(facts.digits, '0');
    },
  };
}
