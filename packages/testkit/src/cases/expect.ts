import { admin, member } from '../verbs/admin.ts';
import { audit, type EventsAsk, type ListedEvent } from '../verbs/audit.ts';
import { isSignedIn } from '../verbs/login.ts';
import type { Visitor } from '../visitor/create-visitor.ts';
import { brief, type Seen } from '../visitor/seen.ts';
import { check } from './case.ts';
import type { Stage } from './stage.ts';

export const SESSION = '__Host-cs-session';

const setsSession = ({ setCookies }: Seen): boolean =>
  setCookies.some((line) => line.startsWith(`${SESSION}=`) && !line.startsWith(`${SESSION}=;`));

/** The answer refuses: a client error, and no session with it. */
export function refused(seen: Seen, what: string): void {
  check(seen.status >= 400 && seen.status < 500, `${what} was not refused: ${brief(seen)}`);
  check(!setsSession(seen), `${what} was answered with a session cookie`);
}

export function refusedWith(status: number, seen: Seen, what: string): void {
  refused(seen, what);
  check(seen.status === status, `${what}: expected ${status}, got ${brief(seen)}`);
}

/** The answer went on, with a redirect. */
export const wentOn = (seen: Seen, what: string): void =>
  check(seen.status === 303, `${what} did not go on: ${brief(seen)}`);

/** Nothing that this browser holds opens the person's own page. */
export const noGrant = async (visitor: Visitor, what: string): Promise<void> =>
  check(!(await isSignedIn(visitor)), `${what}: the browser is signed in`);

export const signedIn = async (visitor: Visitor, what: string): Promise<void> =>
  check(await isSignedIn(visitor), `${what}: the browser is not signed in`);

const consulted = new Set<Stage>();

/** AUD(x) of security.md §6: the event is in the log. That the log holds together is checked once at the end of the case. */
export async function recorded(
  stage: Stage,
  ask: EventsAsk,
  fits: (event: ListedEvent) => boolean = () => true,
): Promise<ListedEvent> {
  consulted.add(stage);
  const found = (await audit.events(stage.operator, ask)).find(fits);
  check(found !== undefined, `no event ${ask.type ?? ''} in the log about ${ask.subject ?? 'anybody'}`);
  return found;
}

/** Verifies the export of every log that the case has looked into, as an auditor does. */
export async function verifyLogs(): Promise<void> {
  const stages = Array.from(consulted);
  consulted.clear();
  for (const stage of stages) {
    await stage.deployment.tick();
    const exported = await audit.exportLog(stage.operator);
    check(exported.status === 200 && exported.body !== '', `the log was not exported: ${brief(exported)}`);
    const { exitCode, json, errors } = await audit.verify(exported.body);
    check(exitCode === 0, `the log does not verify: ${errors || JSON.stringify(json)}`);
  }
}

interface Guesses {
  readonly method: string;
  readonly from: string;
  readonly consecutive: number;
  readonly inWindow: number;
  readonly lockedUntil: string | null;
  readonly suspended: boolean;
}

/** What the ledger holds of a method, over all lanes. */
export async function ledger(
  stage: Stage,
  id: string,
  method: string,
): Promise<{ readonly consecutive: number; readonly inWindow: number; readonly lanes: readonly Guesses[] }> {
  const lanes = (member(await admin.person(stage.operator, id), 'guesses') as readonly Guesses[]).filter(
    (row) => row.method === method,
  );
  const sum = (read: (row: Guesses) => number): number => lanes.reduce((all, row) => all + read(row), 0);
  return { consecutive: sum((row) => row.consecutive), inWindow: sum((row) => row.inWindow), lanes };
}
