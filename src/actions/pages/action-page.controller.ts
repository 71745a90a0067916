import { ActionJudgements } from '../judgements/action-judgements.service.js';
import { Actions } from '../actions.service.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { forbidden } from '../../platform/common/problems.js';
import { CreateEscalationDto } from '../escalations/escalations.dto.js';
import { ActionFiles } from '../files/action-files.service.js';
import { Escalations } from '../escalations/escalations.service.js';
import { JudgeDto } from '../judgements/judgements.dto.js';
import { TakesFiles } from '../../platform/common/form-files.js';
import { toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { ALONE, savedWords, standingFieldId, toUpdate } from './standing.rules.js';
import { toAgreement, toChange } from './action-page-forms.rules.js';
import { CreateUpdateDto } from '../history/action-updates.dto.js';
import { ServingFields } from './serving-fields.service.js';
import { PAGE_WORDS } from '../words.js';
import { type Part, type RejectedAction } from './action-page.service.js';
import { ActionScreen } from './action-screen.service.js';

/** One action: its status, owner and deadline, public line, escalations, and the judgements of other parties. */
@PageController('acties/:id')
export class ActionPageController {
  constructor(
    private readonly screen: ActionScreen,
    private readonly actions: Actions,
    private readonly judgements: ActionJudgements,
    private readonly escalations: Escalations,
    private readonly selectOptions: SelectOptions,
    private readonly serving: ServingFields,
    private readonly files: ActionFiles,
  ) {}

  @Page('', 'actions.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedAction): Promise<string> {
    return this.screen.show(page, id, rejected);
  }

  @FormPost('stand', 'actions.answer')
  @TakesFiles()
  async answer(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('stand', form, id);
    const update = toUpdate(form.fields, ALONE);
    const { number, status } = (await this.files.update(id, update, form.upload, form.caller)).action;
    return form.goOn(`/acties/${id}`, savedWords(number, status, form.fields.status));
  }

  @FormPost('afspraak', 'actions.write')
  async agree(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('afspraak', form, id);
    const action = await this.actions.read(id, form.caller);
    if (!('allowed' in action)) throw forbidden();
    const update = toAgreement(form.fields, action);
    if (update === null) return form.goOn(`/acties/${id}`, 'Er is niets veranderd.', true);
    await this.actions.update(id, update, form.caller);
    return form.goOn(`/acties/${id}`, `Opgeslagen: ${action.number}.`);
  }

  @FormPost('gegevens', 'actions.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('gegevens', form, id);
    const ids = await this.serving.idsIn(form.fields, form.caller);
    const { number } = await this.actions.change(id, toChange(form.fields, ids), form.version, form.caller);
    return form.goOn(`/acties/${id}`, `Opgeslagen: ${number}.`);
  }

  @FormPost('resultaat', 'actions.answer')
  async tellResult(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('resultaat', form, id);
    const { result, realisation, resultSize } = form.fields;
    const update = toInput(CreateUpdateDto, { result, realisation, resultSize }, ['result']);
    const { number } = (await this.actions.update(id, update, form.caller)).action;
    return form.goOn(`/acties/${id}`, `Opgeslagen: het resultaat van ${number}.`);
  }

  @FormPost('bel', 'actions.write')
  async escalate(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('bel', form, id);
    const personId = await this.selectOptions.personIdOf(form.fields.personId, form.caller);
    const input = toInput(CreateEscalationDto, { personId, text: form.fields.text });
    const { personName } = await this.escalations.ask(id, input, form.caller);
    return form.goOn(`/acties/${id}`, `Gevraagd: ${personName}. De actiehouder krijgt dezelfde tekst.`);
  }

  @FormPost('oordeel', 'actions.judge')
  async judge(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('oordeel', form, id);
    const { judgement, comment } = form.fields;
    const [organisationId] = form.caller.memberOfIds;
    const input = toInput(JudgeDto, { judgement, comment, organisationId });
    const { organisationName } = await this.judgements.judge(id, input, form.caller);
    return form.goOn(`/acties/${id}`, `Opgeslagen: het oordeel van ${organisationName}.`);
  }

  /** Each form is part of the action's page, under its own name. */
  private begin(part: Part, form: SubmittedForm, id: string): void {
    const idOf = (field: string) => (part === 'stand' ? standingFieldId(id, field) : `${part}-${field}`);
    form.ifRejected({ ...PAGE_WORDS, idOf }, (rejected) => this.show(form, id, { part, ...rejected }));
  }
}
