import { METHODS, type Method } from '@countersign/core/factor/factor';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Step, StepKey } from '../../desk/signin/step.ts';
import { makeChallenge, showSignin, type Standing } from '../../desk/signin/show-signin.ts';
import { visitorOf } from '../../http/client-address.ts';
import { cookieOf } from '../../http/cookies.ts';
import { seeOther, sendPage } from '../../http/send-page.ts';
import { renderSignin } from '../../pages/render-signin.ts';
import type { Problem, SigninView } from '../../pages/views.ts';
import { contextOf, sessionOf, type SurfaceDeps } from '../kit/surface.ts';

export interface Showing {
  readonly id: string;
  readonly key: StepKey | null;
  /** The page asked for: another method, the choice of methods, or the way out for a lost device. */
  readonly wanted: Method | 'choose' | 'lost' | null;
  readonly problem: Problem | null;
  readonly status: number;
  readonly ended?: Extract<Step, { kind: 'ended' }>;
}

/** Shows where the sign-in stands: the page for the step that is due, or that it is over. */
export async function showStanding(
  deps: SurfaceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  showing: Showing,
): Promise<FastifyReply> {
  const now = deps.clock();
  const { key, id } = showing;
  const visitor = visitorOf(request);
  const standing = showing.ended ?? (key === null ? UNKNOWN : await showSignin(deps.desk, key, visitor, now));
  if (standing.kind === 'ended') return showEnded(deps, request, reply, standing, showing.status);

  const method = methodToShow(standing, showing.wanted, cookieOf(request, 'last'));
  const asksKey = method === 'passkey' || method === 'security-key' || standing.name === null;
  const options = asksKey && key !== null ? await makeChallenge(deps.desk, key, visitor, now) : null;
  const view = toView(deps, id, standing, method, options, showing);
  return sendPage(reply, renderSignin(view, contextOf(deps, request, reply, null)), {
    status: showing.status,
    formAction: standing.opened.returnOrigin,
  });
}

const UNKNOWN: Extract<Step, { kind: 'ended' }> = { kind: 'ended', reason: 'signin.unknown', opened: null };

/** Asked for, else what this browser used last, else the strongest; a way out is never the first thing shown. */
function methodToShow(standing: Standing, wanted: Showing['wanted'], last: string | null): Method {
  const offered = (method: string | null): method is Method =>
    METHODS.some((one) => one === method && standing.offers.includes(one));
  if (offered(wanted)) return wanted;
  if (offered(last) && last !== 'recovery-code' && last !== 'temporary-pass') return last;
  return (
    standing.offers.find((method) => method !== 'recovery-code' && method !== 'temporary-pass') ??
    standing.offers[0] ??
    'password'
  );
}

function toView(
  deps: SurfaceDeps,
  transaction: string,
  standing: Standing,
  method: Method,
  options: unknown,
  { wanted, problem }: Showing,
): SigninView {
  const { name, opened, offers } = standing;
  const base = { transaction, appName: opened.appName };
  if (name === null)
    return {
      kind: 'name',
      ...base,
      problem,
      passkey: { options, autofill: true },
      typedName: opened.loginHint ?? '',
    };
  const why = standing.stepUp ? 'step-up' : 'sign-in';
  const others = offers.filter((one) => one !== method && one !== 'recovery-code');
  if (wanted === 'choose')
    return { kind: 'choose', ...base, name, methods: offers.filter((one) => one !== 'recovery-code'), why };
  if (wanted === 'lost') {
    return {
      kind: 'lost',
      ...base,
      name,
      others: offers.filter((one) => one !== 'recovery-code'),
      recoveryCode: offers.includes('recovery-code'),
      contact: deps.contact,
    };
  }
  return {
    kind: 'prove',
    ...base,
    name,
    method,
    others,
    problem,
    passkey: options === null ? null : { options, autofill: false },
    why,
    recoveryCodesLeft: standing.recoveryCodesLeft,
  };
}

async function showEnded(
  deps: SurfaceDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  ended: Extract<Step, { kind: 'ended' }>,
  status: number,
): Promise<FastifyReply> {
  // Someone who came back to a sign-in that succeeded (back button, bookmark) is sent on, not scolded.
  if (request.method === 'GET' && (await sessionOf(deps, request))?.session.kind === 'full')
    return seeOther(reply, '/');
  const returnTo = ended.opened?.returnTo ?? '/';
  const restart = returnTo === '/' ? '/signin' : returnTo;
  const view: SigninView = { kind: 'ended', reason: ended.reason, restart, contact: deps.contact };
  return sendPage(reply, renderSignin(view, contextOf(deps, request, reply, null)), {
    status: status === 200 ? 410 : status,
  });
}
