import { isStrong } from '@countersign/core/factor/factor';
import { recoveryCodesLeft } from '@countersign/core/factor/match-recovery-code';
import { asId } from '@countersign/core/kernel/id';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { endOtherSessions } from '../../desk/account/end-other-sessions.ts';
import { endOwnSession } from '../../desk/account/end-own-session.ts';
import { endSession } from '../../desk/account/end-session.ts';
import { portalAsk } from '../../desk/apps.ts';
import { decide } from '../../desk/decide.ts';
import type { Answer } from '../../desk/enrol/answer.ts';
import { keepReason, removeFactor } from '../../desk/enrol/remove-factor.ts';
import { renameFactor } from '../../desk/enrol/rename-factor.ts';
import { visitorOf } from '../../http/client-address.ts';
import { clearCookie } from '../../http/cookies.ts';
import { describeAgent } from '../../http/describe-agent.ts';
import { seeOther, sendPage } from '../../http/send-page.ts';
import { renderAccount } from '../../pages/render-account.ts';
import type { AccountView, FactorCard, Problem } from '../../pages/views.ts';
import type { SessionOwner, StoredSession } from '../../ports/session-store.ts';
import { formOf } from '../kit/form.ts';
import { stepUp } from '../kit/step-up.ts';
import { contextOf, sessionOf, type SurfaceDeps } from '../kit/surface.ts';

const params = z.strictObject({ id: z.uuid() });
const NOTICES = ['password', 'factor', 'removed', 'renamed', 'session', 'others'] as const;
const shown = z.object({ done: z.enum(NOTICES).optional(), lang: z.string().max(10).optional() });

/** A person's own page: factors, sessions, sign-out (ux.md P1, P3). */
export function accountRoutes(app: FastifyInstance, deps: SurfaceDeps): void {
  const { desk, clock } = deps;

  const show = async (
    request: FastifyRequest,
    reply: FastifyReply,
    owner: SessionOwner,
    notice: string | null,
    problem: Problem | null,
  ): Promise<FastifyReply> => {
    const sessions = await desk.sessions.ofAccount(owner.session.accountId);
    const view = toView(owner, sessions, notice, problem);
    return sendPage(reply, renderAccount(view, contextOf(deps, request, reply, owner)), {
      status: problem === null ? 200 : problem.reason.endsWith('.unknown') ? 404 : 422,
    });
  };

  /** Only a full session that still satisfies the policy has a page of its own. */
  const withOwner =
    (work: (owner: SessionOwner, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const owner = await sessionOf(deps, request);
      if (owner === null) return seeOther(reply, '/signin');
      if (owner.session.kind === 'enrolment') return seeOther(reply, '/enrol');
      const { outcome } = decide(owner.person, owner.session.proofs, portalAsk, clock());
      return outcome.kind === 'allow'
        ? work(owner, request, reply)
        : stepUp(deps, reply, owner, portalAsk, '/');
    };

  const act = (
    path: string,
    work: (owner: SessionOwner, request: FastifyRequest) => Promise<Answer<null>>,
    notice: (typeof NOTICES)[number],
  ): void => {
    app.post(
      path,
      { schema: { hide: true, ...(path.includes(':id') ? { params } : {}) } },
      withOwner(async (owner, request, reply) => {
        const answer = await work(owner, request);
        switch (answer.kind) {
          case 'done':
            return seeOther(reply, `/?done=${notice}`);
          case 'step-up':
            return stepUp(deps, reply, owner, answer.ask, '/');
          case 'refused':
            return show(request, reply, owner, null, { reason: answer.reason, retryAt: answer.retryAt });
        }
      }),
    );
  };

  app.get(
    '/',
    { schema: { hide: true, querystring: shown } },
    withOwner((owner, request, reply) => {
      const { done } = request.query as z.output<typeof shown>;
      return show(request, reply, owner, done ?? null, null);
    }),
  );

  const idOf = (request: FastifyRequest): string => (request.params as z.output<typeof params>).id;
  act(
    '/account/factors/:id/rename',
    (owner, request) => {
      const { name } = formOf(z.strictObject({ name: z.string().max(200) }), request);
      return renameFactor(desk, owner, asId(idOf(request)), name, visitorOf(request), clock());
    },
    'renamed',
  );
  act(
    '/account/factors/:id/remove',
    (owner, request) => removeFactor(desk, owner, asId(idOf(request)), visitorOf(request), clock()),
    'removed',
  );
  act(
    '/account/sessions/:id/end',
    (owner, request) => endOwnSession(desk, owner, asId(idOf(request)), visitorOf(request), clock()),
    'session',
  );
  act(
    '/account/sessions/end-others',
    (owner, request) => endOtherSessions(desk, owner, visitorOf(request), clock()),
    'others',
  );

  app.post('/signout', { schema: { hide: true } }, async (request, reply) => {
    const owner = await sessionOf(deps, request);
    if (owner !== null) await endSession(desk, owner, visitorOf(request), clock());
    clearCookie(reply, 'session');
    return seeOther(reply, '/signin');
  });
}

function toView(
  owner: SessionOwner,
  sessions: readonly StoredSession[],
  notice: string | null,
  problem: Problem | null,
): AccountView {
  const { account, factors, recovery } = owner.person;
  // A pass is an administrator's loan, not a way in of one's own.
  const own = factors.filter(({ method }) => method !== 'temporary-pass');
  const cards = own.map(
    (factor): FactorCard => ({
      id: factor.id,
      method: factor.method,
      name: factor.name,
      createdAt: factor.createdAt,
      lastUsedAt: factor.lastUsedAt,
      synced: factor.traits.kind === 'webauthn' ? factor.traits.backupEligible : null,
      model: null,
      keepReason: keepReason(factor, factors),
      codesLeft:
        factor.method === 'recovery-code' && recovery !== null ? recoveryCodesLeft(recovery.codes) : null,
    }),
  );
  return {
    displayName: account.displayName,
    login: account.login,
    email: account.email,
    factors: cards,
    sessions: sessions
      .filter(({ session }) => session.kind === 'full')
      .map(({ session, agent, address }) => ({
        id: session.id,
        current: session.id === owner.session.id,
        startedAt: session.startedAt,
        lastSeenAt: session.lastSeenAt,
        agent: describeAgent(agent),
        address,
      })),
    onlyOneWayIn: factors.filter(({ method }) => isStrong(method)).length < 2,
    notice,
    problem,
  };
}
