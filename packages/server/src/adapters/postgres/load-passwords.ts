import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exists, keepOwner, syncPath } from './folders.ts';
import { postgresFault } from './fault.ts';

/** `superuser` stays in this room; `application` is the role that owns the database and nothing else. */
export type Passwords = { readonly superuser: string; readonly application: string };

/** On a first start they are on disk, flushed, before a cluster exists that asks for them. */
export const loadPasswords = async (dataDir: string, cluster: string): Promise<Passwords> => {
  const path = join(dataDir, 'postgres-passwords.json');
  if (await exists(path)) return parse(path, await readFile(path, 'utf8'));
  if (await exists(cluster)) {
    throw postgresFault(
      'postgres.no_password',
      `${path} is missing, and the store in ${cluster} was made with the passwords in it: bring it back from a backup of the data folder.`,
    );
  }
  const passwords = {
    superuser: randomBytes(32).toString('base64url'),
    application: randomBytes(32).toString('base64url'),
  };
  const draft = `${path}.draft`;
  await writeFile(draft, JSON.stringify(passwords), { mode: 0o600, flush: true });
  await keepOwner(draft);
  await rename(draft, path);
  await syncPath(dirname(path));
  return passwords;
};

const parse = (path: string, text: string): Passwords => {
  const value = parseJson(text);
  if (
    typeof value === 'object' &&
    value !== null &&
    'superuser' in value &&
    'application' in value &&
    typeof value.superuser === 'string' &&
    typeof value.application === 'string'
  ) {
    return { superuser: value.superuser, application: value.application };
  }
  throw postgresFault(
    'postgres.no_password',
    `${path} is damaged: bring it back from a backup of the data folder.`,
  );
};

/** Without the cause: a syntax error quotes the text, which is the secret. */
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
