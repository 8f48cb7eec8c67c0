import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { METHODS } from '../factor/factor.ts';
import { asId, type AccountId } from '../kernel/id.ts';
import { advance, type Signin, type SigninEvent } from './signin.ts';

const people = ['ana', 'ben'] as const;
const person = fc.constantFrom(...people);
const idOf = (name: string): AccountId => asId(`account-${name}`);
const epoch = fc.constantFrom(0, 1);

const event: fc.Arbitrary<SigninEvent> = fc.oneof(
  fc
    .record({ kind: fc.constant('named' as const), name: person, known: fc.boolean(), epoch })
    .map(({ known, ...rest }) => ({
      ...rest,
      accountId: known ? idOf(rest.name) : null,
      subject: known ? idOf(rest.name) : `name:${rest.name}`,
    })),
  fc.record({ name: person, method: fc.constantFrom(...METHODS), epoch }).map(
    ({ name, method, epoch: at }): SigninEvent => ({
      kind: 'proven',
      name,
      accountId: idOf(name),
      epoch: at,
      proof: {
        method,
        factorId: asId(`${name}/${method}`),
        at: 1,
        categories: ['possession'],
        phishingResistant: false,
        hardwareBound: false,
      },
    }),
  ),
  fc.constant({ kind: 'granted' } as const),
  fc.constant({ kind: 'ended', reason: 'signin.ended' } as const),
);

const run = (events: readonly SigninEvent[]): Signin => {
  let state: Signin = { kind: 'naming' };
  for (const one of events) {
    const next = advance(state, one);
    if (next.ok) state = next.value;
  }
  return state;
};

describe('the sign-in as a state machine (I-08, I-09, I-10)', () => {
  test('proofs of two people are never in one sign-in, whatever the order of events', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const state = run(events);
        if (state.kind !== 'proving' && state.kind !== 'granted') return;
        for (const proof of state.proofs)
          expect(state.accountId === null ? 'nobody' : proof.factorId).toBe(
            `${String(state.accountId).slice(8)}/${proof.method}`,
          );
      }),
    );
  });

  test('a sign-in is granted only with a person and at least one recorded proof', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (events) => {
        const state = run(events);
        if (state.kind === 'granted') expect(state.proofs.length).toBeGreaterThan(0);
      }),
    );
  });

  test('what ended or was granted never moves again', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Signin>(
          { kind: 'ended', reason: 'signin.ended' },
          { kind: 'granted', accountId: idOf('ana'), proofs: [] },
        ),
        event,
        (state, one) => {
          expect(advance(state, one)).toEqual({ ok: false, error: 'signin.over' });
        },
      ),
    );
  });

  test('naming somebody else drops every proof; naming the same person again keeps them', () => {
    const proven = run([
      { kind: 'named', name: 'ana', accountId: idOf('ana'), subject: idOf('ana'), epoch: 0 },
      {
        kind: 'proven',
        name: 'ana',
        accountId: idOf('ana'),
        epoch: 0,
        proof: {
          method: 'password',
          factorId: asId('ana/password'),
          at: 1,
          categories: ['knowledge'],
          phishingResistant: false,
          hardwareBound: false,
        },
      },
    ]);
    const again = advance(proven, {
      kind: 'named',
      name: 'ana',
      accountId: idOf('ana'),
      subject: idOf('ana'),
      epoch: 0,
    });
    const other = advance(proven, {
      kind: 'named',
      name: 'ben',
      accountId: idOf('ben'),
      subject: idOf('ben'),
      epoch: 0,
    });
    expect(again.ok && again.value).toBe(proven);
    expect(other.ok && other.value.kind === 'proving' && other.value.proofs).toEqual([]);
  });

  test('a proof of a new epoch does not join proofs of the old one (I-31)', () => {
    const old = run([
      {
        kind: 'proven',
        name: 'ana',
        accountId: idOf('ana'),
        epoch: 0,
        proof: {
          method: 'password',
          factorId: asId('x'),
          at: 1,
          categories: ['knowledge'],
          phishingResistant: false,
          hardwareBound: false,
        },
      },
    ]);
    const late = advance(old, {
      kind: 'proven',
      name: 'ana',
      accountId: idOf('ana'),
      epoch: 1,
      proof: {
        method: 'totp',
        factorId: asId('y'),
        at: 2,
        categories: ['possession'],
        phishingResistant: false,
        hardwareBound: false,
      },
    });
    expect(late).toEqual({ ok: false, error: 'signin.other_person' });
  });
});
