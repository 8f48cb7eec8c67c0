import type { Instant } from '@countersign/core/kernel/time';
import { METHODS, type Method } from '@countersign/core/factor/factor';
import type {
  AccountView,
  EnrolView,
  FactorCard,
  FaultView,
  PageContext,
  Problem,
  SetupView,
  SigninView,
  SignoutView,
} from './views.ts';

// One view of every kind and state, for the tests that look at all pages.

const NOW: Instant = Date.UTC(2026, 10, 24, 10, 42, 7);
const MINUTE = 60_000;
const DAY = 86_400_000;

export const SAMPLE_CONTEXT: PageContext = {
  locale: 'en',
  organisation: 'Harbour & Finch',
  host: 'login.harbourfinch.example',
  requestId: 'req-7f3k-92ma',
  now: NOW,
  signedInAs: null,
};

const problem = (reason: string, inMinutes: number | null = null): Problem => ({
  reason,
  retryAt: inMinutes === null ? null : NOW + inMinutes * MINUTE,
});

const REQUEST_OPTIONS = {
  challenge: 'AAECAwQFBgcICQoLDA0ODw',
  rpId: 'localhost',
  timeout: 300_000,
  userVerification: 'required',
  allowCredentials: [{ type: 'public-key', id: 'AAECAw', transports: ['usb'] }],
};

const CREATION_OPTIONS = {
  challenge: 'AAECAwQFBgcICQoLDA0ODw',
  rp: { id: 'localhost', name: 'Harbour & Finch' },
  user: { id: 'AAECAw', name: 'ana@harbourfinch.example', displayName: 'Ana Sousa' },
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
};

const signin = { transaction: '3f0e6f0c-7d6c-4f7d-9a1e-5b8f1f1f0a11', appName: 'Grafana' } as const;
const ana = { ...signin, name: 'ana@harbourfinch.example' } as const;

type ProveView = Extract<SigninView, { kind: 'prove' }>;
const prove = (method: Method, more: Partial<ProveView> = {}): ProveView => ({
  kind: 'prove',
  ...ana,
  method,
  others: ['passkey', 'totp', 'recovery-code'],
  problem: null,
  passkey: { options: REQUEST_OPTIONS, autofill: false },
  why: 'sign-in',
  recoveryCodesLeft: 7,
  ...more,
});

const name = {
  kind: 'name',
  ...signin,
  problem: null,
  passkey: { options: REQUEST_OPTIONS, autofill: true },
  typedName: '',
} as const;

export const SIGNIN_VIEWS: Readonly<Record<string, SigninView>> = {
  name,
  'name-problem': { ...name, problem: problem('name.empty') },
  'name-no-passkey': { ...name, passkey: { options: null, autofill: false } },
  ...Object.fromEntries(METHODS.map((method) => [`prove-${method}`, prove(method)] as const)),
  'password-wrong': prove('password', { problem: problem('signin.wrong_pair') }),
  'password-locked': prove('password', { problem: problem('guess.locked', 5) }),
  'totp-malformed': prove('totp', { problem: problem('otp.malformed') }),
  'totp-clock': prove('totp', { problem: problem('otp.clock') }),
  'passkey-refused': prove('passkey', { problem: problem('webauthn.unknown_credential') }),
  'recovery-last': prove('recovery-code', {
    recoveryCodesLeft: 1,
    others: [],
    problem: problem('recovery_code.used'),
  }),
  'passkey-none': prove('passkey', { passkey: null, others: [] }),
  'step-up': prove('totp', { why: 'step-up' }),
  choose: { kind: 'choose', ...ana, methods: METHODS, why: 'sign-in' },
  'choose-none': { kind: 'choose', ...ana, methods: [], why: 'step-up' },
  lost: {
    kind: 'lost',
    ...ana,
    others: ['security-key'],
    recoveryCode: true,
    contact: 'the service desk, +44 20 7946 0000',
  },
  'lost-nothing': { kind: 'lost', ...ana, others: [], recoveryCode: false, contact: null },
  ended: { kind: 'ended', reason: 'signin.expired', restart: '/signin', contact: null },
  'ended-blocked': { kind: 'ended', reason: 'floor.mfa', restart: null, contact: 'the service desk' },
};

const choose = { kind: 'choose', displayName: 'Ana Sousa', why: 'first', ready: false } as const;
const none = { password: false, totp: false, passkey: false, securityKey: false, codes: false } as const;
const password = {
  kind: 'password',
  login: 'ana',
  minimum: 8,
  change: false,
  problem: null,
  problems: [],
} as const;
const QR = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 25 25"><rect fill="white" width="25" height="25"/><path fill="black" d="M3,3h7v7h-7zM15,3h7v7h-7zM3,15h7v7h-7zM12,12h3v3h-3zM18,18h3v3h-3z"/></svg>`;
const totp = {
  kind: 'totp',
  pending: 'b5b0ee4c-7c53-4b7e-8d0a-0d8a3f5a7c55',
  qrSvg: QR,
  uri: 'otpauth://totp/Harbour:ana?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Harbour',
  groupedKey: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
  account: 'ana@harbourfinch.example',
  issuer: 'Harbour & Finch',
  name: '',
  problem: null,
} as const;
const passkey = {
  kind: 'passkey',
  pending: 'p',
  options: CREATION_OPTIONS,
  securityKey: false,
  suggestedName: '',
  problem: null,
} as const;

