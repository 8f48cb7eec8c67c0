import { Agent, request as httpRequest } from 'node:http';

export interface Sent {
  readonly method: string;
  /** As it goes over the wire: never normalised, so that odd paths arrive as they are. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly setCookies: readonly string[];
  readonly body: string;
}

export type Target = { readonly port: number } | { readonly socketPath: string };

/** One pool for everybody, as a reverse proxy has: answers must not depend on which connection asks. */
const agent = new Agent({ keepAlive: true, maxSockets: 64, maxFreeSockets: 64, timeout: 60_000 });

/** One HTTP request and its answer, with every header under the caller's hand. Follows nothing, keeps nothing. */
export async function exchange(target: Target, sent: Sent): Promise<Received> {
  try {
    return await once(target, sent);
  } catch (error) {
    // A kept connection that the server just closed: nothing of the request was read, and it may be sent again.
    if (error instanceof Error && 'reusedSocket' in error && error.reusedSocket === true)
      return once(target, sent);
    throw error;
  }
}

function once(target: Target, { method, path, headers, body }: Sent): Promise<Received> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        ...('port' in target
          ? { host: '127.0.0.1', port: target.port, agent }
          : { socketPath: target.socketPath }),
        method,
        path,
        headers:
          body === undefined ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        setHost: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const flat = Object.entries(response.headers).flatMap(([name, value]) =>
            typeof value === 'string' ? [[name, value] as const] : [],
          );
          resolve({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(flat),
            setCookies: response.headers['set-cookie'] ?? [],
            body: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => {
      const closed = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      reject(Object.assign(error, { reusedSocket: closed }));
    });
    if (body !== undefined) request.write(body);
    request.end();
  });
}

/** Ends the connections that wait for more work, so that a test process can end. */
export const closeIdleConnections = (): void => agent.destroy();
