import type { Locale } from '@countersign/core/account/account';
import type { Method } from '@countersign/core/factor/factor';
import type { Instant } from '@countersign/core/kernel/time';

/** What every page knows besides its own content. */
export interface PageContext {
  readonly locale: Locale;
  readonly organisation: string;
  /** Shown so that a person can check where they are (ux.md S1). */
  readonly host: string;
  /** A reference for the helpdesk; never a secret. */
  readonly requestId: string;
  readonly now: Instant;
  /** True when links in pages may be followed by a signed-in person (shows sign-out). */
  readonly signedInAs: string | null;
}

/** A refusal shown on the page it belongs to: the reason id picks the sentence; `retryAt` says when waiting ends. */
export interface Problem {
  readonly reason: string;
  readonly retryAt: Instant | null;
}

/** The sign-in pages: one thing a page; the same for a name that exists and one that does not until a proof was given. */
export type SigninView =
  | {
      readonly kind: 'name';
      readonly transaction: string;
      readonly appName: string;
      readonly problem: Problem | null;
      /** Options for passkey autofill and the passkey button, ready for the browser script. */
      readonly passkey: PasskeyOffer;
      readonly typedName: string;
    }
  | {
      readonly kind: 'prove';
      readonly transaction: string;
      readonly appName: string;
      readonly name: string;
      /** The method this page is for. */
      readonly method: Method;
      /** The other methods that would help now, strongest first. */
      readonly others: readonly Method[];
      readonly problem: Problem | null;
      readonly passkey: PasskeyOffer | null;
      /** Step-up: what the proof is for. */
      readonly why: 'sign-in' | 'step-up';
      readonly recoveryCodesLeft: number | null;
    }
  /** "Use another way": cards for `others`. */
  | {
      readonly kind: 'choose';
      readonly transaction: string;
      readonly appName: string;
      readonly name: string;
      readonly methods: readonly Method[];
      readonly why: 'sign-in' | 'step-up';
    }
  /** "I lost my device": the routes that exist for this person at this point. */
  | {
      readonly kind: 'lost';
      readonly transaction: string;
      readonly appName: string;
      readonly name: string;
      readonly others: readonly Method[];
      readonly recoveryCode: boolean;
      readonly contact: string | null;
    }
  | {
      readonly kind: 'ended';
      readonly reason: string;
      readonly restart: string | null;
      readonly contact: string | null;
    };

/** `publicKey` options as JSON for `navigator.credentials`, made by the server for one transaction or session. */
export interface PasskeyOffer {
  readonly options: unknown;
  readonly autofill: boolean;
}

/** Enrolment and "my security": the same pages serve the invited, the recovering and the signed-in. */
export type EnrolView =
  /** A link was opened: nothing is consumed until the person presses the button (mail scanners open links). */
  | {
      readonly kind: 'invitation';
      readonly token: string;
      readonly purpose: 'invitation' | 'set-up' | 'recovery';
    }
  | { readonly kind: 'invitation-refused'; readonly reason: string; readonly contact: string | null }
  | {
      readonly kind: 'choose';
      readonly displayName: string;
      readonly why: 'first' | 'recovery' | 'another';
      /** What is still needed before the account can be used. */
      readonly has: {
        readonly password: boolean;
        readonly totp: boolean;
        readonly passkey: boolean;
        readonly securityKey: boolean;
        readonly codes: boolean;
      };
      /** What is enrolled is enough to sign in with. */
      readonly ready: boolean;
    }
  | {
      readonly kind: 'password';
      readonly login: string;
      readonly minimum: number;
      readonly change: boolean;
      readonly problem: Problem | null;
      readonly problems: readonly string[];
    }
  | {
      readonly kind: 'totp';
      readonly pending: string;
      readonly qrSvg: string;
      readonly uri: string;
      readonly groupedKey: string;
      readonly account: string;
      readonly issuer: string;
      readonly name: string;
      readonly problem: Problem | null;
    }
  | {
      readonly kind: 'passkey';
      readonly pending: string;
      readonly options: unknown;
      readonly securityKey: boolean;
      readonly suggestedName: string;
      readonly problem: Problem | null;
    }
  | {
      readonly kind: 'recovery-codes';
      readonly codes: readonly string[];
      readonly login: string;
      readonly host: string;
      readonly madeAt: Instant;
      readonly next: string;
    }
  | { readonly kind: 'done'; readonly signInAt: string };

export interface FactorCard {
  readonly id: string;
  readonly method: Method;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly synced: boolean | null;
  readonly model: string | null;
  /** Why it cannot be removed now, or null if it can. */
  readonly keepReason: string | null;
  readonly codesLeft: number | null;
}

export interface SessionCard {
  readonly id: string;
  readonly current: boolean;
  readonly startedAt: Instant;
  readonly lastSeenAt: Instant;
  readonly agent: string;
  readonly address: string;
}

/** The person's own page (ux.md P1, P3). */
export interface AccountView {
  readonly displayName: string;
  readonly login: string;
  readonly email: string | null;
  readonly factors: readonly FactorCard[];
  readonly sessions: readonly SessionCard[];
  readonly onlyOneWayIn: boolean;
  readonly notice: string | null;
  readonly problem: Problem | null;
}

/** First run (ux.md A1). */
export type SetupView =
  | {
      readonly kind: 'form';
      readonly token: string;
      readonly publicUrl: string;
      readonly observedUrl: string;
      readonly organisation: string;
      readonly login: string;
      readonly displayName: string;
      readonly email: string;
      readonly problems: readonly { readonly field: string; readonly reason: string }[];
    }
  | { readonly kind: 'closed' }
  | { readonly kind: 'refused'; readonly reason: string };

/** Signing out at the wish of an app. */
export type SignoutView =
  | {
      readonly kind: 'confirm';
      readonly action: string;
      readonly ticket: string;
      readonly appName: string | null;
    }
  | { readonly kind: 'done' };

/** A page for anything that went wrong outside a form: what happened, what was kept, what to do next. */
export interface FaultView {
  readonly status: number;
  readonly reason: string;
  readonly retryAt: Instant | null;
}
