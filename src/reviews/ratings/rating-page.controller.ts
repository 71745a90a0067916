import { Body, Controller, Get, HttpCode, HttpException, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BehindMailLink, LinkToken } from '../../web/link-door.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { LinkPages } from '../../web/link-pages.js';
import { Database } from '../../platform/database/database.js';
import { row } from '../../platform/database/rows.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import type { FormProblem } from '../../platform/rendering/form-problem.js';
import { type RatingForm, ratingOf, toRatingForm } from './rating-form.rules.js';
import { RATING_LINK } from './rating-mail.service.js';
import { ownRating } from './rating-rounds.service.js';
import { RATING_ANSWERS } from './rating.entity.js';
import { capital } from '../../platform/rendering/text.js';
import { RATING_ANSWER_WORDS } from '../words.js';
import type { OwnRating } from './ratings.dto.js';
import { Ratings } from './ratings.service.js';

const NO_LONGER = 'Vraag de voorzitter van uw overleg om raad.';

interface Asked {
  linkId: string;
  personId: string;
  roundId: string;
  name: string;
  areaName: string;
  year: number;
  closedAt: string | null;
  own: OwnRating;
}

/** The form behind the link in a rating mail. GET and HEAD change nothing: mail scanners follow links. */
@NotInDocument()
@Controller('waardering')
export class RatingPageController {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
    private readonly ratings: Ratings,
    private readonly linkPages: LinkPages,
  ) {}

  @Get(':key')
  @BehindMailLink(RATING_LINK)
  async show(@LinkToken() token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const asked = await this.asked(token);
    if (typeof asked === 'string') return this.linkPages.closed(reply, asked, NO_LONGER);
    if (asked.closedAt) return this.roundClosed(reply);
    return this.form(reply, asked, formOf(asked.own));
  }

  @Post(':key')
  @HttpCode(200)
  @BehindMailLink(RATING_LINK)
  async give(
    @LinkToken() token: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const asked = await this.asked(token);
    if (typeof asked === 'string') return this.linkPages.closed(reply, asked, NO_LONGER);
    const form = toRatingForm(body);
    const given = ratingOf(form);
    if ('problem' in given) return this.form(reply, asked, form, given.problem);
    try {
      await this.ratings.give(asked.roundId, given.rating, { personId: asked.personId, how: 'link' }, () => false);
    } catch (error) {
      if (error instanceof HttpException && error.getStatus() === 409) return this.roundClosed(reply);
      throw error;
    }
    await this.links.markUsed(asked.linkId);
    return this.linkPages.say(reply, 200, 'Dank u wel', [
      'Uw waardering is opgeslagen. Tot de ronde sluit kunt u haar via dezelfde link nog wijzigen.',
    ]);
  }

  private async asked(token: string): Promise<Asked | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || link.purpose !== RATING_LINK) return 'unknown';
    const round = await row<Omit<Asked, 'linkId' | 'personId' | 'own'>>(
      this.database.reader,
      `SELECT r."id" AS "roundId", p."name", a."name" AS "areaName", r."year", r."closedAt"
       FROM "rating_rounds" r JOIN "areas" a ON a."id" = r."areaId" JOIN "people" p ON p."id" = $2 AND p."active"
       WHERE r."id" = $1`,
      [link.subjectIds[0], link.personId],
    );
    const own = round && (await ownRating(this.database.reader, round.roundId, link.personId));
    if (link.isExpired || !round || !own) return 'gone';
    return { linkId: link.id, personId: link.personId, ...round, own };
  }

  private form(reply: FastifyReply, asked: Asked, form: RatingForm, problem: FormProblem | null = null): string {
    const choices = (field: 'speaksAsOne' | 'keptAgreements') =>
      RATING_ANSWERS.map((value) => ({
        value,
        id: `${field}-${value}`,
        label: capital(RATING_ANSWER_WORDS[value]),
        isChosen: form[field] === value,
      }));
    return this.linkPages.show(reply, 'reviews/pages/rating', {
      title: `Hoe ging de samenwerking in ${asked.areaName} in ${asked.year}?`,
      name: asked.name,
      isAnswered: asked.own.answeredAt !== null,
      problem,
      marks: Array.from({ length: 10 }, (_, index) => String(index + 1)).map((mark) => ({
        mark,
        isChosen: form.mark === mark,
      })),
      speaksAsOne: choices('speaksAsOne'),
      keptAgreements: choices('keptAgreements'),
      wentWell: form.wentWell,
      canBeBetter: form.canBeBetter,
    });
  }

  private roundClosed(reply: FastifyReply): string {
    return this.linkPages.say(reply, 409, 'Deze ronde is gesloten', ['U kunt geen waardering meer geven of wijzigen.']);
  }
}

const formOf = (own: OwnRating): RatingForm => ({
  mark: own.mark === null ? '' : String(own.mark),
  speaksAsOne: own.speaksAsOne ?? '',
  keptAgreements: own.keptAgreements ?? '',
  wentWell: own.wentWell ?? '',
  canBeBetter: own.canBeBetter ?? '',
});
