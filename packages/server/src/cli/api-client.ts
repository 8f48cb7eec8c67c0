import { request, type IncomingMessage } from 'node:http';
import { userInfo } from 'node:os';
import type { DryRunAnswer } from '@countersign/contract/api/paging';
import type { Problem } from '@countersign/contract/api/problem';
import { Ending, endingOf, EXIT } from './ending.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A body that is no JSON, with its content type. */
export interface RawBody {
  readonly type: string;
  readonly text: string;
}

export interface ApiClient {
  /** What the API answers: the caller names the shape that the contract gives for this address. */
  get<Answer>(path: string): Promise<Answer>;
  /** Sends a change, or tries it out. A 204 comes back as null. */
  send<Answer>(method: Method, path: string, body?: object | RawBody): Promise<Answer | DryRunAnswer>;
  stream(path: string): Promise<IncomingMessage>;
}

const LARGEST_ANSWER = 64 * 1_024 * 1_024;

/** The API of the node that listens on the socket. A refusal, or no answer, is thrown as an `Ending`. */
export function createApiClient(socketPath: string, dryRun: boolean): ApiClient {
  const call = async (method: Method, path: string, body?: object | RawBody): Promise<IncomingMessage> => {
    const answer = await open(socketPath, method, `/api/v1${path}`, body);
    if ((answer.statusCode ?? 500) < 400) return answer;
    const problem = JSON.parse(await textOf(answer)) as Problem;
    throw endingOf(problem);
  };
  return {
    get: async <Answer>(path: string) => JSON.parse(await textOf(await call('GET', path))) as Answer,
    send: async <Answer>(method: Method, path: string, body?: object | RawBody) => {
      const text = await textOf(await call(method, dryRun ? `${path}?dryRun=true` : path, body));
      return (text === '' ? null : JSON.parse(text)) as Answer | DryRunAnswer;
    },
    stream: (path) => call('GET', path),
  };
}

export const isDryRun = (answer: unknown): answer is DryRunAnswer =>
  typeof answer === 'object' && answer !== null && 'dryRun' in answer;

function open(
  socketPath: string,
  method: Method,
  path: string,
  body: object | RawBody | undefined,
): Promise<IncomingMessage> {
  const raw =
    body === undefined
      ? null
      : 'type' in body && 'text' in body
        ? (body as RawBody)
        : { type: 'application/json', text: JSON.stringify(body) };
  const headers = {
    'x-countersign-request': '1',
    'x-countersign-operator': userName(),
    ...(raw === null ? {} : { 'content-type': raw.type, 'content-length': Buffer.byteLength(raw.text) }),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, headers }, resolve);
    sent.once('error', (error: NodeJS.ErrnoException) => reject(unreachable(socketPath, error)));
    sent.end(raw?.text);
  });
}

/** A note for the audit log of who ran the command; the socket itself is what lets them in. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}

const unreachable = (socketPath: string, error: NodeJS.ErrnoException): Ending =>
  error.code === 'EACCES' || error.code === 'EPERM'
    ? new Ending(
        EXIT.notAllowed,
        `You may not open ${socketPath}. Run this as the user that runs the node, or as root.`,
      )
    : new Ending(
        EXIT.unreachable,
        `No node answers on ${socketPath} (${error.code ?? error.message}). Start it, or name its socket with --socket.`,
      );

async function textOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of answer as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > LARGEST_ANSWER)
        throw new Ending(EXIT.unreachable, 'The node answered with more than it ever should.');
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof Ending ? error : new Ending(EXIT.unreachable, 'The node broke off its answer.');
  }
  return Buffer.concat(parts).toString('utf8');
}
