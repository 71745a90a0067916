import { Injectable } from '@nestjs/common';
import { TableQuestions } from '../../questions/table-questions.service.js';
import { TableBudgets } from '../../budget/table-budget.service.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { isReplaced } from '../../directory/people/replaced.conditions.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import type { Caller } from '../../platform/access/caller.js';

/** Somebody, or the free seat of an organisation. */
interface Named {
  personId: string | null;
  name: string | null;
}

/**
 * What the desk shows around a session: the organisations to choose from, the budgets it can decide on, and the
 * questions.
 */
@Injectable()
export class DeskSurroundings {
  constructor(
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly organisations: Organisations,
    private readonly budgets: TableBudgets,
    private readonly questions: TableQuestions,
  ) {}

  /** Every organisation, for select lists. */
  choices(): Promise<readonly { id: string; name: string }[]> {
    return this.organisations.names();
  }

  /** Who replaces somebody expected until that day or longer: they may be named voorzitter or notulist. */
  replacing(people: readonly Named[], day: string): Promise<Named[]> {
    const params = new Params();
    const ids = params.list(people.flatMap(({ personId }) => personId ?? []));
    return rows<Named>(
      this.database.reader,
      `SELECT DISTINCT r."id" AS "personId", r."name" FROM "people" p JOIN "people" r ON r."id" = p."replacementId" AND r."active"
       WHERE p."id" IN (${ids}) AND ${isReplaced('p', params.add(day))} ORDER BY r."name"`,
      params.values,
    );
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
