import { existsSync } from 'node:fs';

/** Programs of other people that these tests drive. A suite without its program is left out, and `npm test` says so. */
export const CHROMIUM = '/usr/bin/chromium';
export const APACHE = '/usr/sbin/apache2';
export const MOD_AUTH_OPENIDC = '/usr/lib/apache2/modules/mod_auth_openidc.so';
export const ZBARIMG = '/usr/bin/zbarimg';
export const OATHTOOL = '/usr/bin/oathtool';

export const has = (...programs: readonly string[]): boolean => programs.every((program) => existsSync(program));
