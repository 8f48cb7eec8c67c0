import type { AccountId } from '../kernel/id.ts';
import type { Instant } from '../kernel/time.ts';

/** The three kinds of account. Service accounts never sign in interactively (I-41). */
export const ACCOUNT_KINDS = ['person', 'service', 'break-glass'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const ROLES = [
  'owner',
  'administrator',
  'policy-author',
  'approver',
  'helpdesk',
  'app-owner',
  'auditor',
  'automation',
] as const;
export type Role = (typeof ROLES)[number];

/** `invited` has no factor yet and may only enrol; `disabled` gets no grant by any route (I-05). */
export const ACCOUNT_STATES = ['invited', 'active', 'disabled'] as const;
export type AccountState = (typeof ACCOUNT_STATES)[number];

export interface Account {
  readonly id: AccountId;
  readonly kind: AccountKind;
  readonly state: AccountState;
  /** The canonical sign-in name (`canonical-name.ts`). */
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly locale: Locale;
  readonly roles: readonly Role[];
  /** Rises whenever every earlier session and grant of the account must die (I-31). */
  readonly epoch: number;
  readonly createdAt: Instant;
  readonly lastSignInAt: Instant | null;
}

export const LOCALES = ['en', 'de'] as const;
export type Locale = (typeof LOCALES)[number];

export const isLocale = (text: string): text is Locale => (LOCALES as readonly string[]).includes(text);

/** Roles that can change what others may do; they sign in more strongly and their sessions are shorter. */
const PRIVILEGED: ReadonlySet<Role> = new Set([
  'owner',
  'administrator',
  'policy-author',
  'approver',
  'helpdesk',
]);

export const isPrivileged = (account: Pick<Account, 'roles'>): boolean =>
  account.roles.some((role) => PRIVILEGED.has(role));

/** Whether the account may read and change people, factors, apps and sessions. */
export const isAdministrator = (account: Pick<Account, 'roles'>): boolean =>
  account.roles.includes('owner') || account.roles.includes('administrator');
