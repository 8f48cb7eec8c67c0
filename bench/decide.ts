import { asId } from '@countersign/core/kernel/id';
import { BROWSER_REACH } from '@countersign/core/policy/ask';
import { decide, type Facts } from '@countersign/core/policy/decide';
import { percentile, rate, type Bench } from './figures.ts';

const facts: Facts = {
  account: { kind: 'person', state: 'active', roles: ['administrator'] },
  enrolled: [
    { method: 'password', traits: { kind: 'plain' } },
    { method: 'totp', traits: { kind: 'plain' } },
    {
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
    },
  ],
  proofs: [
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
      at: 2,
      categories: ['possession'],
      phishingResistant: false,
      hardwareBound: false,
    },
  ],
  ask: {
    door: 'oidc',
    appId: asId('a'),
    appKind: 'app',
    reach: BROWSER_REACH,
    strength: null,
    notBefore: null,
  },
  now: 3,
};

/** The decision alone, without any rule yet: an allow, and a challenge that has to find what to offer. */
export const decideBench: Bench = {
  name: 'decide',
  says: 'decisions of the floor policy, in one process',
  run: async () => {
    const challenged: Facts = { ...facts, ask: { ...facts.ask, appKind: 'console' } };
    const durations = Array.from({ length: 50_000 }, () => {
      const begun = performance.now();
      decide(challenged);
      return (performance.now() - begun) * 1_000;
    });
    return [
      rate('decide.allow', () => decide(facts)),
      rate('decide.challenge', () => decide(challenged)),
      { name: 'decide.challenge.p99', value: Math.round(percentile(durations, 0.99) * 10) / 10, unit: 'us' },
    ];
  },
};
