import type { FastifyRequest } from 'fastify';

/**
 * Whether a state-changing request comes from a page of ours (R-SES-10). Browsers send Origin with every POST; the
 * exact public origin is the only one accepted. A request with neither Origin nor Sec-Fetch-Site is no browser's and
 * carries no cookie that a victim's browser added.
 */
export function isSameOrigin(request: FastifyRequest, origin: string): boolean {
  const claimed = request.headers.origin;
  if (claimed !== undefined) return claimed === origin;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}
