import type { Deployment } from '../deployment/start-deployment.ts';
import { type CookieJar, createCookieJar } from './cookie-jar.ts';
import { exchange } from './exchange.ts';
import { type Seen, toSeen } from './seen.ts';

type Headers = Readonly<Record<string, string>>;

export interface VisitorOptions {
  /** Which node it connects to; the first when left out. */
  readonly node?: number;
  readonly jar?: CookieJar;
  readonly agent?: string;
  /** Headers of every request of this visitor, as a proxy or an attacker adds them. */
  readonly headers?: Headers;
}

export interface Asking {
  readonly headers?: Headers;
  /** Follow redirects within the deployment, at most so many; none when left out. */
  readonly follow?: number;
  readonly node?: number;
}

/** A browser of one person: its cookies, what it sends by itself, and the page it shows. */
export interface Visitor {
  readonly deployment: Deployment;
  readonly jar: CookieJar;
  readonly last: () => Seen | null;
  readonly get: (path: string, asking?: Asking) => Promise<Seen>;
  /** Posts a form; a text is sent as it is. */
  readonly post: (
    path: string,
    fields: Readonly<Record<string, string>> | string,
    asking?: Asking,
  ) => Promise<Seen>;
  readonly json: (method: string, path: string, body?: unknown, asking?: Asking) => Promise<Seen>;
  /** Fills in a form of the page at hand and sends it, hidden fields and all. */
  readonly submit: (
    action: string,
    fields?: Readonly<Record<string, string>>,
    asking?: Asking,
  ) => Promise<Seen>;
  /** Any request at all, with the cookies of this browser but none of the headers that browsers add. */
  readonly raw: (method: string, path: string, headers?: Headers, body?: string) => Promise<Seen>;
  /** Another browser with a copy of the cookies. */
  readonly copy: (options?: VisitorOptions) => Visitor;
}

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

export function createVisitor(deployment: Deployment, options: VisitorOptions = {}): Visitor {
  const { jar = createCookieJar(), agent = AGENT } = options;
  const { host } = new URL(deployment.origin);
  let last: Seen | null = null;

  const send = async (
    method: string,
    path: string,
    headers: Headers,
    body: string | undefined,
    node: number | undefined,
  ): Promise<Seen> => {
    const { port } = deployment.nodes[node ?? options.node ?? 0] ?? { port: 0 };
    const cookies = jar.header(path.split(/[?#]/)[0] ?? '/');
    const received = await exchange(
      { port },
      {
        method,
        path,
        headers: {
          host,
          'user-agent': agent,
          ...(cookies === '' ? {} : { cookie: cookies }),
          ...options.headers,
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
      },
    );
    for (const line of received.setCookies) jar.take(line);
    last = toSeen(received);
    return last;
  };

  /** The path of a redirect that stays here; null when it leads to another place. */
  const within = ({ status, location }: Seen): string | null => {
    if (status < 300 || status > 399 || location === null) return null;
    const url = new URL(location, deployment.origin);
    return url.origin === deployment.origin ? `${url.pathname}${url.search}` : null;
  };

  const browse = async (
    method: string,
    path: string,
    headers: Headers,
    body: string | undefined,
    { follow = 0, node, headers: more }: Asking,
  ): Promise<Seen> => {
    let seen = await send(method, path, { ...headers, ...more }, body, node);
    for (let left = follow; left > 0; left -= 1) {
      const next = within(seen);
      if (next === null) break;
      seen = await send('GET', next, { ...VIEWS, 'sec-fetch-site': 'same-origin', ...more }, undefined, node);
    }
    return seen;
  };

  const post: Visitor['post'] = (path, fields, asking = {}) => {
    const body = typeof fields === 'string' ? fields : new URLSearchParams(fields).toString();
    const headers = {
      ...VIEWS,
      'content-type': 'application/x-www-form-urlencoded',
      origin: deployment.origin,
      'sec-fetch-site': 'same-origin',
    };
    return browse('POST', path, headers, body, asking);
  };

  return {
    deployment,
    jar,
    last: () => last,
    get: (path, asking = {}) =>
      browse('GET', path, { ...VIEWS, 'sec-fetch-site': 'none' }, undefined, asking),
    post,
    json: (method, path, body, asking = {}) => {
      const typed = body === undefined ? {} : { 'content-type': 'application/json' };
      const headers = {
        accept: 'application/json',
        origin: deployment.origin,
        'sec-fetch-site': 'same-origin',
        ...typed,
      };
      return browse(method, path, headers, body === undefined ? undefined : JSON.stringify(body), asking);
    },
    submit: (action, fields = {}, asking = {}) => {
      const form = last?.page?.forms.find((one) => one.action === action);
      if (form === undefined)
        throw new Error(`the page at hand has no form to ${action}: ${last?.page?.heading ?? 'no page'}`);
      return post(action, { ...form.fields, ...fields }, asking);
    },
    raw: (method, path, headers = {}, body) => send(method, path, headers, body, undefined),
    copy: (more = {}) => createVisitor(deployment, { ...options, ...more, jar: jar.copy() }),
  };
}

const VIEWS = { accept: 'text/html,application/xhtml+xml', 'accept-language': 'en' } as const;
