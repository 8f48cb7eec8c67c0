import { execFile } from 'node:child_process';

/** Whom the PostgreSQL programs run as: the node's own user, or, when that is root, somebody without rights. */
export type Identity =
  | { readonly kind: 'same' }
  | { readonly kind: 'dropped'; readonly uid: number; readonly gid: number; readonly initUid: number };

export type Role = 'server' | 'init';

/** spawn() options; libuv also drops the supplementary groups. */
export const idsOf = (identity: Identity, role: Role): { readonly uid?: number; readonly gid?: number } =>
  identity.kind === 'same'
    ? {}
    : { uid: role === 'init' ? identity.initUid : identity.uid, gid: identity.gid };

/** No PG* variable of the operator may redirect the programs, and no secret in our environment reaches them. */
export const cleanEnvironment = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/** The node's own working folder may be closed to the uid, and PostgreSQL fails in a folder that it cannot name. */
export const cleanFolder = '/';

export type RunResult = { readonly ok: boolean; readonly output: string };

/** Runs to the end; a program that cannot be started is `ok: false` with the reason as output. */
export const runAs = (
  identity: Identity,
  role: Role,
  file: string,
  args: readonly string[],
): Promise<RunResult> =>
  new Promise((resolve) => {
    const options = { cwd: cleanFolder, env: cleanEnvironment, maxBuffer: 1 << 20, ...idsOf(identity, role) };
    execFile(file, args, options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`.trim();
      resolve({ ok: error === null, output: output === '' && error !== null ? error.message : output });
    });
  });

/** Asked of the kernel, by going there: modes alone do not tell (ACLs, mounts, namespaces). */
export const canEnter = async (identity: Identity, role: Role, folder: string): Promise<boolean> =>
  identity.kind === 'same' || (await runAs(identity, role, '/bin/sh', ['-c', 'cd "$1"', 'sh', folder])).ok;
