import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Seen } from '../visitor/seen.ts';
import { member } from './admin.ts';
import type { ApiCaller } from './operator.ts';

/** An event as the API shows it. */
export interface ListedEvent {
  readonly id: string;
  readonly index: number | null;
  readonly at: string;
  readonly type: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly subject: string | null;
  readonly outcome: string;
  readonly reasons: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface EventsAsk {
  readonly type?: string;
  readonly subject?: string;
  readonly limit?: number;
}

const list = (caller: ApiCaller, { type, subject, limit = 200 }: EventsAsk = {}): Promise<Seen> => {
  const query = new URLSearchParams({
    limit: String(limit),
    ...(type === undefined ? {} : { type }),
    ...(subject === undefined ? {} : { subject }),
  });
  return caller.json('GET', `/api/v1/audit/events?${query.toString()}`);
};

/** The newest events that fit, newest first. */
async function events(caller: ApiCaller, ask: EventsAsk = {}): Promise<readonly ListedEvent[]> {
  return member(await list(caller, ask), 'items') as readonly ListedEvent[];
}

/** The whole log as its export has it. */
const exportLog = (caller: ApiCaller): Promise<Seen> => caller.json('GET', '/api/v1/audit/export');

const CLI = fileURLToPath(new URL('../../../server/src/cli/main.ts', import.meta.url));

export interface Verified {
  readonly exitCode: number;
  readonly json: unknown;
  readonly errors: string;
}

/** Runs `countersign audit verify --json` on an export, as an auditor does away from the server. */
async function verify(exported: string, more: readonly string[] = []): Promise<Verified> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-verify-'));
  try {
    const file = join(folder, 'audit.jsonl');
    await writeFile(file, exported);
    return await run([CLI, 'audit', 'verify', file, '--json', ...more], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const run = (args: readonly string[], cwd: string): Promise<Verified> =>
  new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 64 * 1_024 * 1_024 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ exitCode, json: parse(stdout), errors: stderr });
    });
  });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const audit = { list, events, exportLog, verify };
