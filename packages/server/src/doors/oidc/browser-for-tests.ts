/** A browser reduced to what the flows need: cookies with their paths, and redirects followed one at a time by hand. */
export interface Seen {
  readonly status: number;
  readonly location: URL | null;
  readonly headers: Headers;
  readonly body: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

export function openBrowser(origin: string) {
  const jar = new Map<string, Cookie>();
  const cookiesFor = (path: string): string =>
    [...jar.values()]
      .filter((cookie) => path.startsWith(cookie.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');

  const keep = (line: string, requested: string): void => {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((part) => part.toLowerCase().startsWith('path='))?.slice(5) ?? requested;
    if (value === '') jar.delete(`${name}@${path}`);
    else jar.set(`${name}@${path}`, { name, value, path });
  };

  const visit = async (
    address: string | URL,
    form?: Readonly<Record<string, string>>,
    bare = false,
  ): Promise<Seen> => {
    const url = new URL(address, origin);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...(bare ? {} : { cookie: cookiesFor(url.pathname) }) },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) keep(line, url.pathname);
    const location = response.headers.get('location');
    return {
      status: response.status,
      location: location === null ? null : new URL(location, origin),
      headers: response.headers,
      body: await response.text(),
    };
  };

  return {
    visit,
    /** As from another site's page: a post brings no cookie of ours. */
    postFromElsewhere: (address: string, form: Readonly<Record<string, string>>) =>
      visit(address, form, true),
    setCookie: (name: string, value: string) => jar.set(`${name}@/`, { name, value, path: '/' }),
    cookieNames: (): readonly string[] => [...jar.values()].map(({ name }) => name),
  };
}

export type Browser = ReturnType<typeof openBrowser>;
