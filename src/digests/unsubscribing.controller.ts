import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BehindMailLink, LinkToken } from '../web/link-door.js';
import { NotInDocument } from '../platform/common/describe.js';
import { LinkPages } from '../web/link-pages.js';
import { inDutch, isCalendarDate } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { type FormProblem, problemWith } from '../platform/rendering/form-problem.js';
import { KoersoverzichtRequests } from '../wijkagenda/koersoverzicht/requests.service.js';
import { type Unsubscriber, Unsubscribing } from './unsubscribing.service.js';

/** `List-Unsubscribe` with one click (RFC 8058): the POST works at once; the GET shows a page with buttons. */
@NotInDocument()
@Controller('afmelden')
export class UnsubscribingController {
  constructor(
    private readonly unsubscribing: Unsubscribing,
    private readonly requests: KoersoverzichtRequests,
    private readonly linkPages: LinkPages,
    private readonly clock: Clock,
  ) {}

  @Get(':key')
  @BehindMailLink('unsubscribe')
  async show(@LinkToken() token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const person = await this.unsubscribing.open(token);
    if (typeof person === 'string') return this.linkPages.closed(reply, person);
    return this.page(reply, person);
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
    if (typeof person === 'string') return this.linkPages.closed(reply, person);
    if (person.isMonthly) {
      await this.requests.stopFor(person.personId);
      return this.linkPages.say(reply, 200, 'U krijgt het koersoverzicht niet meer per mail', [
        'Het overzicht zelf blijft te zien nadat u zich hebt aangemeld. Daar kunt u de mail ook weer aanvragen.',
      ]);
    }
    const until = body?.until;
    if (until === undefined) {
      await this.unsubscribing.apply(person.personId, null);
      return this.linkPages.say(reply, 200, 'U krijgt het weekbericht niet meer', [
        'Uw acties blijven gewoon staan. De voorzitter kan zien dat u het weekbericht niet krijgt.',
      ]);
    }
    if (!isCalendarDate(until) || until < this.clock.today())
      return this.page(reply, person, problemWith({ until: 'Kies een dag vanaf vandaag.' }));
    await this.unsubscribing.apply(person.personId, until);
    return this.linkPages.say(reply, 200, 'Het weekbericht staat stil', [
      `Tot en met ${inDutch(until)} krijgt u het niet.`,
    ]);
  }

  private page(reply: FastifyReply, { name, isMonthly }: Unsubscriber, problem: FormProblem | null = null): string {
    return this.linkPages.show(reply, 'digests/pages/unsubscribe', {
      title: isMonthly ? 'Koersoverzicht per mail stoppen' : 'Weekbericht stoppen of stilzetten',
      isMonthly,
      name,
      problem,
    });
  }
}
