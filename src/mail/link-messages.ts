import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';

/** Pages behind links in mails that only say something. */
@Injectable()
export class LinkMessages {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly renderer: Renderer,
  ) {}

  say(reply: FastifyReply, status: number, title: string, paragraphs: string[]): string {
    void reply.status(status).type('text/html; charset=utf-8');
    return this.renderer.renderHtml('pages/answer-message', {
      title,
      paragraphs,
      municipality: this.settings.MUNICIPALITY,
    });
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
