import type { Caller } from '../../platform/access/caller.js';
import { isPermittedIn, isPermitted } from '../../platform/access/access.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { recordForm } from '../../web/records.rules.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { type RejectedForm, toInput, wholeNumber } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { type Table, tableOf } from '../../web/tables.rules.js';
import { CreateRatingRoundDto, type RatingRoundView } from '../ratings/ratings.dto.js';
import { capital } from '../../platform/rendering/text.js';
import { RATING_ANSWERS, type RatingAnswer } from '../ratings/rating.entity.js';
import type { RatingResults } from '../ratings/ratings.rules.js';
import { decimal } from '../documents/review-sentences.rules.js';
import { RATING_ANSWER_WORDS, RATING_ROUND_WORDS } from '../words.js';
import { RatingRounds } from '../ratings/rating-rounds.service.js';

const PATH = '/waardering';
/** The yearly rating of the collaboration: started, closed and read by the chair. */
@PageController('waardering')
export class RatingPagesController {
  constructor(
    private readonly rounds: RatingRounds,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'ratings.read')
  async list(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const { items } = await this.rounds.list({ page: 1, pageSize: 100 }, page.caller);
    const results = await this.rounds.resultsSeenBy(items, page.caller);
    const areas = await this.selectOptions.areas('Kies een gebied', {
      caller: page.caller,
      permission: 'ratings.write',
    });
    const specs: FieldSpec[] = [
      { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
      { name: 'year', label: 'Over welk jaar?', type: 'number', maximum: 4, isRequired: true },
    ];
    const form = recordForm(PATH, 'Ronde beginnen', specs, { year: page.caller.today.slice(0, 4) }, rejected);
    return page.show('reviews/pages/ratings', {
      title: 'Waardering',
      problem: rejected?.problem,
      rounds: items.map((round) => toRound(round, results.get(round.id), page.caller)),
      form: isPermitted(page.caller, 'ratings.write') ? form : null,
    });
  }

  @FormPost('', 'ratings.write')
  async open(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(RATING_ROUND_WORDS, (rejected) => this.list(form, rejected));
    const wanted = { ...form.fields, year: wholeNumber(form.fields.year) };
    const { asked } = await this.rounds.open(toInput(CreateRatingRoundDto, wanted), form.caller);
    return form.goOn(PATH, `De ronde is begonnen: ${asked ?? 0} mensen krijgen een mail.`);
  }

  @FormPost(':id/einde', 'ratings.write')
  async close(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(RATING_ROUND_WORDS, (rejected) => this.list(form, rejected));
    await this.rounds.close(id, form.version, form.caller);
    return form.goOn(PATH, 'De ronde is gesloten.');
  }
}

function toRound(round: RatingRoundView, results: RatingResults | undefined, caller: Caller) {
  const { id, areaId, areaName, year, openedAt, closedAt, asked, answered, version } = round;
  const total = results?.total ?? null;
  return {
    id,
    version,
    name: `${areaName} ${year}`,
    opened: inDutch(dayOf(openedAt)),
    closed: closedAt ? inDutch(dayOf(closedAt)) : null,
    counts: asked === null ? null : `${answered ?? 0} van ${asked} gaven antwoord`,
    mayClose: closedAt === null && isPermittedIn(caller, 'ratings.write', areaId),
    isHidden: results !== undefined && total === null,
    mark: total?.mark == null ? null : decimal(total.mark),
    table: total ? tallyOf(`Antwoorden ${areaName} ${year}`, total) : null,
    wentWell: results?.wentWell ?? [],
    canBeBetter: results?.canBeBetter ?? [],
  };
}

const tallyOf = (caption: string, { speaksAsOne, keptAgreements }: NonNullable<RatingResults['total']>): Table =>
  tableOf(
    caption,
    [
      { question: 'Spreekt de gemeente met één mond?', counts: speaksAsOne },
      { question: 'Zijn afspraken nagekomen?', counts: keptAgreements },
    ],
    {
      Vraag: ({ question }) => question,
      ...Object.fromEntries(
        RATING_ANSWERS.map((answer) => [
          capital(RATING_ANSWER_WORDS[answer]),
          ({ counts }: { counts: Record<RatingAnswer, number> }) => counts[answer],
        ]),
      ),
    },
  );
