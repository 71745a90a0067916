import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CSV_TYPE, TABLE_TYPES, XLSX_TYPE } from '../common/media-types.js';
import { notJson } from '../common/problems.js';

/** Maximum size of a table sent as a request body; other bodies keep the general limit. */
const MOST_BYTES = 5 * 1024 * 1024;
const ROUTES: ReadonlySet<string> = new Set(['/v1/action-imports', '/v1/register-imports']);

const isTable = (request: FastifyRequest): boolean => {
  const type = request.headers['content-type']?.toLowerCase() ?? '';
  return type.startsWith(CSV_TYPE) || type.startsWith(XLSX_TYPE);
};

/** Accepts CSV and XLSX request bodies, as bytes, on the routes that read tables; 415 elsewhere. */
export function acceptTables(server: FastifyInstance): void {
  server.addContentTypeParser(TABLE_TYPES, { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_, body, done) =>
    done(null, body),
  );
  server.addHook('onRequest', (request, _, done) =>
    done(isTable(request) && !ROUTES.has(request.routeOptions.url ?? '') ? notJson() : undefined),
  );
}
