import { errors } from './internals.ts';
import type { MalformedRequest } from './parse.ts';

/** Why an authorization request of a known app ends without a code. */
export type Refusal =
  | { readonly kind: 'other_person' }
  | { readonly kind: 'unmet' }
  | { readonly kind: 'blocked'; readonly reason: string }
  | { readonly kind: 'malformed'; readonly part: MalformedRequest };

/** The protocol error of a refusal. What exactly the policy minded is for the person and the log, not for the app. */
export function toError(refusal: Refusal): Error {
  switch (refusal.kind) {
    case 'other_person':
      return new errors.LoginRequired('the person who signed in is not the one the request names');
    case 'unmet':
      return new errors.UnmetAuthenticationRequirements('the requested acr cannot be met');
    case 'blocked':
      return new errors.AccessDenied('refused by the policy of the organisation');
    case 'malformed':
      return new errors.InvalidRequest(`${refusal.part} is malformed`);
  }
}

/** A code or refresh token was presented again: its whole family is dead. */
export const reusedError = (): Error => new errors.InvalidGrant('used before');

/** A proof's or assertion's jti was seen before; only a race gets here, the library asked first. */
export const replayError = (route: string | undefined): Error =>
  route === 'userinfo'
    ? new errors.InvalidToken('proof used before')
    : new errors.InvalidRequest('proof or assertion used before');

/** A reused pushed request: the library would notice only once the code is made. */
export const pushedTwiceError = (): Error =>
  new errors.InvalidRequestUri('request_uri is invalid, expired, or was already used');

const REASONS: Readonly<Record<string, string>> = {
  invalid_client: 'oidc.unknown_app',
  invalid_redirect_uri: 'oidc.redirect_not_registered',
  server_error: 'oidc.failed',
};

/** The reason id of the page shown when nothing may be sent back to the app. */
export function pageReason(error: unknown, protocolError: string): string {
  if (error instanceof errors.SessionNotFound) return 'oidc.request_gone';
  return REASONS[protocolError] ?? 'oidc.bad_request';
}
