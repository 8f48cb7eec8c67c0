import type { Method } from '@countersign/core/factor/factor';
import { tidyTypedCode } from '@countersign/core/factor/tidy-typed-code';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Answer } from '../../desk/enrol/answer.ts';
import { beginTotp, confirmTotp, resumeTotp, type BegunTotp } from '../../desk/enrol/enrol-totp.ts';
import { beginWebAuthn, confirmWebAuthn, type KeyKind } from '../../desk/enrol/enrol-webauthn.ts';
import { canSignIn, factorAuthority } from '../../desk/enrol/factor-authority.ts';
import { endSession } from '../../desk/account/end-session.ts';
import { makeRecoveryCodes } from '../../desk/enrol/make-recovery-codes.ts';
import { factorName } from '../../desk/enrol/rename-factor.ts';
import { setPassword } from '../../desk/enrol/set-password.ts';
import { visitorOf } from '../../http/client-address.ts';
import { clearCookie } from '../../http/cookies.ts';
import { seeOther, sendPage } from '../../http/send-page.ts';

import { renderEnrol } from '../../pages/render-enrol.ts';
import type { EnrolView, Problem } from '../../pages/views.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import { formOf } from '../kit/form.ts';
import { parseJson } from '../kit/parse-json.ts';
import { stepUp } from '../kit/step-up.ts';
import { contextOf, sessionOf, type SurfaceDeps } from '../kit/surface.ts';
import { qrSvg } from './qr-svg.ts';

const text = (longest: number): z.ZodString => z.string().max(longest);

const FORMS = {
  password: z.strictObject({
    password: text(2_048),
    current: text(2_048).optional(),
    username: text(1_024).optional(),
  }),
  totp: z.strictObject({ pending: z.uuid(), code: text(64), name: text(200) }),
  key: z.strictObject({
    kind: z.enum(['passkey', 'security-key']),
    challenge: text(128),
    response: text(64 * 1_024),
    name: text(200),
  }),
} as const;

