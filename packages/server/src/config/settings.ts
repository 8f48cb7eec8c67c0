import { z } from 'zod';

const cidr = z.string().regex(/^[0-9a-fA-F:.]+(\/\d{1,3})?$/, 'an address or a network such as 10.0.0.0/8');

const origin = z.string().superRefine((text, check) => {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.origin !== text.replace(/\/$/, '')) {
    check.addIssue({ code: 'custom', message: 'an origin such as https://sso.example.org, without a path' });
  }
});

const address = z
  .string()
  .regex(/^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9.-]+):\d{1,5}$/, 'an address and port such as 127.0.0.1:8080')
  .refine((text) => Number(text.slice(text.lastIndexOf(':') + 1)) <= 65_535, 'a port up to 65535');

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'an address that begins with postgres://');

/** Every key of countersign.yaml, and in brackets its environment variable. Unknown keys are faults. */
export const settingsSchema = z.strictObject({
  /** The public origin, as people type it [COUNTERSIGN_URL]. */
  url: origin.optional(),
  /** Address and port of the HTTP listener [COUNTERSIGN_LISTEN]; port 0 takes a free one. */
  listen: address.default('127.0.0.1:8080'),
  /** Where /metrics and the details of /readyz are served [COUNTERSIGN_MANAGE_LISTEN]. */
  manageListen: address.default('127.0.0.1:8081'),
  /** Data folder: embedded store and keys [COUNTERSIGN_DATA]. */
  data: z.string().min(1).default('./data'),
  /** Folder of PostgreSQL programs for the private instance [COUNTERSIGN_POSTGRES_BIN]. */
  postgresBin: z.string().min(1).optional(),
  /** A PostgreSQL server; when set, the embedded store is not used [COUNTERSIGN_DATABASE_URL]. */
  databaseUrl: postgresUrl.optional(),
  /** The key that seals secrets at rest [COUNTERSIGN_MASTER_KEY_FILE]; default master.key in the data folder. */
  masterKeyFile: z.string().min(1).optional(),
  /** Networks whose forwarded headers are believed [COUNTERSIGN_TRUSTED_PROXIES, comma separated]. */
  trustedProxies: z.array(cidr).default([]),
  /** PEM files, reloaded when they change [COUNTERSIGN_TLS_CERT_FILE, COUNTERSIGN_TLS_KEY_FILE]. */
  tlsCertFile: z.string().min(1).optional(),
  tlsKeyFile: z.string().min(1).optional(),
  /** pretty or json, and the level, as in `json,info` [COUNTERSIGN_LOG]. */
  log: z
    .string()
    .regex(/^(pretty|json)(,(debug|info|warn|error))?$/, 'pretty or json, and perhaps a level: json,warn')
    .optional(),
  organisation: z.string().min(1).max(60).optional(),
  mail: z
    .strictObject({
      /** smtp://user:password@host:port, or smtps:// [COUNTERSIGN_SMTP_URL]. */
      smtpUrl: z.string().regex(/^smtps?:\/\//, 'an address that begins with smtp:// or smtps://'),
      /** The sender people see [COUNTERSIGN_MAIL_FROM]. */
      from: z.string().min(3).max(200),
    })
    .optional(),
  passwords: z
    .strictObject({
      /** Hashes at the same time. Default: one a core, since each fills a core and 19 MiB. */
      concurrency: z.number().int().min(1).max(64).optional(),
    })
    .optional(),
  webauthn: z
    .strictObject({
      attestation: z.enum(['none', 'direct']).default('none'),
      syncedKeys: z.enum(['allowed', 'refused']).default('allowed'),
      allowedModels: z.array(z.guid()).optional(),
      blockedModels: z.array(z.guid()).default([]),
    })
    .optional(),
  contact: z.string().max(200).optional(),
});

export type Settings = z.infer<typeof settingsSchema>;

const VARIABLES = {
  COUNTERSIGN_URL: 'url',
  COUNTERSIGN_LISTEN: 'listen',
  COUNTERSIGN_MANAGE_LISTEN: 'manageListen',
  COUNTERSIGN_DATA: 'data',
  COUNTERSIGN_POSTGRES_BIN: 'postgresBin',
  COUNTERSIGN_DATABASE_URL: 'databaseUrl',
  COUNTERSIGN_MASTER_KEY_FILE: 'masterKeyFile',
  COUNTERSIGN_TRUSTED_PROXIES: 'trustedProxies',
  COUNTERSIGN_TLS_CERT_FILE: 'tlsCertFile',
  COUNTERSIGN_TLS_KEY_FILE: 'tlsKeyFile',
  COUNTERSIGN_LOG: 'log',
  COUNTERSIGN_SMTP_URL: 'mail.smtpUrl',
  COUNTERSIGN_MAIL_FROM: 'mail.from',
} as const;

/** The settings that environment variables name, in the shape of the file. An unknown COUNTERSIGN_ name is a fault. */
export function fromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith('COUNTERSIGN_') || value === undefined || value === '') continue;
    const path = Object.hasOwn(VARIABLES, name) ? VARIABLES[name as keyof typeof VARIABLES] : name;
    if (path === 'trustedProxies') settings[path] = value.split(',').map((part) => part.trim());
    else if (path.startsWith('mail.'))
      settings['mail'] = { ...(settings['mail'] as object | undefined), [path.slice(5)]: value };
    else settings[path] = value;
  }
  return settings;
}
