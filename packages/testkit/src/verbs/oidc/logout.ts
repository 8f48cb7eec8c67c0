import type { Visitor } from '../../visitor/create-visitor.ts';
import type { Seen } from '../../visitor/seen.ts';

/** Sends a browser to sign out at an app's wish; a page that asks is answered with yes. */
export async function logout(visitor: Visitor, parameters: Readonly<Record<string, string>>): Promise<Seen> {
  const seen = await visitor.get(`/oidc/logout?${new URLSearchParams(parameters).toString()}`);
  const confirm = seen.page?.forms.find(({ action }) => action.endsWith('/oidc/logout/confirm'));
  return confirm === undefined ? seen : visitor.submit(confirm.action);
}
