import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ReasonId } from '@countersign/core/audit/event';
import { checkSetupLink, setUp } from '../../desk/setup.ts';
import { visitorOf } from '../../http/client-address.ts';
import { setCookie } from '../../http/cookies.ts';
import { seeOther, sendPage } from '../../http/send-page.ts';
import { renderSetup } from '../../pages/render-setup.ts';
import type { SetupView } from '../../pages/views.ts';
import type { DeploymentStore } from '../../ports/deployment.ts';
import { formOf } from '../kit/form.ts';
import { contextOf, localeOf, type SurfaceDeps } from '../kit/surface.ts';

export interface SetupDeps extends SurfaceDeps {
  readonly deployment: DeploymentStore;
  /** The address that the settings state, which the form may then not change; null if they leave it open. */
  readonly statedUrl: string | null;
  /** Called once the address is fixed, so that this node serves under it. */
  readonly onAddressFixed: () => Promise<void>;
}

const text = (longest: number): z.ZodString => z.string().max(longest);
const form = z.strictObject({
  token: text(100),
  publicUrl: text(300),
  organisation: text(200),
  login: text(300),
  displayName: text(300),
  email: text(300),
});
type Form = z.output<typeof form>;
type Problem = { readonly field: string; readonly reason: ReasonId };

/** First run: the address, then the first owner. Closed for ever afterwards (I-49). */
export function setupRoutes(app: FastifyInstance, deps: SetupDeps): void {
  const { desk, clock, deployment } = deps;
  const show = (
    request: FastifyRequest,
    reply: FastifyReply,
    view: SetupView,
    status = 200,
  ): Promise<FastifyReply> =>
    sendPage(reply, renderSetup(view, contextOf(deps, request, reply, null)), { status });
  const refuse = (request: FastifyRequest, reply: FastifyReply, reason: ReasonId): Promise<FastifyReply> =>
    show(request, reply, reason === 'setup.closed' ? { kind: 'closed' } : { kind: 'refused', reason }, 410);

  app.get('/setup/:token', { schema: { hide: true } }, async (request, reply) => {
    const { token } = request.params as { token: string };
    const link = await checkSetupLink({ deployment }, token);
    if (!link.ok) return refuse(request, reply, link.error);
    const { origin, organisation } = desk.site();
    const empty: Form = {
      token,
      publicUrl: deps.statedUrl ?? origin,
      organisation,
      login: '',
      displayName: '',
      email: '',
    };
    return show(request, reply, formView(empty, observedUrl(request), []));
  });

  app.post('/setup', { schema: { hide: true } }, async (request, reply) => {
    const sent = formOf(form, request);
    const link = await checkSetupLink({ deployment }, sent.token);
    if (!link.ok) return refuse(request, reply, link.error);
    const observed = observedUrl(request);
    const problems = problemsOf(sent, observed, deps.statedUrl);
    if (problems.length > 0) return show(request, reply, formView(sent, observed, problems), 422);

    const first = {
      publicUrl: sent.publicUrl.replace(/\/$/, ''),
      organisation: sent.organisation.trim(),
      login: sent.login,
      displayName: sent.displayName.trim(),
      email: sent.email.trim() === '' ? null : sent.email.trim(),
      locale: localeOf(request, null),
    };
    const answer = await setUp({ ...desk, deployment }, sent.token, first, visitorOf(request), clock());
    if (!answer.ok) {
      if (answer.error.startsWith('name.'))
        return show(
          request,
          reply,
          formView(sent, observed, [{ field: 'login', reason: answer.error }]),
          422,
        );
      return refuse(request, reply, answer.error);
    }
    await deps.onAddressFixed();
    setCookie(reply, 'session', answer.value.secret, null);
    return seeOther(reply, '/enrol');
  });
}

/** The address in this browser's own address bar, as it says itself. Only ever shown and compared, never believed. */
function observedUrl(request: FastifyRequest): string {
  return request.headers.origin ?? `${request.protocol}://${request.host}`;
}

/** Control characters and half a character: no name has them, and the store refuses some. */
const UNUSABLE = /[\p{Cc}\p{Cs}]/u;

function problemsOf(sent: Form, observed: string, stated: string | null): readonly Problem[] {
  const url = sent.publicUrl.replace(/\/$/, '');
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const usable =
    parsed !== null &&
    parsed.origin === url &&
    (parsed.protocol === 'https:' ||
      /^(localhost|127\.0\.0\.1|\[::1\]|.+\.localhost)$/.test(parsed.hostname));
  const malformed = (['organisation', 'login', 'displayName', 'email'] as const).filter((field) =>
    UNUSABLE.test(sent[field]),
  );
  return [
    ...malformed.map((field) => ({ field, reason: 'field.malformed' }) as const),
    ...(usable ? [] : [{ field: 'publicUrl', reason: 'setup.address_unusable' } as const]),
    ...(usable && stated !== null && url !== stated
      ? [{ field: 'publicUrl', reason: 'setup.address_stated' } as const]
      : []),
    // A passkey made here is bound to the host in the address bar: it must be the one that is fixed.
    ...(usable && url !== observed ? [{ field: 'publicUrl', reason: 'setup.address_differs' } as const] : []),
    ...(sent.organisation.trim() === '' ? [{ field: 'organisation', reason: 'field.empty' } as const] : []),
    ...(sent.displayName.trim() === '' ? [{ field: 'displayName', reason: 'field.empty' } as const] : []),
    ...(sent.login.trim() === '' ? [{ field: 'login', reason: 'field.empty' } as const] : []),
    ...(sent.email.trim() !== '' && !/^[^@\s]+@[^@\s]+$/.test(sent.email.trim())
      ? [{ field: 'email', reason: 'field.email' } as const]
      : []),
  ];
}

const formView = (sent: Form, observed: string, problems: readonly Problem[]): SetupView => ({
  kind: 'form',
  ...sent,
  observedUrl: observed,
  problems,
});
