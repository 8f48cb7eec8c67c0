import type { ReasonId } from '@countersign/core/audit/event';

/** What a caller is told of something that went wrong outside a form. */
export interface Fault {
  readonly status: number;
  readonly reason: ReasonId;
  readonly retryAfterS: number | null;
}

const fault = (status: number, reason: ReasonId, retryAfterS: number | null = null): Fault => ({
  status,
  reason,
  retryAfterS,
});

/** Errors of Node and PostgreSQL that mean: the store does not answer. */
const STORE_DOWN = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '40P01',
  '57014',
  '53300',
  '53100',
  '25006',
  '08006',
  '08003',
]);

/** Fastify's own errors for requests that never reached a route. */
const REQUEST: Readonly<Record<string, Fault>> = {
  FST_ERR_VALIDATION: fault(400, 'request.malformed'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: fault(415, 'request.media_type'),
  FST_ERR_CTP_BODY_TOO_LARGE: fault(413, 'request.too_large'),
  FST_ERR_CTP_EMPTY_JSON_BODY: fault(400, 'request.malformed'),
  FST_ERR_CTP_INVALID_JSON_BODY: fault(400, 'request.malformed'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: fault(400, 'request.malformed'),
  FST_ERR_BAD_URL: fault(400, 'request.malformed'),
  FST_ERR_MAX_PARAM_LENGTH: fault(414, 'request.too_large'),
};

/** Maps an error to what may be said about it. What is not known is ours to answer for: 500, and nothing granted. */
export function faultOf(error: unknown): Fault {
  const code = codeOf(error);
  if (code !== null && REQUEST[code] !== undefined) return REQUEST[code];
  if (code !== null && STORE_DOWN.has(code)) return fault(503, 'store.unavailable', 5);
  if (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Query read timeout|Connection terminated|pool after calling end/i.test(
      error.message,
    )
  ) {
    return fault(503, 'store.unavailable', 5);
  }
  if (error instanceof Error && error.name === 'UnsealError') return fault(503, 'store.sealed_value');
  const status = statusOf(error);
  return status !== null && status >= 400 && status < 500
    ? fault(status, 'request.malformed')
    : fault(500, 'server.fault');
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

const statusOf = (error: unknown): number | null =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : null;