export const ENROL_VIEWS: Readonly<Record<string, EnrolView>> = {
  invitation: { kind: 'invitation', token: 'h7Hk2mQ_dV9wXyZ', purpose: 'invitation' },
  'invitation-set-up': { kind: 'invitation', token: 'h7Hk2mQ_dV9wXyZ', purpose: 'set-up' },
  'invitation-recovery': { kind: 'invitation', token: 'h7Hk2mQ_dV9wXyZ', purpose: 'recovery' },
  'invitation-refused': {
    kind: 'invitation-refused',
    reason: 'invitation.expired',
    contact: 'the service desk',
  },
  'choose-first': { ...choose, has: none },
  'choose-second': { ...choose, has: { ...none, password: true } },
  'choose-codes': { ...choose, has: { ...none, password: true, totp: true }, ready: true },
  'choose-last': { ...choose, has: { ...none, password: true, totp: true, codes: true }, ready: true },
  'choose-passkey-only': { ...choose, has: { ...none, passkey: true }, ready: true },
  'choose-key-first': { ...choose, has: { ...none, securityKey: true } },
  'choose-recovery': { ...choose, why: 'recovery', has: { ...none, password: true, codes: true } },
  'choose-another': {
    ...choose,
    why: 'another',
    has: { ...none, password: true, totp: true, passkey: true },
    ready: true,
  },
  password,
  'password-change': { ...password, change: true, problem: problem('password.current_wrong') },
  'password-refused': { ...password, problems: ['password.too_short', 'password.common'] },
  totp,
  'totp-wrong': { ...totp, name: 'Work phone', problem: problem('otp.wrong') },
  passkey,
  'passkey-refused': { ...passkey, problem: problem('webauthn.already_registered') },
  'security-key': { ...passkey, securityKey: true },
  'recovery-codes': {
    kind: 'recovery-codes',
    codes: Array.from({ length: 10 }, (_, i) => `7Q2M-K9XW-4TRB-${i}HZC`),
    login: 'ana@harbourfinch.example',
    host: 'login.harbourfinch.example',
    madeAt: NOW,
    next: '/enrol/done',
  },
  done: { kind: 'done', signInAt: '/signin' },
};

const factor = (id: string, method: Method, more: Partial<FactorCard> = {}): FactorCard => ({
  id,
  method,
  name: 'Ana’s laptop',
  createdAt: NOW - 90 * DAY,
  lastUsedAt: NOW - 3 * MINUTE,
  synced: null,
  model: null,
  keepReason: null,
  codesLeft: null,
  ...more,
});

const account: AccountView = {
  displayName: 'Ana Sousa',
  login: 'ana',
  email: 'ana@harbourfinch.example',
  factors: [
    factor('f1', 'password', { name: 'Password', keepReason: 'factor.needed', lastUsedAt: NOW - DAY }),
    factor('f2', 'totp', { name: 'Work phone', lastUsedAt: null }),
    factor('f3', 'passkey', { synced: true, model: 'iCloud Keychain' }),
    factor('f4', 'security-key', { name: 'Blue key', synced: false, model: 'YubiKey 5 NFC' }),
    factor('f5', 'recovery-code', { codesLeft: 3 }),
  ],
  sessions: [
    {
      id: 's2',
      current: false,
      startedAt: NOW - DAY,
      lastSeenAt: NOW - 40 * MINUTE,
      agent: 'Safari on iPhone',
      address: '198.51.100.7',
    },
    {
      id: 's1',
      current: true,
      startedAt: NOW - 60 * MINUTE,
      lastSeenAt: NOW,
      agent: 'Firefox on Linux',
      address: '2001:db8::17',
    },
  ],
  onlyOneWayIn: false,
  notice: 'renamed',
  problem: null,
};

export const ACCOUNT_VIEWS: Readonly<Record<string, AccountView>> = {
  account,
  'account-poor': {
    ...account,
    factors: [factor('f2', 'totp', { name: 'Work phone', keepReason: 'factor.last_strong' })],
    sessions: account.sessions.filter(({ current }) => current),
    onlyOneWayIn: true,
    notice: null,
    problem: problem('factor.last_strong'),
  },
};

const form = {
  kind: 'form',
  token: 'h7Hk2mQ_dV9wXyZ',
  publicUrl: 'https://login.harbourfinch.example',
  observedUrl: 'http://10.0.0.5:8080',
  organisation: 'Harbour & Finch',
  login: 'ana',
  displayName: 'Ana Sousa',
  email: 'ana@harbourfinch.example',
  problems: [],
} as const;

export const SETUP_VIEWS: Readonly<Record<string, SetupView>> = {
  form,
  'form-problems': {
    ...form,
    publicUrl: 'http://login',
    email: 'ana',
    problems: [
      { field: 'publicUrl', reason: 'setup.address_unusable' },
      { field: 'email', reason: 'field.email' },
      { field: 'token', reason: 'setup.raced' },
    ],
  },
  closed: { kind: 'closed' },
  refused: { kind: 'refused', reason: 'setup.link_void' },
};

export const FAULT_VIEWS: Readonly<Record<string, FaultView>> = {
  'not-found': { status: 404, reason: 'request.not_found', retryAt: null },
  busy: { status: 503, reason: 'store.unavailable', retryAt: NOW + 5_000 },
  fault: { status: 500, reason: 'server.fault', retryAt: null },
  unknown: { status: 500, reason: 'no.such_reason', retryAt: null },
};

export const SIGNOUT_VIEWS: Readonly<Record<string, SignoutView>> = {
  confirm: { kind: 'confirm', action: '/oidc/logout', ticket: 'h7Hk2mQ_dV9wXyZ', appName: 'Grafana' },
  'confirm-unnamed': { kind: 'confirm', action: '/oidc/logout', ticket: 'h7Hk2mQ_dV9wXyZ', appName: null },
  done: { kind: 'done' },
};
