import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asId } from '../kernel/id.ts';
import { canonicalJson } from './canonical-json.ts';
import { type AuditEvent, type EventFacts, makeEvent } from './event.ts';
import { EVENT_CLASSES, EVENT_TYPES, classOf } from './event-type.ts';
import { makeLeaf } from './leaf.ts';
import { redactEvent } from './redact.ts';

const event = (facts: Partial<EventFacts>): AuditEvent =>
  makeEvent({ id: asId('e1'), at: 1_700_000_000_000, type: 'signin.refused', ...facts });

const SEED = 'JBSWY3DPEHPK3PXP';
const SECRETS = [
  `otpauth://totp/Countersign:ann?secret=${SEED}`,
  'Bearer mF_9.B5f-4.1JqM',
  'basic YW5uOmh1bnRlcjI=',
  'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl',
  '-----BEGIN PRIVATE KEY-----\nMC4CAQ',
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA',
  'Cookie: a=b',
  '__Host-countersign=abc',
  'https://app.example/cb?code=SplxlOBeZQQYbYS6WxSbIA&x=1',
  'https://ann:hunter2@app.example/',
  '123456',
  '12345678',
  '123 456',
  'k7f3-9xq2-mm4t',
  'zJ9hT2kQ7vX4cL1pR8sW3yB6nD5mF0gA2eU7iO4qK9x',
];

describe('I-54, R-AUD-04: no secret enters an event', () => {
  test.each(SECRETS)('%s is taken out wherever it stands', (secret) => {
    const { event: safe, removed } = redactEvent(
      event({ detail: { note: secret, list: ['fine', `${secret}`] }, personal: { name: secret } }),
    );
    expect(safe.detail).toEqual({ note: '[redacted]', list: ['fine', '[redacted]'] });
    expect(safe.personal).toEqual({ name: '[redacted]' });
    expect(removed).toEqual(['detail.note', 'detail.list.1', 'personal.name']);
  });
  test.each([
    'password',
    'newPassword',
    'client_secret',
    'access-token',
    'codes',
    'otp',
    'private_key',
    'number',
    'Cookie',
  ])('a value under %s is taken out whatever it looks like', (key) => {
    for (const value of ['hunter2', 42, ['a', 'b']]) {
      expect(redactEvent(event({ detail: { [key]: value } })).event.detail).toEqual({ [key]: '[redacted]' });
    }
  });
  test('facts about secrets stay', () => {
    const detail = {
      password_changed: true,
      codes_left: 7,
      token_id: 't1',
      method: 'password',
      error_code: 'x',
      kid: '2026',
    };
    expect(redactEvent(event({ detail }))).toMatchObject({ event: { detail }, removed: [] });
  });
  test('hashes, addresses, user agents and names stay', () => {
    const detail = { root: 'ab'.repeat(32), network: '10.0.0.0/8', url: 'https://app.example/path' };
    const personal = {
      ip: '2001:db8::1',
      name: 'Ann O’Neil',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/142.0',
    };
    expect(redactEvent(event({ detail, personal }))).toMatchObject({
      event: { detail, personal },
      removed: [],
    });
  });
  test('a mail address outside the erasable part is taken out, inside it stays', () => {
    const { event: safe } = redactEvent(
      event({ detail: { to: 'ann@example.org' }, personal: { email: 'ann@example.org' } }),
    );
    expect([safe.detail['to'], safe.personal['email']]).toEqual(['[personal]', 'ann@example.org']);
  });
  test('no secret of any shape survives in the leaf, whatever surrounds it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    const spaced = fc.constantFrom(...SECRETS.filter((secret) => !/^[\dk]/.test(secret)));
    fc.assert(
      fc.property(text, spaced, text, (before, secret, after) => {
        const { event: safe } = redactEvent(event({ detail: { note: `${before} ${secret} ${after}` } }));
        expect(makeLeaf(safe, new Uint8Array(16)).text).not.toContain(secret);
      }),
    );
  });
});

const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 700 }), fc.constantFrom(...SECRETS));
const anyValue = fc.oneof(anyText, fc.double(), fc.boolean(), fc.array(anyText, { maxLength: 40 }));
const anyEvent = fc
  .record({
    detail: fc.dictionary(fc.string({ unit: 'binary' }), anyValue, { maxKeys: 40 }),
    personal: fc.dictionary(fc.string(), anyText, { maxKeys: 40 }),
    door: fc.option(anyText),
    actor: fc.record({ kind: fc.constant('stranger' as const), id: fc.option(anyText) }),
  })
  .map(event);

describe('R-AUD-04: input cannot forge or flood an entry', () => {
  test('a line break, a bidi override and half a character are spelled out', () => {
    const { event: safe } = redactEvent(
      event({ personal: { name: `ann\r\n{"fake":1}\u202eevil\ud800${String.fromCodePoint(0xe0041)}` } }),
    );
    expect(safe.personal['name']).toBe('ann\\u000d\\u000a{"fake":1}\\u202eevil\ufffd\\u{e0041}');
  });
  test('a malformed reason is not written as one', () => {
    expect(redactEvent(event({ reasons: ['push.wrong_number', 'Not.A reason\n'] })).event.reasons).toEqual([
      'push.wrong_number',
      'reason.malformed',
    ]);
  });
  test('whatever the input: one line, printable, bounded, and with a canonical form', () => {
    fc.assert(
      fc.property(anyEvent, (hostile) => {
        const { event: safe } = redactEvent(hostile);
        const { text } = makeLeaf(safe, new Uint8Array(16));
        const personal = canonicalJson(safe.personal);
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
        expect(text.length + (personal.ok ? personal.value.length : Number.POSITIVE_INFINITY)).toBeLessThan(
          32_768,
        );
      }),
    );
  });
  test('redacting twice changes nothing', () => {
    fc.assert(
      fc.property(anyEvent, (hostile) => {
        const { event: once } = redactEvent(hostile);
        expect(redactEvent(once).event).toEqual(once);
      }),
    );
  });
});

test('every type of event is dotted, lower-case and has a class', () => {
  expect(EVENT_TYPES.length).toBe(Object.keys(EVENT_CLASSES).length);
  for (const type of EVENT_TYPES) expect(`${type} ${classOf(type)}`).toMatch(/^[a-z_]+\.[a-z_]+ [a-z-]+$/);
});
