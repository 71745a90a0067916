import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageAnswers, Problem } from '../platform/common/problem.filter.js';
import { MINUTES_RECENT } from '../platform/access/recent-sign-in.js';
import type { RequestWithSession } from '../identity/session-cookie.js';
import { ownPath } from '../identity/sign-in.rules.js';
import { PageContext } from './page-context.js';
import { Pages } from './pages.service.js';

const NO_PAGES = /^\/(v1|health|assets)(\/|$)/;

interface Words {
  title: string;
  text: string;
}
const WORDS: Record<number, Words> = {
  400: {
    title: 'Dit klopt niet',
    text: 'De pagina kreeg iets wat zij niet begrijpt. Ga terug en probeer het opnieuw.',
  },
  403: { title: 'Dat mag niet', text: 'U hebt geen toegang tot deze pagina, of u mag dit niet wijzigen.' },
  404: {
    title: 'Deze pagina is er niet',
    text: 'De pagina bestaat niet (meer), of is niet voor u bestemd. Kijk of het adres klopt.',
  },
  409: {
    title: 'Dat kan nu niet',
    text: 'Misschien heeft iemand anders intussen iets gewijzigd. Ga terug en kijk opnieuw.',
  },
  410: { title: 'Deze pagina is weg', text: 'Wat u zoekt, is verwijderd of verlopen.' },
  412: { title: 'Iemand was u voor', text: 'Iemand anders heeft dit intussen gewijzigd. Ga terug en kijk opnieuw.' },
  413: { title: 'Dat is te groot', text: 'Wat u verstuurt is te groot. Maak het kleiner en probeer het opnieuw.' },
  429: { title: 'Even wachten', text: 'U probeerde dit te vaak achter elkaar. Wacht een paar minuten.' },
  503: { title: 'Even geduld', text: 'Het lukt nu even niet. Er is niets veranderd. Probeer het zo nog eens.' },
};
const FOREIGN_FORM: Words = {
  title: 'Dit formulier is verlopen',
  text: 'Er is niets opgeslagen. Misschien hebt u zich intussen opnieuw aangemeld. Ga terug, vernieuw de pagina en probeer het opnieuw.',
};
/** Pages to visit before the requested one, by error code. */
const FIRST_TO: Record<string, { path: string; notice?: string }> = {
  UNAUTHENTICATED: { path: '/aanmelden' },
  PASSKEY_REQUIRED: { path: '/account/passkey' },
  SIGN_IN_AGAIN: {
    path: '/aanmelden',
    notice: `Er is nog niets gewijzigd. Meld u opnieuw aan: wijzigen kan hier tot ${MINUTES_RECENT} minuten na het aanmelden. U komt daarna terug op de pagina waar u was.`,
  },
};
const OUR_FAULT: Words = {
  title: 'Er ging iets mis',
  text: 'Dat ligt aan ons. Er is niets veranderd. Probeer het later nog eens.',
};

/** Shows on pages, in Dutch, what the API answers as problem+json; sends visitors to sign in where needed. */
@Injectable()
export class PageProblems implements PageAnswers {
  constructor(private readonly pages: Pages) {}

  async answer(problem: Problem, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    if (NO_PAGES.test(request.url.split('?')[0]) || !/\btext\/html\b/.test(request.headers.accept ?? '')) return false;
    const page = new PageContext(request as RequestWithSession, reply, this.pages);
    const firstTo = FIRST_TO[problem.code];
    if (firstTo) {
      const path = `${firstTo.path}?terug=${encodeURIComponent(pageOf(request))}`;
      void reply.send(page.goOn(path, firstTo.notice));
      return true;
    }
    await page.recognise();
    const words = problem.code === 'FOREIGN_FORM' ? FOREIGN_FORM : (WORDS[problem.status] ?? OUR_FAULT);
    void reply.send(page.show('web/pages/problem', { ...words, requestId: request.id }, problem.status));
    return true;
  }
}

/** The page to return to: the requested one, or the one with the submitted form. */
function pageOf({ method, url, headers: { referer } }: FastifyRequest): string {
  if (method === 'GET') return url;
  if (!referer || !URL.canParse(referer)) return '/';
  const { pathname, search } = new URL(referer);
  return ownPath(pathname + search);
}
