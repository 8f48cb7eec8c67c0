import { describe, expect, it } from 'vitest';
import { createCookieJar } from './cookie-jar.ts';

describe('the cookie jar of a visitor', () => {
  it('drops __Host- cookies that a browser would drop', () => {
    const jar = createCookieJar();
    for (const line of [
      '__Host-a=1; Path=/',
      '__Host-b=1; Path=/x; Secure',
      '__Host-c=1; Path=/; Secure; Domain=localhost',
      '__Secure-d=1; Path=/',
    ])
      jar.take(line);
    jar.take('__Host-e=1; Path=/; Secure; HttpOnly; SameSite=Lax');
    expect(jar.all()).toEqual([{ name: '__Host-e', value: '1' }]);
  });

  it('sends a cookie to its path and below, and nowhere else', () => {
    const jar = createCookieJar();
    jar.take('resume=1; path=/oidc/auth/x; httponly');
    expect(['/oidc/auth/x', '/oidc/auth/x/y', '/oidc/auth/xy', '/'].map((path) => jar.header(path))).toEqual([
      'resume=1',
      'resume=1',
      '',
      '',
    ]);
  });

  it('forgets what it is told to forget, and a copy lives on its own', () => {
    const jar = createCookieJar();
    jar.take('a=1; Path=/');
    const stolen = jar.copy();
    jar.take('a=; Path=/; Max-Age=0');
    expect([jar.get('a'), stolen.get('a')]).toEqual([null, '1']);
    stolen.take('a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
    expect(stolen.header('/')).toBe('');
  });
});
