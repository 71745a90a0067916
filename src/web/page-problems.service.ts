import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageAnswers, Problem } from '../platform/server/problem.filter.js';
import { MINUTES_RECENT } from '../platform/access/recent-sign-in.js';
import type { RequestWithSession } from '../identity/session-cookie.js';
import { ownPath } from '../identity/sign-in.rules.js';
import { KeptForms } from './kept-forms.service.js';
import { PageContext } from './page-context.js';
import { Pages } from './pages.service.js';
import { KEPT, OUR_FAULT, PROBLEM_CODE_WORDS, PROBLEM_WORDS } from './words.js';

const NO_PAGES = /^\/(v1|health|assets)(\/|$)/;

/** Pages to visit before the requested one, by error code. */
const FIRST_TO: Record<string, { path: string; notice?: string }> = {
  UNAUTHENTICATED: { path: '/aanmelden' },
  PASSKEY_REQUIRED: { path: '/account/passkey' },
  SIGN_IN_AGAIN: {
    path: '/aanmelden',
    notice: `Er is nog niets gewijzigd. Meld u opnieuw aan: wijzigen kan hier tot ${MINUTES_RECENT} minuten na het aanmelden. U komt daarna terug op de pagina waar u was.`,
  },
};
/** Shows on pages, in Dutch, what the API answers as problem+json; sends visitors to sign in where needed. */
@Injectable()
export class PageProblems implements PageAnswers {
  constructor(
    private readonly pages: Pages,
    private readonly kept: KeptForms,
  ) {}

  async answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    if (NO_PAGES.test(request.url.split('?')[0]) || !/\btext\/html\b/.test(request.headers.accept ?? '')) return false;
    const page = new PageContext(request as RequestWithSession, reply, this.pages);
    const firstTo = FIRST_TO[problem.code];
    if (firstTo) {
      const path = `${firstTo.path}?terug=${encodeURIComponent(pageOf(request))}`;
      const isKept = await this.kept.keep(page.request, reply);
      void reply.send(page.goOn(path, [firstTo.notice, isKept && KEPT].filter(Boolean).join(' '), true));
      return true;
    }
    // Submitted from a page that an earlier session showed, by the same person.
    if (problem.code === 'FOREIGN_FORM' && (await this.kept.keep(page.request, reply, true))) {
      void reply.send(page.goOn(pageOf(request)));
      return true;
    }
    await page.recognise();
    const words = PROBLEM_CODE_WORDS[problem.code] ?? PROBLEM_WORDS[problem.status] ?? OUR_FAULT;
    const left = leftOn(page, problem.status);
    void reply.send(page.show('web/pages/problem', { ...words, ...left, requestId: request.id }, problem.status));
    return true;
  }
}

/** For a page that the caller can no longer see: shows what they typed there and only their own device still has. */
const leftOn = ({ request }: PageContext, status: number) =>
  request.caller && request.method === 'GET' && [403, 404].includes(status)
    ? { visitor: request.caller.personId, scripts: ['kept-lines.js'] }
    : {};

/** The page to return to: the requested one, or the one with the submitted form. */
function pageOf({ method, url, headers: { referer } }: FastifyRequest): string {
  if (method === 'GET') return url;
  if (!referer || !URL.canParse(referer)) return '/';
  const { pathname, search } = new URL(referer);
  return ownPath(pathname + search);
}
