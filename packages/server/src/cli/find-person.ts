import type { PersonSummary } from '@countersign/contract/api/people';
import type { ApiClient } from './api-client.ts';
import { Ending, EXIT } from './ending.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of a person named by sign-in name, e-mail address or id. */
export async function findPerson(api: ApiClient, named: string): Promise<string> {
  if (UUID.test(named)) return named;
  const { items } = await api.get<{ readonly items: readonly PersonSummary[] }>(
    `/people?name=${encodeURIComponent(named)}`,
  );
  const found = items[0];
  if (found === undefined)
    throw new Ending(EXIT.finding, `There is nobody named ${named}. (account.unknown)`);
  return found.id;
}
