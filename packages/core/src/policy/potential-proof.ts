import type { Category, Factor, Method } from '../factor/factor.ts';
import type { Proof } from '../factor/proof.ts';
import { asId } from '../kernel/id.ts';

const CATEGORIES_OF: Readonly<Record<Exclude<Method, 'passkey' | 'security-key'>, readonly Category[]>> = {
  password: ['knowledge'],
  totp: ['possession'],
  push: ['possession'],
  sms: ['possession'],
  'recovery-code': ['possession'],
  'temporary-pass': ['knowledge'],
};

/** The categories a method proves by its kind; a WebAuthn proof carries its own, since the key says what it did. */
export const categoriesOf = (method: keyof typeof CATEGORIES_OF): readonly Category[] =>
  CATEGORIES_OF[method];

/** The best proof that an enrolled factor could give, to reason about what a person can reach. */
export function potentialProof(factor: Pick<Factor, 'method' | 'traits'>): Proof {
  const base = { method: factor.method, factorId: asId<'factor'>('potential'), at: 0 };
  if (factor.traits.kind === 'webauthn') {
    return {
      ...base,
      // A key that is not discoverable can only be asked for behind a password, so alone it is no way in.
      categories:
        factor.traits.userVerifying && factor.traits.discoverable
          ? ['possession', 'inherence']
          : ['possession'],
      phishingResistant: true,
      hardwareBound: !factor.traits.backupEligible,
    };
  }
  const method = factor.method;
  const categories: readonly Category[] =
    method === 'passkey' || method === 'security-key' ? ['possession'] : categoriesOf(method);
  return { ...base, categories, phishingResistant: false, hardwareBound: false };
}
