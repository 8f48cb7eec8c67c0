/** Nouns that name something which lets its holder in (R-AUD-04). Compared in the singular. */
const SECRET_NOUNS: ReadonlySet<string> = new Set(
  (
    'password passwd passphrase pwd secret token cookie authorization bearer code otp totp hotp pin seed pepper ' +
    'credential assertion samlresponse artifact jwt jwe pem otpauth verifier challenge nonce answer number ' +
    'idtoken accesstoken refreshtoken clientsecret apikey privatekey'
  ).split(' '),
);

/** Pairs that are secret together although neither word is. */
const SECRET_PAIRS: ReadonlySet<string> = new Set(['api key', 'private key', 'signing key', 'saml response']);

/** Pairs that are public although the second word alone is not. */
const PUBLIC_PAIRS: ReadonlySet<string> = new Set([
  'country code',
  'error code',
  'exit code',
  'phone number',
  'result code',
  'serial number',
  'statu code', // as `singular` spells it
]);

/** Last words that turn a secret noun into a fact about it: `code_count`, `token_id`, `password_changed_at`. */
const ABOUT: ReadonlySet<string> = new Set(
  (
    'id hash kind count left method type at reason algorithm name state lifetime age length size day hour minute ' +
    'second since until expiry origin version'
  ).split(' '),
);

const singular = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word);

function wordsOf(key: string): readonly string[] {
  const spaced = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return spaced.split(/[^a-z0-9]+/).flatMap((word) => (word === '' ? [] : [singular(word)]));
}

/**
 * Whether a value under this key is taken for a secret whatever it looks like (I-54). Errs on the side of yes:
 * a word such as `number` hides a push number at the price of hiding a house number.
 */
export function isSecretKey(key: string): boolean {
  const words = wordsOf(key);
  const last = words.at(-1) ?? '';
  if (ABOUT.has(last)) return false;
  const pairs = words.slice(1).map((word, i) => `${words[i]} ${word}`);
  const secret = (word: string, i: number): boolean =>
    SECRET_NOUNS.has(word) && !PUBLIC_PAIRS.has(`${words[i - 1]} ${word}`);
  return words.some(secret) || pairs.some((pair) => SECRET_PAIRS.has(pair));
}
