import { GUESSABLE } from '@countersign/core/ledger/guess-budget';
import { z } from 'zod';
import { pageOf, pageQuery } from './paging.ts';
import { displayName, email, id, instant, line, locale, login, method, roles, state } from './scalars.ts';

export const personSummary = z.strictObject({
  id,
  login: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  state,
  roles,
  locale,
  methods: z.array(method).readonly(),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
});
export type PersonSummary = z.output<typeof personSummary>;

/** One way to sign in, without anything that would let somebody else use it. */
export const factor = z.strictObject({
  id,
  method,
  name: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  boundBy: z.enum(['set-up', 'invitation', 'temporary-pass', 'recovery', 'step-up', 'administrator']),
  /** For passkeys and security keys: what the key reported when it was enrolled. */
  key: z
    .strictObject({
      aaguid: z.string(),
      synced: z.boolean(),
      userVerifying: z.boolean(),
      discoverable: z.boolean(),
      attested: z.boolean(),
    })
    .nullable(),
  /** For recovery codes: how many are left. */
  codesLeft: z.int().nullable(),
});
export type FactorAnswer = z.output<typeof factor>;
export const factorList = z.strictObject({ items: z.array(factor).readonly() });
export const factorParams = z.strictObject({ id, factorId: id });

export const session = z.strictObject({
  id,
  personId: id,
  login: z.string(),
  kind: z.enum(['full', 'enrolment']),
  startedAt: instant,
  lastSeenAt: instant,
  endsAt: instant,
  agent: z.string(),
  address: z.string(),
});
export type SessionAnswer = z.output<typeof session>;
export const sessionPage = pageOf(session);
export const sessionsQuery = z.strictObject(pageQuery);
export const sessionList = z.strictObject({ items: z.array(session).readonly() });

/** What guessing has used up of one method: `everyone` is whoever comes with a browser we do not know. */
export const guessState = z.strictObject({
  method: z.enum(GUESSABLE),
  from: z.enum(['everyone', 'known-browser']),
  consecutive: z.int(),
  inWindow: z.int(),
  lockedUntil: instant.nullable(),
  suspended: z.boolean(),
});

export const person = z.strictObject({
  ...personSummary.shape,
  factors: z.array(factor).readonly(),
  sessions: z.array(session).readonly(),
  guesses: z.array(guessState).readonly(),
});
export type PersonAnswer = z.output<typeof person>;

export const peopleQuery = z.strictObject({
  ...pageQuery,
  /** Part of a name, login or e-mail address. */
  q: z.exactOptional(line(100).min(1)),
  /** Exactly this sign-in name, in any spelling that signs in. */
  name: z.exactOptional(login),
  state: z.exactOptional(state),
});
export const personPage = pageOf(personSummary);

export const invitePersonBody = z.strictObject({
  login,
  displayName,
  email: email.nullable().default(null),
  locale: locale.default('en'),
  roles: roles.default([]),
});

/** Only what is named changes. */
export const updatePersonBody = z
  .strictObject({
    displayName: z.exactOptional(displayName),
    email: z.exactOptional(email.nullable()),
    locale: z.exactOptional(locale),
    roles: z.exactOptional(roles),
  })
  .refine((change) => Object.keys(change).length > 0, 'at least one change');

/** A link of an invitation or a recovery. This is the only time it is shown. */
export const linkAnswer = z.strictObject({ url: z.string(), expiresAt: instant });
export type LinkAnswer = z.output<typeof linkAnswer>;
export const invitedAnswer = z.strictObject({ id, invitation: linkAnswer });
export type InvitedAnswer = z.output<typeof invitedAnswer>;

export const temporaryPassBody = z.strictObject({ minutes: z.int().min(1).max(60).default(60) });
/** This is the only time the pass is shown. */
export const temporaryPassAnswer = z.strictObject({ pass: z.string(), expiresAt: instant });
export type TemporaryPassAnswer = z.output<typeof temporaryPassAnswer>;

export const recoveryLinkBody = z.strictObject({ login });
