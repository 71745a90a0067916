import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  Get,
  HttpCode,
  Inject,
  Injectable,
  type NestInterceptor,
  Post,
  SetMetadata,
  UseInterceptors,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type {} from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, of } from 'rxjs';
import { Requires } from '../platform/access/requires.js';
import { isId } from '../platform/common/ids.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { LinkContext, LinkPages } from './link-pages.js';
import { MailLinks } from '../platform/mail/mail-links.service.js';

const PURPOSES = 'link-purposes';
const TOKEN = /^[\w-]{43}$/;

type RequestWithLink = FastifyRequest<{ Params: { key: string } }> & { link?: LinkContext };

const RequiresMailLink = (purposes: string[]) =>
  applyDecorators(Requires('everyone'), SetMetadata(PURPOSES, purposes), UseInterceptors(MailLinkInterceptor));

/**
 * A page behind a link in a mail, at `…/:key`. In the mail, the key is the token. The first GET moves it from the URL
 * to a cookie scoped to that page and redirects to the link's id, which gives no access by itself: this keeps the token
 * out of history, bookmarks and screens, and lets two mails be open side by side.
 */
export const LinkPage = (path: string, ...purposes: string[]) => applyDecorators(Get(path), RequiresMailLink(purposes));

/** The action of the form on such a page. GET and HEAD change nothing: mail scanners follow links. */
export const LinkFormPost = (path: string, ...purposes: string[]) =>
  applyDecorators(Post(path), HttpCode(200), RequiresMailLink(purposes));

/** The page behind the link, as a `LinkContext`. */
export const CurrentLink = createParamDecorator(
  (_: unknown, context: ExecutionContext): LinkContext => context.switchToHttp().getRequest<RequestWithLink>().link!,
);

@Injectable()
class MailLinkInterceptor implements NestInterceptor {
  private readonly isSecure: boolean;
  private readonly cookie: string;

  constructor(
    @Inject(SETTINGS) settings: Settings,
    private readonly reflector: Reflector,
    private readonly links: MailLinks,
    private readonly pages: LinkPages,
  ) {
    this.isSecure = settings.PUBLIC_URL.startsWith('https:');
    // Not `__Host-`: that prefix requires `Path=/`.
    this.cookie = this.isSecure ? '__Secure-link' : 'link';
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithLink>();
    const reply = http.getResponse<FastifyReply>();
    const { key } = request.params;
    const isAtId = isId(key);
    const token = isAtId ? (request.cookies[this.cookie] ?? '') : key;
    request.link = new LinkContext(token, request, reply, this.pages);
    if (isAtId) {
      const link = TOKEN.test(token) ? await this.links.find(token) : undefined;
      return link?.id === key ? next.handle() : of(request.link.withoutCookie());
    }
    // A POST to the URL in the mail itself is the one-click unsubscribe of a mail client.
    if (request.method === 'POST' || !TOKEN.test(key)) return next.handle();
    const link = await this.links.find(key);
    const purposes = this.reflector.get<string[]>(PURPOSES, context.getHandler());
    if (!link || link.isExpired || !purposes.includes(link.purpose)) return next.handle();
    const address = request.url.replace(key, link.id);
    const [path] = address.split('?', 1);
    void reply
      .setCookie(this.cookie, key, { path, httpOnly: true, sameSite: 'lax', secure: this.isSecure })
      .status(303)
      .header('Referrer-Policy', 'no-referrer')
      .header('Location', address);
    return of('');
  }
}
