import { describe, expect, test } from 'vitest';
import { asId } from '../kernel/id.ts';
import { hours, minutes } from '../kernel/time.ts';
import { whyEnded, type Session } from './session.ts';

const START = hours(1_000);
const session: Session = {
  id: asId('s'),
  accountId: asId('a'),
  kind: 'full',
  proofs: [],
  epoch: 3,
  startedAt: START,
  lastSeenAt: START,
  endsAt: START + hours(12),
  idle: minutes(30),
  endedAt: null,
};

describe('the life of a session (R-SES-07)', () => {
  test('it lives until it is idle too long', () => {
    expect(whyEnded(session, 3, START + minutes(30) - 1)).toBeNull();
    expect(whyEnded(session, 3, START + minutes(30))).toBe('session.idle');
  });
  test('use keeps it from idling but never past its absolute end', () => {
    const used = { ...session, lastSeenAt: START + hours(12) - 1 };
    expect(whyEnded(used, 3, START + hours(12) - 1)).toBeNull();
    expect(whyEnded(used, 3, START + hours(12))).toBe('session.expired');
  });
  test('a raised epoch of the account ends it at once (I-31)', () => {
    expect(whyEnded(session, 4, START)).toBe('session.revoked');
  });
  test('an ended one stays ended', () => {
    expect(whyEnded({ ...session, endedAt: START }, 3, START)).toBe('session.ended');
  });
});
