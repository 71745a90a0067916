import helmet from 'helmet';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { API_VERSION } from './api-version.js';

/** The headers of every response, whatever produces it. */
export const ownHeaders = (requestId: string): Record<string, string> => ({
  ...CONSTANT_HEADERS,
  [REQUEST_ID]: requestId,
});

export const REQUEST_ID = 'x-request-id';

/** Computed once: doing so per request costs more than reading an action. */
const SECURITY_HEADERS = headersOf(
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        scriptSrc: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    // With no-referrer, browsers would not send Origin on our own forms either.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: { maxAge: 31_536_000, includeSubDomains: true },
  }),
);

/**
 * Those of them that are the same for every response. In lower case, as Fastify keeps them: making that of each name for each
 * request, and looking the new texts up, takes five times as long.
 */
export const CONSTANT_HEADERS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({ ...SECURITY_HEADERS, 'API-Version': API_VERSION, 'Cache-Control': 'no-store' }).map(
    ([name, value]) => [name.toLowerCase(), value],
  ),
);

/** The headers set by a middleware that only sets constant headers. */
function headersOf(setHeaders: ReturnType<typeof helmet>): Record<string, string> {
  const headers: Record<string, string> = {};
  const response = { setHeader: (name: string, value: string) => (headers[name] = value), removeHeader: () => {} };
  setHeaders({} as IncomingMessage, response as unknown as ServerResponse, () => {});
  return headers;
}
