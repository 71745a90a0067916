import { DecideInitiativeDto } from '../../budget/initiatives.dto.js';
import { euros } from '../../budget/money.rules.js';
import { TableBudgets } from '../../budget/table-budget.service.js';
import { toInput } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { SessionForms } from '../pages/session-forms.service.js';

const AT = 'deel-budget';

/** Deciding on initiatives of the leefbaarheidsbudget at the table. */
@PageController('vergaderingen/:id/initiatieven/:initiativeId')
export class BudgetFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly budgets: TableBudgets,
  ) {}

  /** "Toekennen € 450" grants what was asked; another amount, a reason or a refusal come from the form below it. */
  @FormPost('', 'sessions.write')
  async decide(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('initiativeId') initiativeId: string) {
    this.forms.begin(form, id, `initiatief-${initiativeId}`);
    const { outcome, granted, reason } = form.fields;
    const amount = outcome === 'granted' ? { granted } : {};
    const input = toInput(DecideInitiativeDto, { outcome, reason, ...amount }, ['outcome']);
    const { title, grantedCents } = await this.budgets.decide(id, initiativeId, input, form.version, form.caller);
    const words = grantedCents === null ? `Afgewezen: ${title}.` : `Toegekend: ${euros(grantedCents)}, ${title}.`;
    return this.forms.done(form, id, AT, words);
  }

  @FormPost('ongedaan', 'sessions.write')
  async undo(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('initiativeId') initiativeId: string) {
    this.forms.begin(form, id, `initiatief-${initiativeId}`);
    const { title } = await this.budgets.undo(id, initiativeId, form.version, form.caller);
    return this.forms.done(form, id, AT, `Ongedaan gemaakt: ${title}.`);
  }
}
