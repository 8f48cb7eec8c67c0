import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';

export interface StaticFile {
  readonly address: string;
  readonly file: URL;
  readonly mediaType: string;
}

/** Serves a fixed list of files from memory, so that no path from a request ever reaches the file system. */
export async function serveStaticFiles(app: FastifyInstance, files: readonly StaticFile[]): Promise<void> {
  for (const { address, file, mediaType } of files) {
    const bytes = await readFile(file);
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    app.get(address, { schema: { hide: true } }, (request, reply) => {
      // An hour, then asked again by its etag: an upgrade reaches browsers the same day without versioned names.
      reply.header('cache-control', 'public, max-age=3600').header('etag', etag);
      if (request.headers['if-none-match'] === etag) return reply.code(304).send();
      return reply.type(mediaType).send(bytes);
    });
  }
}
