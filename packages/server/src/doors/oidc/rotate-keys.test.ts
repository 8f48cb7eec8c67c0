import { hours } from '@countersign/core/kernel/time';
import { expect, it } from 'vitest';
import type { KeyRow } from '../../ports/signing-keys.ts';
import { KEY_LIVES } from './lives.ts';
import { planRotation } from './rotate-keys.ts';

const NOW = 1e12;
const key = (kid: string, state: KeyRow['state'], more: Partial<KeyRow> = {}): KeyRow => ({
  kid,
  algorithm: 'ES256',
  state,
  createdAt: NOW,
  activeAt: null,
  retiredAt: null,
  ...more,
});
const plan = (keys: readonly KeyRow[], now = NOW, urgent = false) =>
  planRotation('ES256', keys, now, urgent).map((step) =>
    step.kind === 'make' ? `make ${step.state}` : `${step.kind} ${step.kid}`,
  );

it('the very first key signs at once, and its successor is published with it', () => {
  expect(plan([])).toEqual(['make active', 'make next']);
  expect(plan([key('r', 'active', { algorithm: 'RS256' })])).toEqual(['make active', 'make next']);
});

it('nothing is due while a key is young', () => {
  expect(plan([key('a', 'active', { activeAt: NOW }), key('n', 'next')], NOW + KEY_LIVES.active - 1)).toEqual(
    [],
  );
});

it('an old key gives way to one that was published long enough, and to no other', () => {
  const active = key('a', 'active', { activeAt: NOW });
  const due = NOW + KEY_LIVES.active;
  expect(plan([active, key('n', 'next')], due)).toEqual(['retire a', 'activate n', 'make next']);
  expect(plan([active, key('n', 'next', { createdAt: due - KEY_LIVES.published + 1 })], due)).toEqual([]);
  expect(plan([active], due)).toEqual(['make next']);
});

it('a retired key stays until what it signed is old', () => {
  const keys = [
    key('a', 'active', { activeAt: NOW }),
    key('n', 'next'),
    key('r', 'retired', { retiredAt: NOW }),
  ];
  expect(plan(keys, NOW + KEY_LIVES.retired - 1)).toEqual([]);
  expect(plan(keys, NOW + KEY_LIVES.retired)).toEqual(['remove r']);
});

it('a key that may be known disappears at once', () => {
  expect(plan([key('a', 'active', { activeAt: NOW }), key('n', 'next')], NOW + hours(1), true)).toEqual([
    'remove a',
    'activate n',
    'make next',
  ]);
});
