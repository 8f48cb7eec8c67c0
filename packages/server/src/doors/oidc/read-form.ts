import type { IncomingMessage } from 'node:http';

/** Far more than any authorization or logout request of ours needs, and what an address may still hold. */
const LARGEST = 16 * 1024;

/** The body of a form post, or null when it is no form, too large or cut short. */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams | null> {
  const type = req.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return null;
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) return null;
      length += chunk.length;
      if (length > LARGEST) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
