import { METHODS } from '@countersign/core/factor/factor';
import { tidyTypedCode } from '@countersign/core/factor/tidy-typed-code';
import { asId } from '@countersign/core/kernel/id';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { portalAsk } from '../../desk/apps.ts';
import { namePerson } from '../../desk/signin/name-person.ts';
import { provePasskey } from '../../desk/signin/prove-passkey.ts';
import { provePassword } from '../../desk/signin/prove-password.ts';
import { proveRecoveryCode } from '../../desk/signin/prove-recovery-code.ts';
import { proveTemporaryPass } from '../../desk/signin/prove-temporary-pass.ts';
import { proveTotp } from '../../desk/signin/prove-totp.ts';
import { startSignin } from '../../desk/signin/start-signin.ts';
import type { Step, StepKey } from '../../desk/signin/step.ts';
import { visitorOf } from '../../http/client-address.ts';
import { setTransactionCookie, transactionSecretOf } from '../../http/cookies.ts';
import { seeOther } from '../../http/send-page.ts';
import { formOf } from '../kit/form.ts';
import { parseJson } from '../kit/parse-json.ts';
import type { SurfaceDeps } from '../kit/surface.ts';
import { answerStep } from './answer-step.ts';
import { showStanding } from './show-standing.ts';

const params = z.strictObject({ transaction: z.uuid() });
const shown = z.object({
  with: z.enum([...METHODS, 'choose', 'lost']).optional(),
  lang: z.string().max(10).optional(),
});

const text = (longest: number): z.ZodString => z.string().max(longest);

const FORMS = {
  name: z.strictObject({ name: text(1_024) }),
  // The hidden user name is for password managers; whom the password is for stands in the transaction (I-03).
  password: z.strictObject({ password: text(2_048), username: text(1_024).optional() }),
  code: z.strictObject({ code: text(64) }),
  passkey: z.strictObject({ response: text(64 * 1_024), challenge: text(128) }),
} as const;

/** The sign-in pages: each route reads a form, takes one step at the desk and shows where the sign-in stands. */
export function signinRoutes(app: FastifyInstance, deps: SurfaceDeps): void {
  const { desk, clock } = deps;

  const post = (path: string, step: (key: StepKey, request: FastifyRequest) => Promise<Step>): void => {
    app.post(`/signin/:transaction/${path}`, { schema: { params, hide: true } }, async (request, reply) => {
      const key = keyOf(request);
      if (key === null)
        return answerStep(deps, request, reply, idOf(request), {
          kind: 'ended',
          reason: 'signin.unknown',
          opened: null,
        });
      return answerStep(deps, request, reply, key.id, await step(key, request));
    });
  };

  app.get('/signin', { schema: { hide: true } }, (_request, reply) => begin(deps, reply));

  app.get(
    '/signin/:transaction',
    { schema: { params, querystring: shown, hide: true } },
    async (request, reply) => {
      const wanted = (request.query as z.output<typeof shown>).with ?? null;
      return showStanding(deps, request, reply, {
        id: idOf(request),
        key: keyOf(request),
        wanted,
        problem: null,
        status: 200,
      });
    },
  );

  // A page shown in answer to a form has the form's address; asked for again, it is the page of the transaction.
  for (const step of ['name', 'password', 'totp', 'recovery-code', 'temporary-pass', 'passkey']) {
    app.get(`/signin/:transaction/${step}`, { schema: { params, hide: true } }, async (request, reply) =>
      seeOther(reply, `/signin/${idOf(request)}`),
    );
  }

  app.post('/signin/:transaction/restart', { schema: { params, hide: true } }, (_request, reply) =>
    begin(deps, reply),
  );

  post('name', (key, request) =>
    namePerson(desk, key, formOf(FORMS.name, request).name, visitorOf(request), clock()),
  );
  post('password', (key, request) =>
    provePassword(desk, key, formOf(FORMS.password, request).password, visitorOf(request), clock()),
  );
  post('totp', (key, request) =>
    proveTotp(desk, key, tidyTypedCode(formOf(FORMS.code, request).code), visitorOf(request), clock()),
  );
  post('recovery-code', (key, request) =>
    proveRecoveryCode(desk, key, formOf(FORMS.code, request).code, visitorOf(request), clock()),
  );
  post('temporary-pass', (key, request) =>
    proveTemporaryPass(desk, key, formOf(FORMS.code, request).code, visitorOf(request), clock()),
  );
  post('passkey', (key, request) => {
    const { response, challenge } = formOf(FORMS.passkey, request);
    return provePasskey(desk, key, parseJson(response), challenge, visitorOf(request), clock());
  });
}

const idOf = (request: FastifyRequest): string => (request.params as z.output<typeof params>).transaction;

function keyOf(request: FastifyRequest): StepKey | null {
  const id = idOf(request);
  const secret = transactionSecretOf(request, id);
  return secret === null ? null : { id: asId(id), secret };
}

/** A sign-in to our own pages. */
async function begin({ desk, clock }: SurfaceDeps, reply: FastifyReply): Promise<FastifyReply> {
  const opened = {
    ask: portalAsk,
    appName: desk.site().organisation,
    askedAcr: [],
    returnTo: '/',
    returnOrigin: null,
    loginHint: null,
  };
  const started = await startSignin(desk, opened, null, clock());
  setTransactionCookie(reply, started.id, started.secret);
  return seeOther(reply, `/signin/${started.id}`);
}
