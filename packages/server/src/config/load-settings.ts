import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { fromEnvironment, settingsSchema, type Settings } from './settings.ts';

/** Everything that is wrong with the settings, one line per fault; nothing was started. */
export class SettingsFault extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`the settings are not usable:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** A setting, read from the file and overridden by the environment, validated as a whole. Throws `SettingsFault`. */
export async function loadSettings(file: string | null): Promise<Settings> {
  const fromFile = await readSettingsFile(file ?? 'countersign.yaml', file !== null);
  const merged = merge(fromFile, fromEnvironment(process.env));
  const result = settingsSchema.safeParse(merged);
  if (!result.success)
    throw new SettingsFault(result.error.issues.flatMap((issue) => describe(issue, merged)));
  const impossible = impossibleTogether(result.data);
  if (impossible.length > 0) throw new SettingsFault(impossible);
  return result.data;
}

async function readSettingsFile(file: string, demanded: boolean): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && !demanded) return '';
    throw new SettingsFault([`${file}: cannot be read (${error.code ?? error.message})`]);
  });
  let value: unknown;
  try {
    value = parse(text) ?? {};
  } catch (error) {
    throw new SettingsFault([
      `${file}: is not YAML: ${error instanceof Error ? error.message : String(error)}`,
    ]);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SettingsFault([`${file}: found ${JSON.stringify(value)}, expected keys and values`]);
  }
  return { ...value };
}

const merge = (
  file: Record<string, unknown>,
  environment: Record<string, unknown>,
): Record<string, unknown> => ({
  ...file,
  ...environment,
  ...(isRecord(file['mail']) && isRecord(environment['mail'])
    ? { mail: { ...file['mail'], ...environment['mail'] } }
    : {}),
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function describe(issue: Issue, settings: unknown): readonly string[] {
  if (issue.keys !== undefined)
    return issue.keys.map((key) => `${[...issue.path, key].join('.')}: is no setting`);
  const found = issue.path.reduce<unknown>(
    (value, key) => (isRecord(value) ? value[String(key)] : undefined),
    settings,
  );
  // Values of addresses with passwords inside are not shown.
  const shown = typeof found === 'string' && found.includes('@') ? 'a value' : JSON.stringify(found);
  return [`${issue.path.join('.')}: found ${shown ?? 'nothing'}, expected ${issue.message}`];
}

function impossibleTogether(settings: Settings): readonly string[] {
  const faults: string[] = [];
  const { hostname, protocol } = new URL(settings.url ?? 'http://localhost:8080');
  if ((settings.tlsCertFile === undefined) !== (settings.tlsKeyFile === undefined)) {
    faults.push('tlsCertFile, tlsKeyFile: found one of them, expected both or none');
  }
  const local =
    hostname === 'localhost' ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]' ||
    hostname.endsWith('.localhost');
  if (protocol === 'http:' && !local) {
    faults.push(
      `url: found plain http for ${hostname}, expected https; plain http is accepted for localhost only`,
    );
  }
  if (protocol === 'https:' && settings.tlsCertFile === undefined && settings.trustedProxies.length === 0) {
    faults.push(
      'url: found https without tlsCertFile or trustedProxies, expected one of them: something must end TLS',
    );
  }
  if (
    settings.tlsCertFile === undefined &&
    settings.trustedProxies.length === 0 &&
    !isLoopback(settings.listen)
  ) {
    faults.push(
      `listen: found ${settings.listen} without TLS or a trusted proxy, expected a loopback address`,
    );
  }
  if (settings.databaseUrl !== undefined && settings.postgresBin !== undefined) {
    faults.push('postgresBin: found beside databaseUrl, expected only one of them');
  }
  return faults;
}

const isLoopback = (listen: string): boolean => /^(127\.\d+\.\d+\.\d+|\[::1\]|localhost):/.test(listen);
