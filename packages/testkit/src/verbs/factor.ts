import type { Seen } from '../visitor/seen.ts';
import type { Visitor } from '../visitor/create-visitor.ts';
import {
  addKey,
  addTotp,
  confirmTotp,
  makeRecoveryCodes,
  offerKey,
  offerTotp,
  setPassword,
} from './enrol-steps.ts';

/** A factor as its owner's page shows it. */
export interface ListedFactor {
  readonly id: string;
  readonly name: string;
  /** The page has a button that takes it away. */
  readonly removable: boolean;
}

/** The factors on the owner's own page that have buttons; empty when the page does not open. */
async function list(visitor: Visitor): Promise<readonly ListedFactor[]> {
  const { page } = await visitor.get('/');
  const forms = page?.forms ?? [];
  const idsFor = (act: string): readonly string[] =>
    forms.flatMap(
      ({ action }) => new RegExp(`^/account/factors/([0-9a-f-]{36})/${act}$`).exec(action)?.[1] ?? [],
    );
  const removable = new Set(idsFor('remove'));
  return [...new Set([...idsFor('rename'), ...removable])].map((id) => ({
    id,
    name: forms.find(({ action }) => action === `/account/factors/${id}/rename`)?.fields['name'] ?? '',
    removable: removable.has(id),
  }));
}

const remove = (visitor: Visitor, id: string): Promise<Seen> =>
  visitor.post(`/account/factors/${id}/remove`, {});
const rename = (visitor: Visitor, id: string, name: string): Promise<Seen> =>
  visitor.post(`/account/factors/${id}/rename`, { name });

export const factor = {
  list,
  remove,
  rename,
  add: { totp: addTotp, key: addKey, password: setPassword, recoveryCodes: makeRecoveryCodes },
  /** The two halves of adding, for cases that come between. */
  offer: { totp: offerTotp, key: offerKey },
  confirm: { totp: confirmTotp },
};
