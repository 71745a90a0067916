import { Injectable } from '@nestjs/common';
import { TableQuestions } from '../../questions/table-questions.service.js';
import { TableBudgets } from '../../budget/table-budget.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import type { Caller } from '../../platform/access/caller.js';

/**
 * What the desk shows around a session: the organisations to choose from, the budgets it can decide on, and the
 * questions.
 */
@Injectable()
export class DeskSurroundings {
  constructor(
    private readonly areas: Areas,
    private readonly organisations: Organisations,
    private readonly budgets: TableBudgets,
    private readonly questions: TableQuestions,
  ) {}

  /** Every organisation, for select lists. */
  choices(): Promise<readonly { id: string; name: string }[]> {
    return this.organisations.names();
  }

  async budgetsOf(session: SessionView, caller: Caller) {
    const { budgets } = await this.budgets.of(session, await this.areas.idsBelow(session.areaId, caller.today));
    return budgets;
  }

  /** The budgets and the questions; the latter are null if no chair has started using them. */
  async atTable(session: SessionView, caller: Caller) {
    const areaIds = await this.areas.idsBelow(session.areaId, caller.today);
    const [budgets, questions] = await Promise.all([
      this.budgets.of(session, areaIds),
      this.questions.of(session.id, areaIds),
    ]);
    return { budgets, questions };
  }
}
