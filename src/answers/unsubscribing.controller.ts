import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BehindMailLink, LinkToken } from '../mail/link-door.js';
import { NotInDocument } from '../common/describe.js';
import { LinkMessages } from '../mail/link-messages.js';
import { inDutch, isCalendarDate } from '../common/calendar-date.js';
import { Clock } from '../common/clock.js';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';
import { KoersoverzichtRequests } from '../koersoverzicht/requests.service.js';
import { type Unsubscriber, Unsubscribing } from './unsubscribing.service.js';

/** `List-Unsubscribe` with one click (RFC 8058): the POST works at once; the GET shows a page with buttons. */
@NotInDocument()
@Controller('afmelden')
export class UnsubscribingController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly unsubscribing: Unsubscribing,
    private readonly requests: KoersoverzichtRequests,
    private readonly renderer: Renderer,
    private readonly message: LinkMessages,
    private readonly clock: Clock,
  ) {}

  @Get(':key')
  @BehindMailLink('unsubscribe')
  async show(@LinkToken() token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const person = await this.unsubscribing.open(token);
    if (typeof person === 'string') return this.message.closed(reply, person);
    return this.page(reply, 200, person, null);
  }

  @Post(':key')
  @HttpCode(200)
  @BehindMailLink('unsubscribe')
  async apply(
    @LinkToken() token: string,
    @Body() body: Record<string, unknown> | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const person = await this.unsubscribing.open(token);
    if (typeof person === 'string') return this.message.closed(reply, person);
    if (person.isMonthly) {
      await this.requests.stopFor(person.personId);
      return this.message.say(reply, 200, 'U krijgt het koersoverzicht niet meer per mail', [
        'Het overzicht zelf blijft te zien na het inloggen. Daar kunt u de mail ook weer aanvragen.',
      ]);
    }
    const until = body?.until;
    if (until === undefined) {
      await this.unsubscribing.apply(person.personId, null);
      return this.message.say(reply, 200, 'U krijgt het weekbericht niet meer', [
        'Uw acties blijven gewoon staan. De voorzitter kan zien dat u het weekbericht niet krijgt.',
      ]);
    }
    if (!isCalendarDate(until) || until < this.clock.today())
      return this.page(reply, 400, person, 'Kies een dag vanaf vandaag.');
    await this.unsubscribing.apply(person.personId, until);
    return this.message.say(reply, 200, 'Het weekbericht staat stil', [
      `Tot en met ${inDutch(until)} krijgt u het niet.`,
    ]);
  }

  private page(reply: FastifyReply, status: number, { name, isMonthly }: Unsubscriber, problem: string | null): string {
    void reply.status(status).type('text/html; charset=utf-8');
    return this.renderer.renderHtml('pages/answer-unsubscribe', {
      title: isMonthly ? 'Koersoverzicht per mail stoppen' : 'Weekbericht stoppen of stilzetten',
      isMonthly,
      municipality: this.settings.MUNICIPALITY,
      name,
      problem,
    });
  }
}
