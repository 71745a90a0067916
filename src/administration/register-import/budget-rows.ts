import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Budget } from '../../budget/budget.entity.js';
import { ChangeBudgetDto, CreateBudgetDto } from '../../budget/budgets.dto.js';
import { Budgets } from '../../budget/budgets.service.js';
import { toBudgetView } from '../../budget/budgets.views.js';
import { amountCell, toBudgetRow, yesOrNo } from '../../budget/tables/budget-tables.rules.js';
import { changesBetween, dayOrNothing } from './register-cells.rules.js';
import type { Cells } from './register-columns.rules.js';
import { areaIn, type NamedArea } from './register-lookups.js';
import { RowReader } from './row-reader.js';
import type { Done, RowWriter } from './row-writer.js';

/** Budget rows, identified by area and year. An amount replaces a rate, and vice versa. */
@Injectable()
export class BudgetRows implements RowWriter {
  constructor(private readonly budgets: Budgets) {}

  async put(manager: EntityManager, cells: Cells, by: Caller): Promise<Done> {
    const read = new RowReader(cells);
    const area = await budgetAreaIn(manager, read, by);
    const year = read.year('jaar');
    const [amount, rate] = [read.amount('bedrag'), read.amount('bedrag per inwoner')];
    const carryOver = read.amount('meegenomen');
    const [closesOn, isPublic] = [read.day('aanvragen tot en met'), read.yesOrNo('openbaar')];
    const decidedBy = read.text('wie beslist') || undefined;
    const given = Object.fromEntries(
      Object.entries({ amount, rate, carryOver, closesOn, decidedBy, isPublic }).filter(([, one]) => one !== undefined),
    );
    read.mustBeRight();
    const after: Cells = {
      ...{ bedrag: amountCell(amount ?? null), 'bedrag per inwoner': amountCell(rate ?? null) },
      ...{ meegenomen: amountCell(carryOver ?? null), 'aanvragen tot en met': dayOrNothing(closesOn) },
      ...{ 'wie beslist': decidedBy ?? '', openbaar: isPublic === undefined ? '' : yesOrNo(isPublic) },
    };
    const known = await manager.findOneBy(Budget, { areaId: area!.id, year: year! });
    if (!known) {
      const subject = await this.budgets.add(
        manager,
        read.input(CreateBudgetDto, { areaId: area!.id, year, ...given }),
        by,
      );
      return {
        outcome: 'new',
        changes: changesBetween({}, { gebied: area!.code, jaar: String(year), ...after }),
        subject,
      };
    }
    const before = toBudgetRow(toBudgetView(await this.budgets.budgetRow(manager, known.id, by)), area!.code);
    const changes = changesBetween(before, after);
    if (changes.length > 0) {
      await this.budgets.alter(manager, known.id, read.input(ChangeBudgetDto, given), known.version, by);
    }
    return { outcome: changes.length > 0 ? 'changed' : 'unchanged', changes, subject: known.id };
  }
}

/** The area of a row whose budget the caller may change. Refuses the cell otherwise. */
export async function budgetAreaIn(
  manager: EntityManager,
  read: RowReader,
  by: Caller,
): Promise<NamedArea | undefined> {
  if (read.text('gebied') === '') read.refuse('gebied', 'Vul de code van een gebied in.');
  const area = await areaIn(manager, read, 'gebied');
  if (area && !isPermittedIn(by, 'budgets.write', area.id)) {
    read.refuse('gebied', `Over het budget van "${area.name}" gaat u niet.`);
  }
  return area;
}
