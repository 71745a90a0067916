import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { notJson } from './problems.js';

const MOST_BYTES = 5 * 1024 * 1024;
/** The pages with a file upload. */
const ROUTES: ReadonlySet<string> = new Set(['/gebieden/:id/acties/invoeren', '/beheer/vullen/:register']);

/** Accepts uploads on the pages that have one; 415 elsewhere. The file arrives as bytes among the fields. */
export async function acceptFormFiles(app: NestFastifyApplication, server: FastifyInstance): Promise<void> {
  server.addHook('onRequest', (request, _, done) => {
    const isMultipart = request.headers['content-type']?.toLowerCase().startsWith('multipart/form-data');
    done(isMultipart && !ROUTES.has(request.routeOptions.url ?? '') ? notJson() : undefined);
  });
  await app.register(
    multipart as never,
    {
      attachFieldsToBody: 'keyValues',
      limits: { fileSize: MOST_BYTES, files: 1, fields: 10, fieldSize: 600_000, parts: 11 },
      async onFile(part: { toBuffer(): Promise<Buffer>; value?: Buffer }) {
        part.value = await part.toBuffer();
      },
    } as never,
  );
}
