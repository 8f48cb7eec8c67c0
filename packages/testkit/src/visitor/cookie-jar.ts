interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

/** The cookies of one browser for one host. */
export interface CookieJar {
  /** Takes a Set-Cookie line as a browser would: lines that break the rules of their prefix are dropped. */
  readonly take: (line: string) => void;
  /** The Cookie header for a path; empty when there is none. */
  readonly header: (path: string) => string;
  readonly get: (name: string) => string | null;
  readonly set: (name: string, value: string) => void;
  readonly remove: (name: string) => void;
  readonly all: () => readonly { readonly name: string; readonly value: string }[];
  /** The same cookies in another browser, as after a theft. */
  readonly copy: () => CookieJar;
}

/** Deleted: told so, or expired by a real clock. A test's clock only ever runs ahead of it. */
const isGone = (attributes: ReadonlyMap<string, string>): boolean => {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  const expires = attributes.get('expires');
  return expires !== undefined && Date.parse(expires) <= Date.now();
};

const keepsItsPrefix = (name: string, attributes: ReadonlyMap<string, string>): boolean => {
  if (name.startsWith('__Host-'))
    return attributes.has('secure') && attributes.get('path') === '/' && !attributes.has('domain');
  return !name.startsWith('__Secure-') || attributes.has('secure');
};

const covers = (cookie: string, path: string): boolean =>
  path === cookie || (path.startsWith(cookie) && (cookie.endsWith('/') || path[cookie.length] === '/'));

/** Secure cookies are kept and sent: browsers treat http://localhost as a secure place. */
export function createCookieJar(initial: readonly Cookie[] = []): CookieJar {
  const cookies = new Map(initial.map((cookie) => [`${cookie.name};${cookie.path}`, cookie]));
  const put = (cookie: Cookie): void => void cookies.set(`${cookie.name};${cookie.path}`, cookie);
  const remove = (name: string): void => {
    for (const [key, cookie] of cookies) if (cookie.name === name) cookies.delete(key);
  };
  return {
    take(line) {
      const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
      const at = pair.indexOf('=');
      if (at < 1) return;
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      const attributes = new Map(
        rest.map((part): [string, string] => {
          const [key = '', given = ''] = part.split('=');
          return [key.toLowerCase(), given];
        }),
      );
      if (!keepsItsPrefix(name, attributes)) return;
      const path = attributes.get('path') ?? '/';
      if (isGone(attributes)) cookies.delete(`${name};${path}`);
      else put({ name, value, path });
    },
    header: (path) =>
      [...cookies.values()]
        .filter((cookie) => covers(cookie.path, path))
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
    get: (name) => [...cookies.values()].find((cookie) => cookie.name === name)?.value ?? null,
    set: (name, value) => put({ name, value, path: '/' }),
    remove,
    all: () => [...cookies.values()].map(({ name, value }) => ({ name, value })),
    copy: () => createCookieJar([...cookies.values()]),
  };
}
