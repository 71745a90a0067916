import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { PageFrame, type PageView } from '../platform/rendering/page-frame.js';
import { Renderer } from '../platform/rendering/renderer.js';

/** Pages behind links in mails: in the frame of all pages, for somebody who is not signed in. */
@Injectable()
export class LinkPages {
  constructor(
    private readonly frame: PageFrame,
    private readonly renderer: Renderer,
  ) {}

  /** The HTML of a page. Sets status and type of the answer; a page with a problem has the problem's. */
  show<View extends PageView>(
    reply: FastifyReply,
    template: string,
    view: View,
    status = view.problem?.status ?? 200,
  ): string {
    void reply.status(status).type('text/html; charset=utf-8');
    const form = { form: 'formulier', errors: view.problem?.byField ?? {} };
    return this.renderer.renderHtml(template, { problem: null, form, ...view, shell: this.frame.around(view) });
  }

  /** A page that only says something. */
  say(reply: FastifyReply, status: number, title: string, paragraphs: string[]): string {
    return this.show(reply, 'web/pages/link-message', { title, paragraphs }, status);
  }

  /** A link that was never given out, or one that no longer works. */
  closed(
    reply: FastifyReply,
    why: 'unknown' | 'gone',
    wordsForGone = 'Links in onze mails werken een beperkte tijd. In uw volgende mail staat een nieuwe.',
  ): string {
    return why === 'gone'
      ? this.say(reply, 410, 'Deze link werkt niet meer', [wordsForGone])
      : this.say(reply, 404, 'Deze link kennen wij niet', [
          'Misschien is de link niet helemaal overgenomen. Open hem vanuit de mail.',
        ]);
  }

  /** The address without the token: opened from elsewhere, or in a browser that keeps no cookies. */
  withoutCookie(reply: FastifyReply): string {
    return this.say(reply, 403, 'Open de link vanuit uw mail', [
      'Deze pagina hoort bij een link uit een mail van ons. Open de link opnieuw vanuit die mail.',
      'Komt u steeds hier uit? Dan bewaart uw browser geen cookies. Sta cookies toe voor deze site, of open de link in een andere browser. Wij gebruiken er één, alleen voor deze pagina.',
    ]);
  }
}
