import { days } from '@countersign/core/kernel/time';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Step } from '../../desk/signin/step.ts';
import {
  clearTransactionCookie,
  setCookie,
  setTransactionCookie,
  transactionSecretOf,
} from '../../http/cookies.ts';
import { seeOther } from '../../http/send-page.ts';
import { asId } from '@countersign/core/kernel/id';
import type { SurfaceDeps } from '../kit/surface.ts';
import { showStanding } from './show-standing.ts';

const STATUS_OF: Readonly<Record<string, number>> = {
  'signin.busy': 503,
  'guess.locked': 429,
  'guess.suspended': 429,
};

/** Shows a browser how its step ended. Cookies are set here and nowhere else in the sign-in. */
export async function answerStep(
  deps: SurfaceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  step: Step,
): Promise<FastifyReply> {
  const now = deps.clock();
  switch (step.kind) {
    case 'continue':
      if (step.secret !== null) setTransactionCookie(reply, id, step.secret);
      return seeOther(reply, `/signin/${id}`);
    case 'granted':
      clearTransactionCookie(reply, id);
      setCookie(reply, 'session', step.session.secret, null);
      if (step.browser !== null) setCookie(reply, 'browser', step.browser, now + days(90));
      setCookie(reply, 'last', step.method, now + days(365));
      return seeOther(reply, step.opened.returnTo);
    case 'restricted':
      clearTransactionCookie(reply, id);
      setCookie(reply, 'session', step.session.secret, null);
      return seeOther(reply, '/enrol');
    case 'refused': {
      const secret = transactionSecretOf(request, id);
      const key = secret === null ? null : { id: asId<'transaction'>(id), secret };
      const status = STATUS_OF[step.reason] ?? 422;
      if (step.retryAt !== null)
        reply.header('retry-after', String(Math.max(1, Math.ceil((step.retryAt - now) / 1_000))));
      const problem = { reason: step.reason, retryAt: step.retryAt };
      return showStanding(deps, request, reply, { id, key, wanted: step.method, problem, status });
    }
    case 'ended':
      clearTransactionCookie(reply, id);
      return showStanding(deps, request, reply, {
        id,
        key: null,
        wanted: null,
        problem: null,
        status: STATUS_OF[step.reason] ?? 410,
        ended: step,
      });
  }
}
