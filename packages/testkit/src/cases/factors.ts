import type { Overrides, WebAuthnKey } from '../authenticators/webauthn-key.ts';
import { admin, member } from '../verbs/admin.ts';
import { type KeyUse, login } from '../verbs/login.ts';
import type { Person } from '../verbs/person.ts';
import { createVisitor } from '../visitor/create-visitor.ts';
import { noGrant, refused } from './expect.ts';
import type { Stage } from './stage.ts';

export interface KeptFactor {
  readonly id: string;
  readonly method: string;
  readonly name: string;
  readonly lastUsedAt: string | null;
}

/** The factors of a person as an administrator sees them. */
export const factorsOf = async (stage: Stage, { id }: Pick<Person, 'id'>): Promise<readonly KeptFactor[]> =>
  (member(await admin.person(stage.operator, id), 'factors') as readonly KeptFactor[]).map((each) => ({
    id: each.id,
    method: each.method,
    name: each.name,
    lastUsedAt: each.lastUsedAt,
  }));

/** One assertion in a sign-in of its own, which must be refused. */
export async function mustFail(stage: Stage, key: WebAuthnKey, use: KeyUse, what: string): Promise<void> {
  const visitor = createVisitor(stage.deployment);
  refused(await login.passkey(await login.start(visitor), key, use), what);
  await noGrant(visitor, what);
}

export const flip: NonNullable<Overrides['signature']> = (signature) =>
  signature.map((byte, place) => (place === signature.length - 1 ? byte ^ 1 : byte));
