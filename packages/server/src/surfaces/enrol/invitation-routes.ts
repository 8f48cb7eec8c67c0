import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ReasonId } from '@countersign/core/audit/event';
import { lookAtInvitation, useInvitation } from '../../desk/enrol/open-invitation.ts';
import { visitorOf } from '../../http/client-address.ts';
import { setCookie } from '../../http/cookies.ts';
import { seeOther, sendPage } from '../../http/send-page.ts';
import { renderEnrol } from '../../pages/render-enrol.ts';
import { formOf } from '../kit/form.ts';
import { contextOf, type SurfaceDeps } from '../kit/surface.ts';

const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The links of invitations and recoveries. Opening one shows a button; only the button uses it. */
export function invitationRoutes(app: FastifyInstance, deps: SurfaceDeps): void {
  const refuse = (request: FastifyRequest, reply: FastifyReply, reason: ReasonId): Promise<FastifyReply> =>
    sendPage(
      reply,
      renderEnrol(
        { kind: 'invitation-refused', reason, contact: deps.contact },
        contextOf(deps, request, reply, null),
      ),
      { status: 410 },
    );

  app.get('/invitation/:token', { schema: { hide: true } }, async (request, reply) => {
    const given = token.safeParse((request.params as { token: string }).token);
    if (!given.success) return refuse(request, reply, 'invitation.unknown');
    const seen = await lookAtInvitation(deps.desk, given.data, deps.clock());
    if (!seen.ok) return refuse(request, reply, seen.error);
    return sendPage(
      reply,
      renderEnrol(
        { kind: 'invitation', token: given.data, purpose: seen.value.boundBy },
        contextOf(deps, request, reply, null),
      ),
    );
  });

  app.post('/invitation', { schema: { hide: true } }, async (request, reply) => {
    const form = formOf(z.strictObject({ token: z.string().max(200) }), request);
    const given = token.safeParse(form.token);
    if (!given.success) return refuse(request, reply, 'invitation.unknown');
    const used = await useInvitation(deps.desk, given.data, visitorOf(request), deps.clock());
    if (!used.ok) return refuse(request, reply, used.error);
    setCookie(reply, 'session', used.value.secret, null);
    return seeOther(reply, '/enrol');
  });
}
