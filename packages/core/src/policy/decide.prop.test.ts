import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACCOUNT_KINDS, ACCOUNT_STATES, ROLES } from '../account/account.ts';
import { CATEGORIES, METHODS, type Factor } from '../factor/factor.ts';
import type { Proof } from '../factor/proof.ts';
import { atLeast, STRENGTHS, strengthOf } from '../factor/strength.ts';
import { issue } from '../grant/issue.ts';
import { asId } from '../kernel/id.ts';
import { BROWSER_REACH, DOORS, type Ask } from './ask.ts';
import { decide, Decision, type Facts } from './decide.ts';
import { offersTowards, strongestReachable } from './offers.ts';
import { potentialProof } from './potential-proof.ts';

const NOW = 1_000_000;

const traits: fc.Arbitrary<Factor['traits']> = fc.oneof(
  fc.constant({ kind: 'plain' } as const),
  fc.record({
    kind: fc.constant('webauthn' as const),
    discoverable: fc.boolean(),
    userVerifying: fc.boolean(),
    backupEligible: fc.boolean(),
    backedUp: fc.boolean(),
    aaguid: fc.constant('00000000-0000-0000-0000-000000000000'),
    attested: fc.boolean(),
    transports: fc.constant([]),
  }),
);
const enrolled = fc.array(fc.record({ method: fc.constantFrom(...METHODS), traits }), { maxLength: 5 });
const proof: fc.Arbitrary<Proof> = fc.record({
  method: fc.constantFrom(...METHODS),
  factorId: fc.constant(asId<'factor'>('f')),
  at: fc.integer({ min: 0, max: 2 * NOW }),
  categories: fc.subarray([...CATEGORIES], { minLength: 1 }),
  phishingResistant: fc.boolean(),
  hardwareBound: fc.boolean(),
});
const ask: fc.Arbitrary<Ask> = fc.record({
  door: fc.constantFrom(...DOORS),
  appId: fc.constant(asId<'app'>('a')),
  appKind: fc.constantFrom('app' as const, 'portal' as const, 'console' as const),
  reach: fc.subarray([...BROWSER_REACH]),
  strength: fc.option(fc.constantFrom(...STRENGTHS)),
  notBefore: fc.option(fc.integer({ min: 0, max: 2 * NOW })),
});
const facts: fc.Arbitrary<Facts> = fc.record({
  account: fc.record({
    kind: fc.constantFrom(...ACCOUNT_KINDS),
    state: fc.constantFrom(...ACCOUNT_STATES),
    roles: fc.subarray([...ROLES], { maxLength: 2 }),
  }),
  enrolled,
  proofs: fc.array(proof, { maxLength: 4 }),
  ask,
  now: fc.constant(NOW),
});

