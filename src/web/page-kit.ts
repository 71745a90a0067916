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
import { catchError, mergeMap, type Observable } from 'rxjs';
import type { RequestWithSession } from '../identity/session-cookie.js';
import { type Required, Requires } from '../platform/access/requires.js';
import { NotInDocument } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { PageContext, SubmittedForm } from './page-context.js';
import { Pages } from './pages.service.js';

type RequestWithPage = RequestWithSession & { page?: PageContext };

@Injectable()
class PageInterceptor implements NestInterceptor {
  constructor(private readonly pages: Pages) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<RequestWithPage>();
    const page = new PageContext(request, http.getResponse<FastifyReply>(), this.pages);
    request.page = page;
    return next.handle().pipe(mergeMap(async (answer: unknown) => this.pages.finished(page, answer)));
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

/** A controller of pages at or below a path; left out of the OpenAPI document. */
export const PageController = (path = '') => applyDecorators(NotInDocument(), Controller(path));

/** A page, or a file that belongs to one. */
export const Page = (path: string, who: Required) =>
  applyDecorators(Get(path), Requires(who), UseInterceptors(PageInterceptor));

/** The action of a form. It answers with a page, with status 200 unless the page sets another. */
export const FormPost = (path: string, who: Required) =>
  applyDecorators(Post(path), HttpCode(200), Requires(who), UseInterceptors(FormInterceptor));

/** The requested page, as a `PageContext`. */
export const CurrentPage = createParamDecorator((_: unknown, context: ExecutionContext) => pageOf(context));

/** The submitted form, as a `SubmittedForm`. */
export const Submitted = createParamDecorator((_: unknown, context: ExecutionContext) => pageOf(context));

const pageOf = (context: ExecutionContext) => context.switchToHttp().getRequest<RequestWithPage>().page;

/** An id in the path: `:id`, unless another name is given. */
export const PathId = (name = 'id') => Param(name, IdPipe);
