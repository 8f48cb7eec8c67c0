import { brief, type Seen } from '../visitor/seen.ts';
import type { ApiCaller } from './operator.ts';

export interface InviteAsk {
  readonly login: string;
  readonly displayName: string;
  readonly email?: string | null;
  readonly roles?: readonly string[];
  readonly locale?: string;
}

const people = '/api/v1/people';

const act =
  (path: string) =>
  (caller: ApiCaller, id: string, body?: unknown): Promise<Seen> =>
    caller.json('POST', `${people}/${id}/${path}`, body);

/** What an administrator does: as the operator on the socket, or signed in over HTTP. Each answers as the API did. */
export const admin = {
  me: (caller: ApiCaller): Promise<Seen> => caller.json('GET', '/api/v1/me'),
  status: (caller: ApiCaller): Promise<Seen> => caller.json('GET', '/api/v1/system/status'),
  invite: (caller: ApiCaller, ask: InviteAsk): Promise<Seen> => caller.json('POST', people, ask),
  people: (caller: ApiCaller, query = ''): Promise<Seen> => caller.json('GET', `${people}${query}`),
  person: (caller: ApiCaller, id: string): Promise<Seen> => caller.json('GET', `${people}/${id}`),
  update: (caller: ApiCaller, id: string, change: unknown): Promise<Seen> =>
    caller.json('PATCH', `${people}/${id}`, change),
  disable: act('disable'),
  enable: act('enable'),
  unlock: act('unlock'),
  endSessions: act('end-sessions'),
  /** A new invitation, or for someone with factors a recovery link. */
  renewLink: act('link'),
  temporaryPass: act('temporary-pass'),
  removeFactor: (caller: ApiCaller, id: string, factorId: string): Promise<Seen> =>
    caller.json('DELETE', `${people}/${id}/factors/${factorId}`),
  createApp: (caller: ApiCaller, app: unknown): Promise<Seen> => caller.json('POST', '/api/v1/apps', app),
  updateApp: (caller: ApiCaller, id: string, change: unknown): Promise<Seen> =>
    caller.json('PATCH', `/api/v1/apps/${id}`, change),
};

/** A member of a JSON answer, by its path; fails with the answer when it is not there. */
export function member(seen: Seen, ...path: readonly string[]): unknown {
  let value: unknown = seen.json;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !(name in value))
      throw new Error(`no ${path.join('.')} in the answer: ${brief(seen)}`);
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

export function textMember(seen: Seen, ...path: readonly string[]): string {
  const value = member(seen, ...path);
  if (typeof value !== 'string') throw new Error(`${path.join('.')} is no text: ${brief(seen)}`);
  return value;
}
