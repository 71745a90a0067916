import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { isPermittedIn, isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { IdPipe } from '../../platform/common/ids.js';
import { type FieldSpec, filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, type FormWords, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { CreateRatingRoundDto, type RatingRoundView } from '../ratings/ratings.dto.js';
import { RatingRounds } from '../ratings/rating-rounds.service.js';

const PATH = '/waardering';
const WORDS: FormWords = {
  fields: { areaId: 'Kies een gebied.', year: 'Vul een jaar in, zoals 2025.' },
  codes: {
    RATING_ROUND_EXISTS: 'Voor dit gebied en jaar is er al een ronde.',
    NOBODY_TO_ASK: 'Er is in dit gebied niemand om te vragen: nodig eerst partijen uit voor een overleg.',
    RATING_ROUND_CLOSED: 'Deze ronde is al gesloten.',
  },
};
const ANSWERS = { yes: 'ja', partly: 'deels', no: 'nee' };

/** The yearly rating of the collaboration: started, closed and read by the chair. */
@NotInDocument()
@Controller('waardering')
export class RatingPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly rounds: RatingRounds,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('ratings.read')
  list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    return this.show(visit, caller, { year: caller.today.slice(0, 4) });
  }

  @Post()
  @HttpCode(200)
  @Requires('ratings.write')
  async open(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const input = toInput(CreateRatingRoundDto, { ...fields, year: Number(fields.year || NaN) });
        const { asked } = await this.rounds.open(input, caller);
        return { path: PATH, notice: `De ronde is begonnen: ${asked ?? 0} mensen krijgen een mail.` };
      },
      (problem) => this.show(visit, caller, fields, problem),
    );
  }

  @Post(':id/einde')
  @HttpCode(200)
  @Requires('ratings.write')
  async close(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        await this.rounds.close(id, versionIn(fieldsOf(body)), caller);
        return { path: PATH, notice: 'De ronde is gesloten.' };
      },
      (problem) => this.show(visit, caller, {}, problem),
    );
  }

  private async show(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const { items } = await this.rounds.list({ page: 1, pageSize: 100 }, caller);
    const areas = await this.choices.areas('Kies een gebied', { caller, permission: 'ratings.write' });
    const specs: FieldSpec[] = [
      { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
      { name: 'year', label: 'Over welk jaar?', type: 'number', maximum: 4, isRequired: true },
    ];
    return this.pages.show(visit, 'reviews/pages/ratings', {
      title: 'Waardering',
      problem,
      rounds: items.map((round) => toRound(round, caller)),
      form: isPermitted(caller, 'ratings.write')
        ? formOf(PATH, 'Ronde beginnen', filled(specs, values, problem))
        : null,
    });
  }
}

function toRound(round: RatingRoundView, caller: Caller) {
  const { id, areaId, areaName, year, openedAt, closedAt, asked, answered, results, version } = round;
  const total = results?.total ?? null;
  const tally = (name: string, counts: Record<keyof typeof ANSWERS, number>) => [
    cell(name),
    ...Object.keys(ANSWERS).map((answer) => cell(counts[answer as keyof typeof ANSWERS])),
  ];
  return {
    id,
    version,
    name: `${areaName} ${year}`,
    opened: inDutch(dayOf(openedAt)),
    closed: closedAt ? inDutch(dayOf(closedAt)) : null,
    counts: asked === null ? null : `${answered ?? 0} van ${asked} gaven antwoord`,
    mayClose: closedAt === null && isPermittedIn(caller, 'ratings.write', areaId),
    isHidden: closedAt !== null && asked !== null && total === null,
    mark: total?.mark === undefined || total.mark === null ? null : String(total.mark).replace('.', ','),
    table: total
      ? tableOfRows(
          `Antwoorden ${areaName} ${year}`,
          ['Vraag', 'Ja', 'Deels', 'Nee'],
          [tally('Eén mond', total.speaksAsOne), tally('Nagekomen', total.keptAgreements)],
        )
      : null,
    wentWell: results?.wentWell ?? [],
    canBeBetter: results?.canBeBetter ?? [],
  };
}
