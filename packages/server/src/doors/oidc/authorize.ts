import type { ReasonId } from '@countersign/core/audit/event';
import type { Strength } from '@countersign/core/factor/strength';
import type { GrantFacts } from '@countersign/core/grant/grant';
import { strengthAsked } from '../../desk/app-ask.ts';
import { grantForSession, judgeSession } from '../../desk/grant-for-session.ts';
import { byAccount, record } from '../../desk/record.ts';
import type { App } from '../../ports/apps.ts';
import type { SessionOwner } from '../../ports/session-store.ts';
import type { OidcDeps } from './deps.ts';
import type { Exchange, ToSignIn } from './exchange.ts';
import type { AuthorizeRequest } from './parse.ts';
import type { Refusal } from './refuse.ts';
import { isAbout, toAsk } from './to-ask.ts';

export type Authorized =
  | { readonly kind: 'granted'; readonly grant: GrantFacts; readonly owner: SessionOwner }
  | ({ readonly kind: 'sign-in' } & ToSignIn)
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface AuthorizeInput {
  readonly request: AuthorizeRequest;
  readonly app: App;
  /** The subject by which this app knows a person. */
  readonly subjectOf: (owner: SessionOwner) => string;
  /** True when the person comes back from a sign-in of this very request. */
  readonly returning: boolean;
}

type Deps = Pick<OidcDeps, 'sessions' | 'sessionOf' | 'random' | 'commit'>;

/**
 * Whether this browser's session is worth a grant for the request: decided, issued and committed, or what is
 * missing. Nothing that the library remembers of earlier requests takes part.
 *
 * A demand for an `acr` is met by whoever can meet it. Who cannot: an essential demand refuses (R-OIDC-21), a
 * voluntary one is dropped and the token states what is true. Who is not known yet signs in first.
 */
export async function authorize(deps: Deps, exchange: Exchange, input: AuthorizeInput): Promise<Authorized> {
  const { request, app, returning } = input;
  const { values, essential } = request.acr;
  const asked = strengthAsked(values);
  if (essential && asked === null) return { kind: 'refused', refusal: { kind: 'unmet' } };

  const found = await deps.sessionOf(exchange.http.req);
  const opened = (strength: Strength | null): ToSignIn['opened'] =>
    toAsk(request, app, strength, exchange.began);
  if (found !== null && !isAbout(request, found, input.subjectOf(found))) {
    // Whoever just signed in is somebody else. A session that is over is nobody: that person may still come.
    const living = returning && (await judgeSession(deps, found.session.id, opened(null), exchange.now));
    if (living && (living.kind !== 'sign-in' || living.owner !== null)) {
      return { kind: 'refused', refusal: { kind: 'other_person' } };
    }
    return { kind: 'sign-in', opened: opened(essential ? asked : null), session: null };
  }
  const first = await attempt(deps, exchange, opened(asked), found);
  if (first.kind === 'sign-in' && first.session === null) {
    return { ...first, opened: opened(essential ? asked : null) };
  }
  if (asked === null || found === null) return first;
  const tooWeak = first.kind === 'refused' && isTooWeak(first.refusal);
  if (tooWeak && essential) return { kind: 'refused', refusal: { kind: 'unmet' } };
  // Without a page there is no asking for more: then, too, a wish is only a wish.
  const silent = first.kind === 'sign-in' && request.prompts.has('none') && !essential;
  return tooWeak || silent ? attempt(deps, exchange, opened(null), found) : first;
}

const isTooWeak = (refusal: Refusal): boolean =>
  refusal.kind === 'blocked' && refusal.reason === 'factor.not_strong_enough';

async function attempt(
  deps: Deps,
  exchange: Exchange,
  opened: ToSignIn['opened'],
  found: SessionOwner | null,
): Promise<Authorized> {
  const answer = await grantForSession(
    deps,
    found?.session.id ?? null,
    opened,
    exchange.visitor,
    exchange.now,
  );
  switch (answer.kind) {
    case 'granted':
      return { kind: 'granted', grant: answer.grant.facts, owner: answer.owner };
    case 'sign-in':
      return { kind: 'sign-in', opened, session: answer.owner };
    case 'blocked':
      return { kind: 'refused', refusal: { kind: 'blocked', reason: answer.reason } };
  }
}

const isReason = (text: string): text is ReasonId => text.includes('.');

/** A person was refused an app: for the log, where the administrator finds why. */
export async function recordRefusal(
  { commit, random, sessionOf }: Pick<OidcDeps, 'commit' | 'random' | 'sessionOf'>,
  exchange: Exchange,
  app: App,
  reason: string,
): Promise<void> {
  const owner = await sessionOf(exchange.http.req);
  if (owner === null) return;
  const { id } = owner.person.account;
  await commit([
    record(random, exchange.visitor, exchange.now, {
      type: 'grant.refused',
      actor: byAccount(id),
      outcome: 'refused',
      subject: id,
      door: 'oidc',
      app: app.id,
      session: owner.session.id,
      reasons: isReason(reason) ? [reason] : [],
    }),
  ]);
}
