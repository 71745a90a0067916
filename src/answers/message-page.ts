import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';

/** A page that only says something. */
@Injectable()
export class MessagePage {
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
  closed(reply: FastifyReply, why: 'unknown' | 'gone'): string {
    return why === 'gone'
      ? this.say(reply, 410, 'Deze link werkt niet meer', [
          'Links in onze mails werken een beperkte tijd. In uw volgende mail staat een nieuwe.',
        ])
      : this.say(reply, 404, 'Deze link kennen wij niet', [
          'Misschien is de link niet helemaal overgenomen. Open hem vanuit de mail.',
        ]);
  }
}
