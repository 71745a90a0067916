import {
  applyDecorators,
  type CallHandler,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Get,
  HttpCode,
  Injectable,
  type NestInterceptor,
  Param,
  Post,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { catchError, type Observable } from 'rxjs';
import type { RequestWithSession } from '../identity/session-cookie.js';
import type { Permission } from '../platform/access/permissions.js';
import { ForEveryone, Requires } from '../platform/access/requires.js';
import { NotInDocument } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { PageContext, SubmittedForm } from './page-context.js';
import { Pages } from './pages.service.js';

type RequestWithPage = RequestWithSession & { page?: PageContext };
/** Who may ask for it: everyone, signed in or not, or who has the permission. */
type Who = Permission | 'everyone';

@Injectable()
class PageInterceptor implements NestInterceptor {
  constructor(private readonly pages: Pages) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithPage>();
    request.page = new PageContext(request, http.getResponse<FastifyReply>(), this.pages);
    return next.handle();
  }
}

@Injectable()
class FormInterceptor implements NestInterceptor {
  constructor(private readonly pages: Pages) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithPage>();
    const form = new SubmittedForm(request, http.getResponse<FastifyReply>(), this.pages);
    request.page = form;
    return next.handle().pipe(catchError(async (error: unknown) => form.answerTo(error)));
  }
}

const openTo = (who: Who) => (who === 'everyone' ? ForEveryone() : Requires(who));

/** Pages at or below a path, which stay out of the document of the API. */
export const PageController = (path = '') => applyDecorators(NotInDocument(), Controller(path));

/** A page, or a file that goes with one. */
export const Page = (path: string, who: Who) =>
  applyDecorators(Get(path), openTo(who), UseInterceptors(PageInterceptor));

/** Where a form is posted to. It answers with a page: with 200, unless that page says otherwise. */
export const FormPost = (path: string, who: Who) =>
  applyDecorators(Post(path), HttpCode(200), openTo(who), UseInterceptors(FormInterceptor));

/** The page that is asked for, as a `PageContext`. */
export const CurrentPage = createParamDecorator((_: unknown, context: ExecutionContext) => pageOf(context));

/** The form that was posted, as a `SubmittedForm`. */
export const Submitted = createParamDecorator((_: unknown, context: ExecutionContext) => pageOf(context));

const pageOf = (context: ExecutionContext) => context.switchToHttp().getRequest<RequestWithPage>().page;

/** An id in the path: `:id`, unless another is named. */
export const PathId = (name = 'id') => Param(name, IdPipe);
