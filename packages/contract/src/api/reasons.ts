/** How a refusal is answered: the status, what happened, and what to do about it. */
export interface ApiReason {
  readonly status: number;
  readonly title: string;
  readonly detail?: string;
}

const r = (status: number, title: string, detail?: string): ApiReason =>
  detail === undefined ? { status, title } : { status, title, detail };

/** Every reason the API refuses with. The ids are those of screens, log and docs (design.md §10.14). */
export const API_REASONS = {
  'request.malformed': r(
    400,
    'The request is not what this address takes.',
    'The fields that are wrong are listed; unknown fields are refused.',
  ),
  'request.bad_cursor': r(400, 'The cursor is not one of this list.', 'Begin again without a cursor.'),
  'request.not_found': r(404, 'There is nothing at this address.'),
  'request.method': r(
    405,
    'This address does not take that method.',
    'The methods it takes are in the Allow header.',
  ),
  'request.too_large': r(413, 'The request is larger than this address takes.'),
  'request.media_type': r(
    415,
    'The request has a content type that this address does not take.',
    'Send application/json.',
  ),
  'request.other_origin': r(
    403,
    'The request came from another site, or does not say that it did not.',
    'Send the header x-countersign-request: 1 together with JSON, or call from a page of this origin.',
  ),

  'identity.missing': r(401, 'Nobody is signed in.', 'Sign in first, or use the local socket.'),
  'enrolment.restricted': r(
    403,
    'This session may only set up ways to sign in.',
    'Finish setting up, then sign in.',
  ),
  'role.missing': r(403, 'Your roles do not allow this.'),
  'role.own': r(403, 'Nobody changes their own roles.', 'Ask another owner.'),
  'role.owner_only': r(
    403,
    'Only an owner may do this to an account with such a role, or give or take one.',
    'Ask an owner.',
  ),
  'account.own': r(
    403,
    'Nobody does this to their own account here.',
    'Use your own page, or ask another administrator.',
  ),
  'recovery.operator_only': r(
    403,
    'This account comes back only through the machine itself.',
    'Run countersign recovery admin-link on the server.',
  ),
  'caller.operator_only': r(
    403,
    'This is done on the machine itself only.',
    'Use the command line on the server.',
  ),
  'step_up.required': r(
    403,
    'This needs a proof of the last five minutes that it is you.',
    'POST to stepUpUrl, open the path it answers with, then repeat the request.',
  ),
  'step_up.needless': r(409, 'There is nothing to prove: the local socket is proof enough.'),
  'account.not_interactive': r(403, 'This kind of account does not sign in.'),
  'account.invited': r(403, 'This account is not set up yet.'),
  'factor.none_enrolled': r(403, 'This account has no way to sign in that would be strong enough.'),
  'factor.not_strong_enough': r(403, 'No way to sign in of this account is strong enough for this.'),

  'account.unknown': r(404, 'There is no such person.'),
  'factor.unknown': r(404, 'This person has no such way to sign in.'),
  'session.unknown': r(404, 'There is no such session, or it has ended.'),
  'app.unknown': r(404, 'There is no such app.'),
  'audit.no_checkpoint': r(
    404,
    'The log has no checkpoint yet.',
    'The first one is signed moments after the first event.',
  ),
  'audit.no_log': r(404, 'The log has not been opened yet.', 'It is opened with the first event.'),

  'account.name_taken': r(
    409,
    'Another account has this name or address, or had it once.',
    'Names are never given to a second account.',
  ),
  'account.raced': r(
    409,
    'Somebody else changed this account at the same moment.',
    'Look at it again, then repeat the change.',
  ),
  'account.last_owner': r(409, 'No active owner would be left.', 'Make another owner first.'),
  'account.disabled': r(409, 'The account is switched off.', 'Switch it on first.'),
  'account.disabled_already': r(409, 'The account is switched off already.'),
  'account.enabled_already': r(409, 'The account is not switched off.'),
  'account.not_disabled': r(409, 'Only an account that is switched off can be erased.', 'Disable it first.'),
  'account.not_privileged': r(
    409,
    'This account has no administrative role.',
    'Use a new link or a temporary pass for it.',
  ),
  'factor.raced': r(
    409,
    'Something else changed at this account at the same moment.',
    'Look at it again, then repeat the act.',
  ),
  'app.raced': r(
    409,
    'Somebody else changed this app at the same moment.',
    'Look at it again, then repeat the change.',
  ),
  'app.no_secret': r(409, 'This app has no secret to rotate.'),
  'app.needs_secret': r(409, 'An app that had no secret cannot change to one.', 'Make a new app.'),

  'app.invalid': r(400, 'The app is not described well.', 'The fields that are wrong are listed.'),
  'name.empty': r(400, 'The name is empty.'),
  'name.too_long': r(400, 'The name is too long.'),
  'name.malformed': r(400, 'The name has characters that no name can have.'),
  'temporary_pass.life_out_of_range': r(400, 'A temporary pass lives one to sixty minutes.'),
  'fido_metadata.unreadable': r(400, 'The metadata cannot be read.'),
  'fido_metadata.malformed': r(
    400,
    'This is not the metadata file of the FIDO Alliance.',
    'Send the file blob.jwt as it was downloaded.',
  ),
  'fido_metadata.untrusted_signer': r(422, 'The metadata is signed by somebody we do not trust.'),
  'fido_metadata.bad_signature': r(422, 'The signature of the metadata does not hold.'),
  'fido_metadata.not_newer': r(409, 'The metadata is not newer than what is in use.'),

  'signin.busy': r(503, 'The server is busy.', 'Try again in a moment.'),
  'store.unavailable': r(503, 'The store does not answer.', 'Nothing was changed. Try again in a moment.'),
  'store.sealed_value': r(503, 'A stored secret does not open with the master key of this node.'),
  'server.fault': r(500, 'Something failed on our side.', 'It is recorded under the request id.'),
} as const satisfies Record<string, ApiReason>;

export type ApiReasonId = keyof typeof API_REASONS;

const UNLISTED = r(422, 'The request was refused.', 'The code says why.');

/** What is answered for a reason id, whichever room it comes from. */
export const apiReason = (id: string): ApiReason =>
  Object.hasOwn(API_REASONS, id) ? API_REASONS[id as ApiReasonId] : UNLISTED;