/** The pages on which factors are added: by the invited, the recovering, and those who are signed in. */
export function enrolRoutes(app: FastifyInstance, deps: SurfaceDeps): void {
  const { desk, clock } = deps;

  const withOwner =
    (work: (owner: SessionOwner, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const owner = await sessionOf(deps, request);
      return owner === null ? seeOther(reply, '/signin') : work(owner, request, reply);
    };
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    owner: SessionOwner,
    view: EnrolView,
    status = 200,
  ): Promise<FastifyReply> =>
    sendPage(reply, renderEnrol(view, contextOf(deps, request, reply, owner)), { status });
  /** What every answer but `done` means for a page: a step-up first, or the same page with its problem. */
  const otherwise = async <V>(
    answer: Exclude<Answer<V>, { kind: 'done' }>,
    reply: FastifyReply,
    owner: SessionOwner,
    returnTo: string,
    again: (problem: Problem) => FastifyReply | Promise<FastifyReply>,
  ): Promise<FastifyReply> =>
    answer.kind === 'step-up'
      ? stepUp(deps, reply, owner, answer.ask, returnTo)
      : again({ reason: answer.reason, retryAt: answer.retryAt });

  const options = { schema: { hide: true } };

  app.get(
    '/enrol',
    options,
    withOwner((owner, request, reply) => show(request, reply, owner, chooseView(owner))),
  );

  app.get(
    '/enrol/password',
    options,
    withOwner(async (owner, request, reply) => {
      const authority = factorAuthority(owner, clock());
      if (authority.kind === 'step-up') return stepUp(deps, reply, owner, authority.ask, '/enrol/password');
      return show(request, reply, owner, passwordView(owner, null, []));
    }),
  );
  app.post(
    '/enrol/password',
    options,
    withOwner(async (owner, request, reply) => {
      const form = formOf(FORMS.password, request);
      const answer = await setPassword(
        desk,
        owner,
        { password: form.password, current: form.current ?? '' },
        visitorOf(request),
        clock(),
      );
      if (answer.kind === 'done')
        return seeOther(reply, owner.session.kind === 'full' ? '/?done=password' : '/enrol');
      return otherwise(answer, reply, owner, '/enrol/password', (problem) =>
        show(
          request,
          reply,
          owner,
          passwordView(owner, problem, answer.kind === 'refused' ? (answer.reasons ?? []) : []),
          422,
        ),
      );
    }),
  );

  app.get(
    '/enrol/totp',
    options,
    withOwner(async (owner, request, reply) => {
      const answer = await beginTotp(desk, owner, clock());
      if (answer.kind === 'done') return show(request, reply, owner, totpView(answer.value, '', null));
      return otherwise(answer, reply, owner, '/enrol/totp', () => seeOther(reply, '/enrol'));
    }),
  );
  app.post(
    '/enrol/totp',
    options,
    withOwner(async (owner, request, reply) => {
      const form = formOf(FORMS.totp, request);
      const input = {
        pending: form.pending,
        code: tidyTypedCode(form.code),
        name: factorName(form.name) || 'Authenticator app',
      };
      const answer = await confirmTotp(desk, owner, input, visitorOf(request), clock());
      if (answer.kind === 'done') return seeOther(reply, afterBinding(owner));
      return otherwise(answer, reply, owner, '/enrol/totp', async (problem) => {
        const begun = await resumeTotp(desk, owner, form.pending, clock());
        return begun === null
          ? seeOther(reply, '/enrol/totp')
          : show(request, reply, owner, totpView(begun, form.name, problem), 422);
      });
    }),
  );

  const showKey = async (
    owner: SessionOwner,
    request: FastifyRequest,
    reply: FastifyReply,
    kind: KeyKind,
    problem: Problem | null,
  ): Promise<FastifyReply> => {
    const answer = await beginWebAuthn(desk, owner, kind, clock());
    if (answer.kind !== 'done')
      return otherwise(answer, reply, owner, `/enrol/${kind}`, () => seeOther(reply, '/enrol'));
    return show(request, reply, owner, keyView(kind, answer.value, problem), problem === null ? 200 : 422);
  };
  app.get(
    '/enrol/passkey',
    options,
    withOwner((owner, request, reply) => showKey(owner, request, reply, 'passkey', null)),
  );
  app.get(
    '/enrol/security-key',
    options,
    withOwner((owner, request, reply) => showKey(owner, request, reply, 'security-key', null)),
  );
  app.post(
    '/enrol/passkey',
    options,
    withOwner(async (owner, request, reply) => {
      const form = formOf(FORMS.key, request);
      const input = { ...form, response: parseJson(form.response), name: factorName(form.name) };
      const answer = await confirmWebAuthn(desk, owner, input, visitorOf(request), clock());
      if (answer.kind === 'done') return seeOther(reply, afterBinding(owner));
      return otherwise(answer, reply, owner, `/enrol/${form.kind}`, (problem) =>
        showKey(owner, request, reply, form.kind, problem),
      );
    }),
  );

  app.post(
    '/enrol/recovery-codes',
    options,
    withOwner(async (owner, request, reply) => {
      const answer = await makeRecoveryCodes(desk, owner, visitorOf(request), clock());
      const next = owner.session.kind === 'full' ? '/' : '/enrol/done';
      if (answer.kind !== 'done')
        return otherwise(answer, reply, owner, next, () => seeOther(reply, '/enrol'));
      const { login } = owner.person.account;
      return show(request, reply, owner, {
        kind: 'recovery-codes',
        codes: answer.value,
        login,
        host: desk.site().host,
        madeAt: clock(),
        next,
      });
    }),
  );

  app.post(
    '/enrol/done',
    options,
    withOwner(async (owner, request, reply) => {
      if (owner.session.kind === 'full') return seeOther(reply, '/');
      await endSession(desk, owner, visitorOf(request), clock());
      clearCookie(reply, 'session');
      return show(request, reply, owner, { kind: 'done', signInAt: '/signin' });
    }),
  );
}

const afterBinding = ({ session }: SessionOwner): string =>
  session.kind === 'full' ? '/?done=factor' : '/enrol';

function chooseView({ person, session, boundBy }: SessionOwner): EnrolView {
  const has = (method: Method): boolean => person.factors.some((factor) => factor.method === method);
  const why =
    session.kind === 'full'
      ? 'another'
      : boundBy === 'recovery' || boundBy === 'temporary-pass'
        ? 'recovery'
        : 'first';
  return {
    kind: 'choose',
    displayName: person.account.displayName,
    why,
    has: {
      password: has('password'),
      totp: has('totp'),
      passkey: has('passkey'),
      securityKey: has('security-key'),
      codes: has('recovery-code'),
    },
    ready: canSignIn(person),
  };
}

const passwordView = (
  { person, session }: SessionOwner,
  problem: Problem | null,
  problems: readonly string[],
): EnrolView => ({
  kind: 'password',
  login: person.account.login,
  minimum: 8,
  change: person.password !== null && session.kind === 'full',
  problem,
  problems,
});

const totpView = (begun: BegunTotp, name: string, problem: Problem | null): EnrolView => ({
  kind: 'totp',
  ...begun,
  qrSvg: qrSvg(begun.uri),
  name,
  problem,
});

const keyView = (kind: KeyKind, options: unknown, problem: Problem | null): EnrolView => ({
  kind: 'passkey',
  pending: kind,
  options,
  securityKey: kind === 'security-key',
  suggestedName: '',
  problem,
});