describe('the decision (I-07)', () => {
  test('an allow always has two independent proofs, fresh enough, for an active account that may sign in', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { outcome } = decide(given);
        if (outcome.kind !== 'allow') return;
        const counted = given.proofs.filter(
          ({ at }) => at <= NOW && (given.ask.notBefore === null || at >= given.ask.notBefore),
        );
        expect(given.account.state).toBe('active');
        expect(given.account.kind).not.toBe('service');
        expect(atLeast(strengthOf(counted), 'mfa')).toBe(true);
        expect(atLeast(outcome.strength, given.ask.strength ?? 'mfa')).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });

  test('a password alone never opens anything (I-06)', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const proofs: Proof[] = [
          {
            method: 'password',
            factorId: asId('f'),
            at: 1,
            categories: ['knowledge'],
            phishingResistant: false,
            hardwareBound: false,
          },
        ];
        const { kind } = decide({ ...given, proofs }).outcome;
        expect(kind === 'challenge' || kind === 'block').toBe(true);
      }),
    );
  });

  test('more evidence never turns a yes into a no, except that passes and recovery codes only let enrol', () => {
    fc.assert(
      fc.property(facts, proof, (given, more) => {
        fc.pre(more.method !== 'recovery-code' && more.method !== 'temporary-pass');
        if (decide(given).outcome.kind !== 'allow') return;
        expect(decide({ ...given, proofs: [...given.proofs, more] }).outcome.kind).toBe('allow');
      }),
    );
  });

  test('a stricter demand never gets a weaker answer (I-09)', () => {
    fc.assert(
      fc.property(facts, fc.constantFrom(...STRENGTHS), (given, strength) => {
        const strict = decide({ ...given, ask: { ...given.ask, strength } }).outcome;
        if (strict.kind === 'allow') expect(atLeast(strict.strength, strength)).toBe(true);
      }),
    );
  });

  test('what is offered is enrolled, within reach, not yet proven, and leads to the goal (I-28)', () => {
    fc.assert(
      fc.property(
        enrolled,
        fc.constantFrom(...STRENGTHS),
        fc.subarray([...BROWSER_REACH]),
        (factors, wanted, reach) => {
          for (const method of offersTowards(wanted, factors, [], reach)) {
            expect(reach).toContain(method);
            const own = factors.filter((factor) => factor.method === method).map(potentialProof);
            const all = factors.filter((factor) => reach.includes(factor.method)).map(potentialProof);
            const leads = own.some(
              (one) =>
                all.some((other) => atLeast(strengthOf([one, other]), wanted)) ||
                atLeast(strengthOf([one]), wanted),
            );
            expect(leads).toBe(true);
          }
        },
      ),
    );
  });

  test('the console asks privileged people for a phishing-resistant proof once they have such a factor', () => {
    const passkey = {
      method: 'passkey',
      traits: {
        kind: 'webauthn',
        discoverable: true,
        userVerifying: true,
        backupEligible: true,
        backedUp: true,
        aaguid: '',
        attested: false,
        transports: [],
      },
    } as const;
    const proofs: Proof[] = [
      {
        method: 'password',
        factorId: asId('p'),
        at: 1,
        categories: ['knowledge'],
        phishingResistant: false,
        hardwareBound: false,
      },
      {
        method: 'totp',
        factorId: asId('t'),
        at: 1,
        categories: ['possession'],
        phishingResistant: false,
        hardwareBound: false,
      },
    ];
    const given: Facts = {
      account: { kind: 'person', state: 'active', roles: ['administrator'] },
      enrolled: [{ method: 'totp', traits: { kind: 'plain' } }, passkey],
      proofs,
      ask: {
        door: 'portal',
        appId: asId('c'),
        appKind: 'console',
        reach: BROWSER_REACH,
        strength: null,
        notBefore: null,
      },
      now: NOW,
    };
    const decision = decide(given);
    expect(decision.outcome).toEqual({
      kind: 'challenge',
      strength: 'phishing-resistant',
      offers: ['passkey'],
    });
    expect(decision.because).toContain('floor.console_phishing_resistant');
    expect(decide({ ...given, account: { ...given.account, roles: [] } }).outcome.kind).toBe('allow');
  });

  test('a service account gets no interactive grant whatever it proves (I-41)', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { outcome } = decide({ ...given, account: { ...given.account, kind: 'service' } });
        expect(outcome.kind).toBe('block');
      }),
    );
  });

  test('the strongest reachable is what some pair of factors proves', () => {
    expect(strongestReachable([])).toBeNull();
    expect(strongestReachable([{ method: 'totp', traits: { kind: 'plain' } }])).toBe('password-only');
    expect(
      strongestReachable([
        { method: 'totp', traits: { kind: 'plain' } },
        { method: 'password', traits: { kind: 'plain' } },
      ]),
    ).toBe('mfa-no-sms');
  });
});

describe('nobody but the decision function makes a decision, nobody but the issuer a grant (I-07)', () => {
  const to = {
    id: asId<'grant'>('g'),
    accountId: asId<'account'>('a'),
    sessionId: asId<'session'>('s'),
    ask: {
      door: 'oidc',
      appId: asId<'app'>('x'),
      appKind: 'app',
      reach: BROWSER_REACH,
      strength: null,
      notBefore: null,
    },
    proofs: [],
    askedAcr: [],
    now: NOW,
  } as const;

  test('a look-alike, a spread and a cast are refused at run time', () => {
    const outcome = { kind: 'allow', strength: 'mfa', obligations: [] } as const;
    const forged = { outcome, because: [] } as unknown as Decision;
    expect(() => issue(forged, to)).toThrow(TypeError);
    expect(() =>
      issue(Object.create(Decision.prototype, { outcome: { value: outcome } }) as Decision, to),
    ).toThrow(TypeError);
    const real = decide({
      account: { kind: 'service', state: 'active', roles: [] },
      enrolled: [],
      proofs: [],
      ask: to.ask,
      now: NOW,
    });
    expect(() => issue(Object.assign({}, real, { outcome }) as unknown as Decision, to)).toThrow(TypeError);
    expect(() => issue(real, to)).toThrow(/not block/);
  });

  test('a decision cannot be changed afterwards', () => {
    const real = decide({
      account: { kind: 'service', state: 'active', roles: [] },
      enrolled: [],
      proofs: [],
      ask: to.ask,
      now: NOW,
    });
    expect(Object.isFrozen(real)).toBe(true);
    expect(Object.isFrozen(real.outcome)).toBe(true);
  });
});
