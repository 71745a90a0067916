import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { contentTypeOf } from './accept.js';
import { toETag } from './etag.js';
import type { Page } from './paging.js';

interface Config {
  /** The collection in which this operation creates a resource: `/v1/actions`. */
  location?: string;
  goes?: Deprecation;
}

/** The day an operation is deprecated and the day from which it may be removed; at least six months apart. */
export interface Deprecation {
  since: string;
  sunset: string;
}

/** Declares the headers of this operation's responses. */
export const AnswersWith = (config: Config): MethodDecorator => RouteConfig(config);

/** `Deprecation` (RFC 9745) and `Sunset` (RFC 8594) of an operation that will be removed. */
function goingHeaders({ since, sunset }: Deprecation): Record<string, string> {
  return { Deprecation: `@${Date.parse(since) / 1000}`, Sunset: new Date(sunset).toUTCString() };
}

/**
 * `ETag` from the row's version, `Location` of the created resource, `Link` between the pages of a list. Server hooks,
 * because an interceptor costs each request about 10 % of its time.
 */
export function addAnswerHeaders(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const { goes } = (route.config ?? {}) as Config;
    if (!goes) return;
    const headers = goingHeaders(goes);
    const tell = (_: FastifyRequest, reply: FastifyReply, done: () => void) => {
      reply.headers(headers);
      done();
    };
    route.onRequest = [route.onRequest ?? [], tell].flat();
  });
  server.addHook('preSerialization', (request, reply, body, done) => {
    const { id, version, items, total } = body as Record<string, unknown>;
    if (typeof version === 'number') void reply.header('ETag', toETag(version));
    const { location } = request.routeOptions.config as Config;
    if (location && typeof id === 'string') void reply.header('Location', `${location}/${id}`);
    if (Array.isArray(items) && typeof total === 'number') {
      void reply.header('Link', pageLinks(request, body as Page<unknown>));
    }
    done(null, body);
  });
}

/** The response for a page whose items are already JSON text, with the headers of a list. */
export function pageText({ items, ...rest }: Page<string>, request: FastifyRequest, reply: FastifyReply): string {
  void reply.header('Link', pageLinks(request, rest)).type(contentTypeOf('json'));
  return `{"items":[${items.join()}],${JSON.stringify(rest).slice(1)}`;
}

function pageLinks({ url }: FastifyRequest, { page, pageSize, total }: Omit<Page<unknown>, 'items'>): string {
  const last = Math.max(1, Math.ceil(total / pageSize));
  const to = (number: number, rel: string): string => {
    const target = new URL(url, 'http://localhost');
    target.searchParams.set('page', String(number));
    return `<${target.pathname}${target.search}>; rel="${rel}"`;
  };
  const links = [to(1, 'first'), to(last, 'last')];
  if (page > 1) links.push(to(Math.min(page - 1, last), 'prev'));
  if (page < last) links.push(to(page + 1, 'next'));
  return links.join(', ');
}
