import { HttpException } from '@nestjs/common';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { row } from '../../platform/database/rows.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import type { FormProblem } from '../../platform/rendering/form-problem.js';
import { LinkContext } from '../../web/link-pages.js';
import { CurrentLink, LinkFormPost, LinkPage } from '../../web/mail-link.js';
import { PageController } from '../../web/page-kit.js';
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

/** The form behind the link in a rating mail. */
@PageController('waardering')
export class RatingPageController {
  constructor(
    private readonly database: Database,
    private readonly links: MailLinks,
    private readonly ratings: Ratings,
    private readonly clock: Clock,
  ) {}

  @LinkPage(':key', RATING_LINK)
  async show(@CurrentLink() link: LinkContext): Promise<string> {
    const asked = await this.asked(link.token);
    if (typeof asked === 'string') return link.closed(asked, NO_LONGER);
    return asked.closedAt ? roundClosed(link) : this.form(link, asked, formOf(asked.own));
  }

  @LinkFormPost(':key', RATING_LINK)
  async give(@CurrentLink() link: LinkContext): Promise<string> {
    const asked = await this.asked(link.token);
    if (typeof asked === 'string') return link.closed(asked, NO_LONGER);
    const form = toRatingForm(link.fields);
    const given = ratingOf(form);
    if ('problem' in given) return this.form(link, asked, form, given.problem);
    try {
      await this.ratings.give(asked.roundId, given.rating, { personId: asked.personId, how: 'link' }, () => false);
    } catch (error) {
      if (error instanceof HttpException && error.getStatus() === 409) return roundClosed(link);
      throw error;
    }
    await this.links.markUsed(asked.linkId);
    return link.say(200, 'Dank u wel', [
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
    const own = round && (await ownRating(this.database.reader, round.roundId, link.personId, this.clock.today()));
    if (link.isExpired || !round || !own) return 'gone';
    return { linkId: link.id, personId: link.personId, ...round, own };
  }

  private form(link: LinkContext, asked: Asked, form: RatingForm, problem: FormProblem | null = null): string {
    const choices = (field: 'speaksAsOne' | 'keptAgreements') =>
      RATING_ANSWERS.map((value) => ({
        value,
        id: `${field}-${value}`,
        label: capital(RATING_ANSWER_WORDS[value]),
        isChosen: form[field] === value,
      }));
    return link.show('reviews/pages/rating', {
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
}

const roundClosed = (link: LinkContext): string =>
  link.say(409, 'Deze ronde is gesloten', ['U kunt geen waardering meer geven of wijzigen.']);

const formOf = (own: OwnRating): RatingForm => ({
  mark: own.mark === null ? '' : String(own.mark),
  speaksAsOne: own.speaksAsOne ?? '',
  keptAgreements: own.keptAgreements ?? '',
  wentWell: own.wentWell ?? '',
  canBeBetter: own.canBeBetter ?? '',
});
