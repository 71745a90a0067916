import type { FormProblem } from '../../platform/rendering/form-problem.js';
import { LinkContext } from '../../web/link-pages.js';
import { CurrentLink, LinkFormPost, LinkPage } from '../../web/mail-link.js';
import { PageController } from '../../web/page-kit.js';
import { ESCALATION } from '../escalations/escalation-mail.service.js';
import { Escalations } from '../escalations/escalations.service.js';
import { decisionRefusal } from './decision-refusal.js';
import { type Asked, Decisions } from './decisions.service.js';
import { DECISION_PAGE, type DecisionForm, decisionProblem, toDecisionForm, toDecisionView } from './decision.rules.js';

/** The page behind "geef uw besluit" in a mail. */
@PageController('besluit')
export class DecisionController {
  constructor(
    private readonly decisions: Decisions,
    private readonly escalations: Escalations,
  ) {}

  @LinkPage(':key', ESCALATION)
  async show(@CurrentLink() link: LinkContext): Promise<string> {
    const asked = await this.decisions.open(link.token);
    return typeof asked === 'string' ? link.closed(asked) : this.page(link, asked);
  }

  @LinkFormPost(':key', ESCALATION)
  async decide(@CurrentLink() link: LinkContext): Promise<string> {
    const asked = await this.decisions.open(link.token);
    if (typeof asked === 'string') return link.closed(asked);
    const form = toDecisionForm(link.fields);
    const problem = decisionProblem(form);
    if (problem) return this.page(link, asked, form, problem);
    try {
      await this.escalations.answer(
        asked.id,
        { decision: form.decision, decidedFor: form.date },
        { personId: asked.personId, how: 'link' },
      );
    } catch (error) {
      return this.page(link, asked, form, decisionRefusal(error));
    }
    await this.decisions.markUsed(link.token);
    return link.goBack();
  }

  private page(link: LinkContext, asked: Asked, form?: DecisionForm, problem: FormProblem | null = null): string {
    return link.show(DECISION_PAGE, toDecisionView(asked, form, problem));
  }
}
