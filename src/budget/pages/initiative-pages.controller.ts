import { orNull, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { InitiativeDecisions } from '../decisions.service.js';
import {
  ChangeInitiativeDto,
  DecideInitiativeDto,
  INITIATIVE_DETAILS,
  InitiativeActionsDto,
} from '../initiatives.dto.js';
import { Initiatives } from '../initiatives.service.js';
import { centsOf, euros } from '../money.rules.js';
import { BUDGET_WORDS } from '../words.js';
import { INITIATIVES } from './budget-pages.service.js';
import { InitiativePages, type InitiativePart, type RejectedInitiative } from './initiative-pages.service.js';

/** The page of an initiative: its decision and its result. */
@PageController('initiatieven/:id')
export class InitiativePagesController {
  constructor(
    private readonly initiatives: Initiatives,
    private readonly decisions: InitiativeDecisions,
    private readonly pages: InitiativePages,
  ) {}

  @Page('', 'budgets.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedInitiative): Promise<string> {
    return page.showRecord(await this.pages.view(id, page.caller, rejected), rejected);
  }

  @FormPost('besluit', 'budgets.write')
  async decide(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('besluit', form, id);
    const { outcome, granted, reason, sessionId, decidedOn } = form.fields;
    const amount = outcome === 'granted' ? { granted } : {};
    const input = toInput(DecideInitiativeDto, { outcome, reason, sessionId, decidedOn, ...amount }, ['outcome']);
    const decided = await this.decisions.decide(id, input, form.version, form.caller);
    const words = decided.granted ? `Toegekend: ${euros(centsOf(decided.granted))}.` : 'Afgewezen.';
    return form.goOn(`${INITIATIVES}/${id}`, words);
  }

  @FormPost('besteding', 'budgets.write')
  async spend(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('besteding', form, id);
    const isAccountedFor = form.fields.isAccountedFor === 'ja';
    const input = { ...orNull(form.fields, 'spent', 'result'), isAccountedFor };
    await this.initiatives.change(id, toInput(ChangeInitiativeDto, input), form.version, form.caller);
    return form.goOn(`${INITIATIVES}/${id}`, 'Opgeslagen: besteding.');
  }

  @FormPost('gegevens', 'budgets.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('gegevens', form, id);
    const { title, requested, requestedOn, isPublic } = form.fields;
    const emptied = orNull(form.fields, ...INITIATIVE_DETAILS);
    const input = { title, requested, requestedOn, ...emptied, isPublic: isPublic === 'ja' };
    const wanted = toInput(ChangeInitiativeDto, input, ['title', 'requested']);
    await this.initiatives.change(id, wanted, form.version, form.caller);
    return form.goOn(`${INITIATIVES}/${id}`, 'Opgeslagen: gegevens.');
  }

  @FormPost('acties', 'budgets.write')
  async setActions(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('acties', form, id);
    const actionIds = await this.pages.actionIds(form.fields.numbers ?? '');
    await this.initiatives.setActions(id, toInput(InitiativeActionsDto, { actionIds }), form.version, form.caller);
    return form.goOn(`${INITIATIVES}/${id}`, 'Opgeslagen: acties.');
  }

  /** Each form is on the page of the initiative, under its own name. */
  private begin(part: InitiativePart, form: SubmittedForm, id: string): void {
    form.ifRejected(
      { ...BUDGET_WORDS, idOf: (field) => `${part}-${field.replace(/^actionIds.*/, 'numbers')}` },
      (rejected) => this.show(form, id, { part, ...rejected }),
    );
  }
}
