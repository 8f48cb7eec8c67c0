import type { Ask } from '@countersign/core/policy/ask';
import type { FastifyReply } from 'fastify';
import { startSignin } from '../../desk/signin/start-signin.ts';
import { setTransactionCookie } from '../../http/cookies.ts';
import { seeOther } from '../../http/send-page.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { SurfaceDeps } from './surface.ts';

/** Sends a signed-in person to prove more, and then back to a page of ours. */
export async function stepUp(
  { desk, clock }: SurfaceDeps,
  reply: FastifyReply,
  owner: SessionOwner,
  ask: Ask,
  returnTo: string,
): Promise<FastifyReply> {
  const opened = {
    ask,
    appName: desk.site().organisation,
    askedAcr: [],
    returnTo,
    returnOrigin: null,
    loginHint: owner.person.account.login,
  };
  const started = await startSignin(desk, opened, owner, clock());
  setTransactionCookie(reply, started.id, started.secret);
  return seeOther(reply, `/signin/${started.id}`);
}
