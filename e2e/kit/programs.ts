import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, it } from 'vitest';

/** Programs of other people that these tests drive. A suite without its program is left out, and `npm test` says so. */
export const CHROMIUM = '/usr/bin/chromium';
export const APACHE = '/usr/sbin/apache2';
export const MOD_AUTH_OPENIDC = '/usr/lib/apache2/modules/mod_auth_openidc.so';
export const ZBARIMG = '/usr/bin/zbarimg';
export const OATHTOOL = '/usr/bin/oathtool';
export const OPENSSL = '/usr/bin/openssl';

/** Tests that need these programs; where one is missing, a single skipped test that names it. */
export function suite(name: string, programs: readonly string[], tests: () => void): void {
  const missing = programs.filter((program) => !existsSync(program));
  if (missing.length === 0) describe(name, tests);
  else describe(name, () => it.skip(`is left out: ${missing.join(', ')} is not installed`, () => undefined));
}

/** What a program printed, without the line end. Throws with its own words when it fails. */
export async function output(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args);
  return stdout.trim();
}
