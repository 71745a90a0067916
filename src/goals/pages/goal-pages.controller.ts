import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeGoalDto, CreateGoalDto } from '../goals.dto.js';
import { Goals } from '../goals.service.js';
import { filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { GOAL_WORDS, toGoal } from './goal-form.rules.js';
import { GoalPages, GOALS } from './goal-pages.service.js';

/** A goal: made, changed, and active once it is SMART. */
@NotInDocument()
@Controller('doelen')
export class GoalPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly goals: Goals,
    private readonly goal: GoalPages,
    private readonly choices: Choices,
  ) {}

  @Get('nieuw')
  @Requires('goals.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<string> {
    return this.showNew(visit, caller, fieldsOf(query));
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('goals.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      GOAL_WORDS,
      async () => {
        const input = toInput(CreateGoalDto, { ...toGoal(fields), areaId: fields.areaId });
        const { id, title } = await this.goals.create(input, caller);
        return { path: `${GOALS}/${id}`, notice: `Opgeslagen: ${title}.` };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
    );
  }

  @Get(':id')
  @Requires('goals.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'goals/pages/goal', await this.goal.view(id, caller));
  }

  @Get(':id/wijzigen')
  @Requires('goals.write')
  async edit(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'web/pages/record', await this.goal.edit(id, caller));
  }

  @Post(':id/wijzigen')
  @HttpCode(200)
  @Requires('goals.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      GOAL_WORDS,
      async () => {
        const { title } = await this.goals.change(
          id,
          toInput(ChangeGoalDto, toGoal(fields)),
          versionIn(fields),
          caller,
        );
        return { path: `${GOALS}/${id}`, notice: `Opgeslagen: ${title}.` };
      },
      async (problem) => this.pages.show(visit, 'web/pages/record', await this.goal.edit(id, caller, fields, problem)),
    );
  }

  @Post(':id/actief')
  @HttpCode(200)
  @Requires('goals.write')
  async activate(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.pages.take(
      visit,
      { codes: GOAL_WORDS.codes },
      async () => {
        const { title } = await this.goals.activate(id, versionIn(fieldsOf(body)), caller);
        return { path: `${GOALS}/${id}`, notice: `${title} is nu actief.` };
      },
      async (problem) =>
        this.pages.show(visit, 'goals/pages/goal', await this.goal.view(id, caller, { part: null, problem })),
    );
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const areas = await this.choices.areas('Kies een gebied', { caller, permission: 'goals.write' });
    const specs = [
      { name: 'areaId', label: 'Gebied', type: 'choice' as const, isRequired: true, options: areas },
      ...this.goal.fields,
    ];
    const form = formOf(
      `${GOALS}/nieuw`,
      'Doel opslaan als concept',
      filled(specs, { courseKind: 'line', ...values }, problem),
    );
    const texts = ['Begin met de titel. De rest vult u aan als u het weet: een concept mag onaf zijn.'];
    const back = { href: '/wijkagenda', label: 'Wijkagenda’s' };
    return this.pages.show(visit, 'web/pages/record', { title: 'Doel toevoegen', back, texts, form, problem });
  }
}
