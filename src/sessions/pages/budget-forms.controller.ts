import { CreateInitiativeDto, DecideInitiativeDto } from '../../budget/initiatives.dto.js';
import { euros } from '../../budget/money.rules.js';
import { TableBudgets } from '../../budget/table-budget.service.js';
import { toInput } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { Sessions } from '../planning/sessions.service.js';
import { SessionForms } from './session-forms.service.js';
import { DeskSurroundings } from '../desk/desk-surroundings.service.js';

const AT = 'deel-budget';

/** Recording initiatives of the leefbaarheidsbudget during a session, and deciding on them. */
@PageController('vergaderingen/:id/initiatieven')
export class BudgetFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly sessions: Sessions,
    private readonly budgets: TableBudgets,
    private readonly surroundings: DeskSurroundings,
  ) {}

  /** Uses the only budget on the desk, if there is no choice. */
  @FormPost('', 'sessions.write')
  async record(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'nieuw-initiatief');
    const { title, requested, requestedById, budgetId } = form.fields;
    const budgets = await this.surroundings.budgetsOf(await this.sessions.read(id, form.caller), form.caller);
    const only = budgets.length === 1 ? budgets[0].id : undefined;
    const asked = { budgetId: budgetId || only, title, requested, ...(requestedById && { requestedById }) };
    const input = toInput(CreateInitiativeDto, asked, ['budgetId', 'title', 'requested']);
    await this.budgets.record(id, input, form.caller);
    return this.forms.done(form, id, AT, `Vastgelegd: ${input.title}.`);
  }

  /**
   * "Toekennen € 450" grants the amount requested; another amount, a reason or a refusal come from the form below it.
   */
  @FormPost(':initiativeId', 'sessions.write')
  async decide(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('initiativeId') initiativeId: string) {
    this.forms.begin(form, id, `initiatief-${initiativeId}`);
    const { outcome, granted, reason } = form.fields;
    const amount = outcome === 'granted' ? { granted } : {};
    const input = toInput(DecideInitiativeDto, { outcome, reason, ...amount }, ['outcome']);
    const { title, grantedCents } = await this.budgets.decide(id, initiativeId, input, form.version, form.caller);
    const words = grantedCents === null ? `Afgewezen: ${title}.` : `Toegekend: ${euros(grantedCents)}, ${title}.`;
    return this.forms.done(form, id, AT, words);
  }

  @FormPost(':initiativeId/ongedaan', 'sessions.write')
  async undo(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('initiativeId') initiativeId: string) {
    this.forms.begin(form, id, `initiatief-${initiativeId}`);
    const { title } = await this.budgets.undo(id, initiativeId, form.version, form.caller);
    return this.forms.done(form, id, AT, `Ongedaan gemaakt: ${title}.`);
  }
}
