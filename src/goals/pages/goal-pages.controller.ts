import { SelectOptions } from '../../web/select-options.service.js';
import { isId } from '../../platform/common/ids.js';
import { recordForm, type RecordView } from '../../web/records.rules.js';
import { ChangeGoalDto, CreateGoalDto } from '../goals.dto.js';
import { Goals } from '../goals.service.js';
import type { FieldSpec } from '../../web/fields.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { GOAL_REQUIRED, goalValues, inParts, toGoal } from './goal-form.rules.js';
import { GOAL_WORDS } from '../words.js';
import { GoalPages, GOALS } from './goal-pages.service.js';

/** The wijkagenda whose page asked for a goal: it is offered there as soon as it is saved. */
const FOR_WIJKAGENDA: FieldSpec = { name: 'wijkagenda', label: '', type: 'hidden' };

/** Pages to create, change and activate a goal. */
@PageController('doelen')
export class GoalPagesController {
  constructor(
    private readonly goals: Goals,
    private readonly goal: GoalPages,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('nieuw', 'goals.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const areas = await this.selectOptions.areasToChoose(page.caller, 'goals.write');
    const area: FieldSpec = { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas };
    const stored = { courseKind: 'line', ...page.query };
    const specs = [area, ...(await this.goal.fields()), FOR_WIJKAGENDA];
    const view: RecordView = {
      title: 'Doel toevoegen',
      back: { href: '/wijkagenda', label: 'Wijkagenda’s' },
      texts: ['Begin met de titel. De rest vult u aan als u het weet: een concept mag onaf zijn.'],
      form: inParts(recordForm(`${GOALS}/nieuw`, 'Doel opslaan als concept', specs, stored, rejected)),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost('nieuw', 'goals.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(GOAL_WORDS, (rejected) => this.fresh(form, rejected));
    const wanted = { areaId: form.fields.areaId, ...toGoal(form.fields) };
    const { id, title } = await this.goals.create(toInput(CreateGoalDto, wanted, GOAL_REQUIRED), form.caller);
    const { wijkagenda = '' } = form.fields;
    if (!isId(wijkagenda)) return form.goOn(`${GOALS}/${id}`, `Opgeslagen: ${title}.`);
    const asking = `Opgeslagen: ${title}. Druk op Doelen opslaan om het op de wijkagenda te zetten.`;
    return form.goOn(`/wijkagenda/${wijkagenda}?doel=${id}#welke-doelen`, asking);
  }

  @Page(':id', 'goals.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const part = rejected && { part: null, ...rejected };
    return page.show('goals/pages/goal', await this.goal.view(id, page.caller, part));
  }

  @Page(':id/wijzigen', 'goals.write')
  async edit(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const goal = await this.goals.read(id, page.caller);
    const stored = { ...goalValues(goal), version: goal.version };
    const view: RecordView = {
      title: `${goal.title} wijzigen`,
      back: { href: `${GOALS}/${id}`, label: goal.title },
      form: inParts(recordForm(`${GOALS}/${id}/wijzigen`, 'Opslaan', await this.goal.fields(goal), stored, rejected)),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':id/wijzigen', 'goals.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(GOAL_WORDS, (rejected) => this.edit(form, id, rejected));
    const input = toInput(ChangeGoalDto, toGoal(form.fields), GOAL_REQUIRED);
    const { title } = await this.goals.change(id, input, form.version, form.caller);
    return form.goOn(`${GOALS}/${id}`, `Opgeslagen: ${title}.`);
  }

  @FormPost(':id/actief', 'goals.write')
  async activate(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected({ codes: GOAL_WORDS.codes }, (rejected) => this.show(form, id, rejected));
    const { title } = await this.goals.activate(id, form.version, form.caller);
    return form.goOn(`${GOALS}/${id}`, `${title} is nu actief.`);
  }
}
