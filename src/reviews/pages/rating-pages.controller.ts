import { isPermitted } from '../../platform/access/access.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { recordForm } from '../../web/records.rules.js';
import { folded, type FieldSpec } from '../../web/fields.rules.js';
import { type RejectedForm, toInput, wholeNumber } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { CreateRatingRoundDto } from '../ratings/ratings.dto.js';
import { yearInReview } from '../reviews.rules.js';
import { RATING_ROUND_WORDS } from '../words.js';
import { toRounds } from './ratings-page.rules.js';
import { RatingRounds } from '../ratings/rating-rounds.service.js';

const PATH = '/waardering';
const BEGIN = 'Ronde beginnen';

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
    const results = await this.rounds.resultsAmong(items, page.caller);
    const areas = await this.selectOptions.areasToChoose(page.caller, 'ratings.write');
    const specs: FieldSpec[] = [
      { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
      { name: 'year', label: 'Over welk jaar?', type: 'number', maximum: 4, isRequired: true },
    ];
    const { areaId = '', year = String(yearInReview(page.caller.today)) } = page.query;
    const form = recordForm(PATH, BEGIN, specs, { areaId, year }, rejected);
    return page.show('reviews/pages/ratings', {
      title: 'Waardering',
      problem: rejected?.problem,
      rounds: toRounds(items, results, page.caller),
      form: isPermitted(page.caller, 'ratings.write')
        ? items.length > 0
          ? folded(form, BEGIN, rejected !== undefined || areaId !== '')
          : form
        : null,
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
