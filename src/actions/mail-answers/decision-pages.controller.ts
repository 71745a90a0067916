import { notFound } from '../../platform/common/problems.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { Escalations } from '../escalations/escalations.service.js';
import { DECISION_PAGE, decisionProblem, toDecisionForm, toDecisionView } from './decision.rules.js';
import { decisionRefusal } from './decision-refusal.js';
import { type Asked, Decisions } from './decisions.service.js';

/** A decision asked of a person who is signed in; 404 for anyone else. */
@PageController('besluiten')
export class DecisionPagesController {
  constructor(
    private readonly decisions: Decisions,
    private readonly escalations: Escalations,
  ) {}

  @Page(':id', 'me.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return page.show(DECISION_PAGE, toDecisionView(await this.asked(page, id)));
  }

  @FormPost(':id', 'me.write')
  async decide(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const asked = await this.asked(form, id);
    const decided = toDecisionForm(form.fields);
    const problem = decisionProblem(decided);
    if (problem) return form.show(DECISION_PAGE, toDecisionView(asked, decided, problem));
    try {
      await this.escalations.answer(id, { decision: decided.decision, decidedFor: decided.date }, form.caller);
    } catch (error) {
      return form.show(DECISION_PAGE, toDecisionView(asked, decided, decisionRefusal(error)));
    }
    return form.goOn('/', 'Uw besluit is opgeslagen.');
  }

  private async asked(page: PageContext, id: string): Promise<Asked> {
    const asked = await this.decisions.find(id, page.caller.personId);
    if (!asked) throw notFound();
    return asked;
  }
}
