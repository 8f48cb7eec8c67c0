import { pino, type Logger } from 'pino';
import { prettyStream } from './pretty-stream.ts';

/** Never logged, wherever it turns up: a second line of defence behind not passing it in (I-54). */
const REDACTED = [
  'password',
  'code',
  'token',
  'secret',
  'cookie',
  'authorization',
  'link',
  'link.url',
  '*.password',
  '*.code',
  '*.token',
  '*.secret',
  '*.cookie',
  '*.authorization',
  'req.headers',
];

/** `pretty` or `json`, and a level, as in `json,warn`; without a setting, pretty on a terminal and json elsewhere. */
export function createLogger(setting: string | undefined): Logger {
  const [style = process.stdout.isTTY ? 'pretty' : 'json', level = 'info'] = setting?.split(',') ?? [];
  const options = { level, base: {}, redact: { paths: REDACTED, censor: '[redacted]' } };
  return style === 'pretty' ? pino(options, prettyStream(process.stdout)) : pino(options);
}
