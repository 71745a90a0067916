import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { toETag } from './etag.js';
import { LOCATION } from './describe.js';

/** `ETag` from the row's version, `Location` of what was made, `Link` between the pages of a list. */
@Injectable()
export class HeadersInterceptor implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      tap((body: unknown) => {
        if (typeof body !== 'object' || body === null) return;
        const { id, version, items, total, page, pageSize } = body as Record<string, unknown>;
        if (typeof version === 'number') void reply.header('ETag', toETag(version));
        const location = this.reflector.get<string | undefined>(LOCATION, context.getHandler());
        if (location && typeof id === 'string') void reply.header('Location', `${location}/${id}`);
        if (Array.isArray(items) && typeof total === 'number') {
          const { url } = context.switchToHttp().getRequest<FastifyRequest>();
          void reply.header('Link', pageLinks(url, Number(page), Number(pageSize), total));
        }
      }),
    );
  }
}

function pageLinks(url: string, page: number, pageSize: number, total: number): string {
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
