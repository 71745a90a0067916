import { Injectable } from '@nestjs/common';
import { TableQuestions } from '../../questions/table-questions.service.js';
import { TableBudgets } from '../../budget/table-budget.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import type { Caller } from '../../platform/access/caller.js';

/** What stands around a session on its desk: the organisations to choose from, the budgets it can decide on, and the questions. */
@Injectable()
export class DeskSurroundings {
  constructor(
    private readonly organisations: Organisations,
    private readonly budgets: TableBudgets,
    private readonly questions: TableQuestions,
  ) {}

  /** Every organisation, for select lists. */
  choices(): Promise<{ id: string; name: string }[]> {
    return this.organisations.names();
  }

  /** Null where no chair began with them. */
  questionsOf(session: SessionView, caller: Caller) {
    return this.questions.of(session, caller);
  }

  budgetsOf(session: SessionView, caller: Caller) {
    return this.budgets.of(session, caller);
  }
}
