/** Things that are secret wherever they stand, with the reason each is looked for. All run in linear time. */
const SECRET_SHAPES: readonly RegExp[] = [
  /otpauth(-migration)?:/i, // the seed of a one-time code, as in the QR picture
  /-----BEGIN /, // PEM: a certificate would do no harm, a key would
  /\b(bearer|basic|dpop|digest|negotiate)\s+[\w+/=.~-]{6,}/i, // an Authorization header
  /\beyJ[\w-]{10,}/, // the start of every JWT and JWE: base64url of `{"`
  /\$(argon2|2[abxy]\$|scrypt|pbkdf2|[156]\$|y\$)/, // a password hash (PHC string, crypt)
  /\b(set-)?cookie\s*:/i, // a header copied whole
  /__(host|secure)-[\w-]+=/i, // our own cookies by name
  /[?&#;](code|token|access_token|id_token|refresh_token|client_secret|password|assertion|state|nonce|saml(response|request|art)|code_verifier|sig(nature)?)=/i,
  /:\/\/[^\s/@:]*:[^\s/@]+@/, // a password in an address
  /^\s*\d{3}[\s-]?\d{3,5}\s*$/, // a one-time code, typed where a name belongs
  /^(?=.*\d)(?=.*[a-z])\s*[a-z0-9]{4,6}([\s-][a-z0-9]{4,6}){2,}\s*$/i, // a recovery code in groups
];

const OPAQUE = /[\w+-]{40,}/g;

/** A long run of mixed letters and digits is a token, not a word. Lower-case hex is spared: hashes are public here. */
const isOpaque = (run: string): boolean => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run);

/**
 * Whether a text looks like a credential (I-54, R-AUD-04). A second line of defence: it cannot know a password by
 * its looks, so the first line stays that nobody puts one into an event.
 */
export function holdsSecret(text: string): boolean {
  return SECRET_SHAPES.some((shape) => shape.test(text)) || (text.match(OPAQUE) ?? []).some(isOpaque);
}

/** Whether a text holds an e-mail address, which belongs into the part that can be erased. */
export const holdsMailAddress = (text: string): boolean => /[^\s@<>"]@[a-z0-9-]+(\.[a-z0-9-]+)+/i.test(text);
