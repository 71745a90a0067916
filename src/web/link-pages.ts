import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingForm, RequestWithFiles } from '../platform/common/form-files.js';
import { PageFrame, type PageView } from '../platform/rendering/page-frame.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { type Fields, fieldsOf } from './forms.js';

const NO_LONGER = 'Deze link werkt niet meer';
const WAIT_OR_SIGN_IN = [
  'Links in onze mails werken een beperkte tijd. In uw volgende mail staat een nieuwe.',
  'Wilt u niet wachten? Meld u aan met uw e-mailadres, dan ziet u uw acties.',
];

const OPEN_AGAIN_OR_SIGN_IN = [
  'Misschien is de link niet helemaal overgenomen. Open hem vanuit de mail.',
  'Lukt het dan nog niet? Dan is de link vervallen. Meld u aan met uw e-mailadres, dan ziet u uw acties.',
];

/** What people wrote themselves, rather than chose. */
const SEVERAL_WORDS = /\S\s+\S/;

/** Renders pages behind links in mails: in the common frame, for a visitor who is not signed in. */
@Injectable()
export class LinkPages {
  constructor(
    private readonly frame: PageFrame,
    private readonly renderer: Renderer,
  ) {}

  draw(template: string, view: PageView): string {
    const form = { form: 'formulier', errors: view.problem?.byField ?? {} };
    return this.renderer.renderHtml(template, { problem: null, form, ...view, shell: this.frame.around(view) });
  }
}

/** One request for a page behind a link in a mail: its token, valid or not, and the response. */
export class LinkContext {
  constructor(
    readonly token: string,
    readonly request: FastifyRequest,
    readonly reply: FastifyReply,
    private readonly pages: LinkPages,
  ) {}

  /** The submitted fields of the form. */
  get fields(): Fields {
    return fieldsOf(this.request.body);
  }

  /** The files that come with the form. */
  get upload(): IncomingForm | undefined {
    return (this.request as RequestWithFiles).incoming;
  }

  get query(): Fields {
    return fieldsOf(this.request.query);
  }

  /** The HTML of a page. A page with a problem gets the problem's status. */
  show<View extends PageView>(template: string, view: View, status = view.problem?.status ?? 200): string {
    void this.reply.status(status).type('text/html; charset=utf-8');
    return this.pages.draw(template, view);
  }

  /** Redirects back to the page (303), with a notice in its query. */
  goBack(query = ''): string {
    const address = query === '' ? this.request.url : `${this.request.url.split('?', 1)[0]}?${query}`;
    void this.reply.status(303).header('Location', address);
    return '';
  }

  /** A page that only shows a message. */
  say(status: number, title: string, paragraphs: string[], mayHelp: 'sign-in' | null = null): string {
    return this.message(status, { title, paragraphs, offersSignIn: mayHelp === 'sign-in' });
  }

  private message(
    status: number,
    view: { title: string; paragraphs: string[]; offersSignIn: boolean; typed?: string[] },
  ) {
    return this.show('web/pages/link-message', view, status);
  }

  /**
   * An unknown link, or one that is no longer valid; what was written in its form is shown, to be copied. Not so if
   * unknown: then anybody could have made the form.
   */
  closed(why: 'unknown' | 'gone', wordsForGone?: string): string {
    const paragraphs = wordsForGone ? [wordsForGone] : WAIT_OR_SIGN_IN;
    if (why === 'gone')
      return this.message(410, {
        title: NO_LONGER,
        paragraphs,
        offersSignIn: wordsForGone === undefined,
        typed: Object.values(this.fields).filter((value) => SEVERAL_WORDS.test(value)),
      });
    // After a restore, links in the mails sent since the backup are unknown too.
    return this.say(404, 'Deze link kennen wij niet', OPEN_AGAIN_OR_SIGN_IN, 'sign-in');
  }

  /** The URL without the token: opened from elsewhere, or in a browser that blocks cookies. */
  withoutCookie(): string {
    return this.say(403, 'Open de link vanuit uw mail', [
      'Deze pagina hoort bij een link uit een mail van ons. Open de link opnieuw vanuit die mail.',
      'Komt u steeds hier uit? Dan bewaart uw browser geen cookies. Sta cookies toe voor deze site, of open de link in een andere browser. Wij gebruiken er één, alleen voor deze pagina.',
    ]);
  }
}
