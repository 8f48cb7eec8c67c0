import { describe, expect, it } from 'vitest';
import { checkNewPassword, type NewPasswordFacts } from './check-new-password.ts';

const FACTS: NewPasswordFacts = {
  login: 'a.mueller',
  email: 'anna.mueller@acme.example',
  displayName: 'Anna Müller',
  organisation: 'Acme Widgets',
  standsAlone: false,
  isCommon: (password) => ['trustno1', 'footballfootball'].includes(password.toLowerCase()),
};

const reasons = (typed: unknown, facts: Partial<NewPasswordFacts> = {}): readonly string[] => {
  const checked = checkNewPassword(typed, { ...FACTS, ...facts });
  return checked.ok ? [] : checked.error.map((reason) => reason.code);
};

describe('The length of a new password', () => {
  it('is 8 at least beside another factor (R-PWD-02)', () => {
    expect(checkNewPassword('vrkq7tp', FACTS)).toEqual({
      ok: false,
      error: [{ code: 'password.too_short', shortest: 8, length: 7 }],
    });
    expect(reasons('vrkq7tpx')).toEqual([]);
  });

  it('is 15 at least where the password could stand alone (R-PWD-01)', () => {
    expect(reasons('vrkq7tpx mdwzj', { standsAlone: true })).toEqual(['password.too_short']);
    expect(reasons('vrkq7tpx mdwzjh', { standsAlone: true })).toEqual([]);
  });

  it('counts code points, not bytes or halves (R-PWD-04)', () => {
    expect(reasons('🔑🗝🚪🧊🎲🪁🧲')).toEqual(['password.too_short']);
    expect(reasons('🔑🗝🚪🧊🎲🪁🧲🪀')).toEqual([]);
    expect(reasons('ǧịřžąķę'.normalize('NFD'))).toEqual(['password.too_short']);
  });

  it('may be 64 and up to 256 (R-PWD-03)', () => {
    const long = 'vrkq7tpx mdwzjh, '.repeat(20);
    expect(reasons(long.slice(0, 64))).toEqual([]);
    expect(reasons(long.slice(0, 256))).toEqual([]);
    expect(reasons(long.slice(0, 257))).toEqual(['password.too_long']);
  });
});

describe('A new password of any kind of characters (R-PWD-05)', () => {
  it.each([
    'vrkqtpxm',
    'VRKQTPXM',
    '83920174',
    '!?/%&#;*',
    'correct horse battery',
    'пустынный ветер',
    '東京都庁舎展望室',
  ])('such as %s is welcome', (typed) => {
    expect(reasons(typed)).toEqual([]);
  });

  it('keeps nothing that cannot be typed again', () => {
    expect(reasons('vrkq7tpx\0')).toEqual(['password.malformed']);
    expect(reasons(12345678)).toEqual(['password.malformed']);
  });
});

describe('A common or expected new password is refused (R-PWD-08)', () => {
  it.each([
    'trustno1',
    'TrustNo1',
    'trustno1trustno1',
    'Summer2026!',
    'Sommer2026',
    'P@ssw0rd123',
    '!Passwort1',
    'Welcome-2026',
    'März2026!',
    'aaaaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'abcdefghijklmnop',
    '123456789012345',
    '98765432109876',
    'AdminAdmin1!',
  ])('such as %s', (typed) => {
    expect(reasons(typed)).toContain('password.common');
  });

  it.each(['my summer was full of jazz', 'passwordless kiwi', 'wintergarten-lampe', 'adminton'])(
    'but %s only holds such a word and is fine: the whole is compared, not parts',
    (typed) => {
      expect(reasons(typed)).toEqual([]);
    },
  );
});

describe('A new password made of words that belong to the person or the place is refused, and says which (R-PWD-08)', () => {
  it.each([
    ['countersign', 'product'],
    ['C0unter$ign!', 'product'],
    ['countersign2026', 'product'],
    ['AcmeWidgets1', 'organisation'],
    ['acme-widgets', 'organisation'],
    ['@cme2026!!', 'organisation'],
    ['Widgets#2027', 'organisation'],
    ['a.mueller1', 'login'],
    ['Mueller1990', 'login'],
    ['anna.mueller', 'email'],
    ['anna.mueller@acme.example', 'email'],
    ['Müller-1990', 'name'],
    ['MüllerAnna', 'name'],
    ['AnnaAcme2026', 'email'],
  ])('%s, for its %s', (typed, source) => {
    expect(checkNewPassword(typed, FACTS)).toEqual({
      ok: false,
      error: [{ code: 'password.context', source }],
    });
  });

  it.each(['anna likes green tea', 'countersignature-lamp', 'acme83920174655', 'mueller schmidt 44 tulpen'])(
    'but %s only holds one and is fine',
    (typed) => {
      expect(reasons(typed)).toEqual([]);
    },
  );

  it('and a login of one or two letters forbids nothing', () => {
    const facts = { login: 'a', email: 'bo@x.example', displayName: 'A B', organisation: '' };
    expect(reasons('a8302918', facts)).toEqual([]);
    expect(reasons('bo#29184', facts)).toEqual([]);
  });
});

it('All reasons are given at once', () => {
  expect(reasons('acme', { isCommon: () => true, standsAlone: true })).toEqual([
    'password.too_short',
    'password.common',
    'password.context',
  ]);
});
