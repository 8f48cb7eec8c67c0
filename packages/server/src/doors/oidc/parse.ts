import { err, ok, type Result } from '@countersign/core/kernel/result';

/** The part of an authorization request that says how the person must have signed in, and who it must be. */
export interface AuthorizeRequest {
  readonly redirectUri: string;
  readonly prompts: ReadonlySet<string>;
  readonly maxAgeS: number | null;
  /** The acr values in their order; `essential` means: one of them, or no token (Core §5.5.1.1). */
  readonly acr: { readonly values: readonly string[]; readonly essential: boolean };
  readonly loginHint: string | null;
  /** Subjects that the request names by an ID token of ours or a claim; each must be the person. */
  readonly subjects: readonly string[];
}

export type MalformedRequest = 'claims' | 'acr' | 'sub' | 'max_age' | 'login_hint';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No name of ours is longer (core `canonicalName`) or has a control character: such a hint is about nobody. */
const HINT = /^[^\p{C}]{1,254}$/u;

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const words = (value: unknown): readonly string[] =>
  textOf(value)
    ?.split(' ')
    .filter((word) => word !== '') ?? [];

/**
 * Reads what the library has checked for form, from the request itself and not from what the library made of it:
 * there `acr_values` overwrites an essential `acr` claim. Establishes nothing about who asks.
 */
export function parseAuthorize(
  params: Readonly<Record<string, unknown>>,
  hint: unknown,
): Result<AuthorizeRequest, MalformedRequest> {
  const claims = claimsOf(params['claims']);
  if (!claims.ok) return claims;
  const acr = acrOf(claims.value['acr'], words(params['acr_values']));
  if (!acr.ok) return acr;
  const subject = subjectOf(claims.value['sub']);
  if (!subject.ok) return subject;
  const maxAge = params['max_age'];
  const maxAgeS = maxAge === undefined ? null : Number(maxAge);
  if (maxAgeS !== null && (!Number.isSafeInteger(maxAgeS) || maxAgeS < 0)) return err('max_age');
  const loginHint = textOf(params['login_hint']);
  // Refused and not ignored: a request that names somebody must not be answered with just anybody.
  if (loginHint !== null && !HINT.test(loginHint)) return err('login_hint');
  const hinted = isRecord(hint) ? textOf(hint['sub']) : null;
  return ok({
    redirectUri: textOf(params['redirect_uri']) ?? '',
    prompts: new Set(words(params['prompt'])),
    maxAgeS,
    acr: acr.value,
    loginHint,
    subjects: [hinted, subject.value].filter((value) => value !== null),
  });
}

/** The members of `claims.id_token`; none when the parameter is absent. */
function claimsOf(parameter: unknown): Result<Readonly<Record<string, unknown>>, 'claims'> {
  if (parameter === undefined) return ok({});
  if (typeof parameter !== 'string') return err('claims');
  try {
    const parsed: unknown = JSON.parse(parameter);
    if (!isRecord(parsed)) return err('claims');
    const { id_token: idToken = {} } = parsed;
    return isRecord(idToken) ? ok(idToken) : err('claims');
  } catch {
    return err('claims');
  }
}

function acrOf(claim: unknown, voluntary: readonly string[]): Result<AuthorizeRequest['acr'], 'acr'> {
  if (claim === undefined || claim === null) return ok({ values: voluntary, essential: false });
  if (!isRecord(claim)) return err('acr');
  const { value, values = [], essential = false } = claim;
  if (!Array.isArray(values) || typeof essential !== 'boolean') return err('acr');
  const listed: readonly unknown[] = values;
  const asked = value === undefined ? listed : [value, ...listed];
  const texts = asked.filter((item): item is string => typeof item === 'string');
  if (texts.length !== asked.length) return err('acr');
  // Essential without values asks for the claim, not for a strength: it is always in the token.
  if (essential && texts.length > 0) return ok({ values: texts, essential: true });
  return ok({ values: [...texts, ...voluntary], essential: false });
}

function subjectOf(claim: unknown): Result<string | null, 'sub'> {
  if (claim === undefined || claim === null || (isRecord(claim) && claim['value'] === undefined))
    return ok(null);
  const value = isRecord(claim) ? textOf(claim['value']) : null;
  return value === null ? err('sub') : ok(value);
}
