import type { FastifyInstance } from 'fastify';
import { methodNotAllowed } from '../common/problems.js';

const API = '/v1/';
/** Scripts of other sites may read published data and the description of the API. */
const OPEN = /^\/v1\/(public\/|openapi\.json(\?|$))/;
const FOR_OTHER_SITES = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'API-Version, ETag, Link, Retry-After',
};

/**
 * Answers an unsupported method with 405 and `Allow` (RFC 9110), OPTIONS on a page with 204 and `Allow`, and lets
 * scripts of other sites read public data (CORS). GET of an address that only takes a form leads to the page of that form.
 * Call it before the routes are added.
 */
export function answerOtherMethods(server: FastifyInstance): void {
  const routes = new Map<string, { pattern: RegExp; methods: Set<string> }>();
  server.addHook('onRoute', ({ method, url }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  const methodsAt = (path: string): string[] => {
    const found = [...routes.values()]
      .filter(({ pattern }) => pattern.test(path))
      .flatMap(({ methods }) => [...methods]);
    return [...new Set(found)].sort();
  };
  /** The nearest page above an address that only takes a form, which a rejected form leaves in the address bar. */
  const pageOver = (path: string, method: string): string | undefined => {
    if (method !== 'GET' || !methodsAt(path).includes('POST')) return undefined;
    const steps = path.split('/');
    while (steps.length > 2) {
      steps.pop();
      const above = steps.join('/');
      if (methodsAt(above).includes('GET')) return above;
    }
    return undefined;
  };
  server.addHook('onRequest', (request, reply, done) => {
    const isOpen = OPEN.test(request.url);
    if (isOpen) reply.headers(FOR_OTHER_SITES);
    if (!request.is404) return done();
    const [path] = request.url.split('?');
    const allowed = methodsAt(path);
    if (allowed.length === 0) return done();
    void reply.header('Allow', allowed.join(', '));
    const isAsked = request.method === 'OPTIONS' && (isOpen || !path.startsWith(API));
    const page = isAsked || path.startsWith(API) ? undefined : pageOver(path, request.method);
    if (page) return void reply.status(303).header('Location', page).send();
    if (!isAsked) return done(methodNotAllowed());
    if (isOpen) void reply.header('Access-Control-Allow-Methods', 'GET, HEAD');
    void reply.status(204).send();
  });
}

const patternOf = (url: string): RegExp => new RegExp(`^${url.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}/?$`);
