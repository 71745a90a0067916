import { Injectable } from '@nestjs/common';
import { Budgets } from '../../budget/budgets.service.js';
import { BUDGETS } from '../../budget/pages/budget-pages.service.js';
import { isMostlyUnspent } from '../../budget/budget.rules.js';
import { centsOf, euros } from '../../budget/money.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import type { StartBlock } from './start.view.js';

const OCTOBER = '10';

/** In October, shows a chair the budgets of which more than half has not been spent. */
@Injectable()
export class BudgetBlock {
  constructor(private readonly budgets: Budgets) {}

  async unspent(caller: Caller): Promise<StartBlock | null> {
    const [year, month] = caller.today.split('-');
    if (month !== OCTOBER) return null;
    const { items } = await this.budgets.list({ year: Number(year), page: 1, pageSize: 200 }, caller);
    const lines = items
      .map((one) => ({ ...one, unspentCents: centsOf(one.total) - centsOf(one.spent) }))
      .filter(({ areaId }) => caller.areaIds.chair.includes(areaId))
      .filter(({ amount, carryOver, spent }) =>
        isMostlyUnspent({
          amountCents: centsOf(amount),
          carryOverCents: centsOf(carryOver),
          spentCents: centsOf(spent),
        }),
      )
      .map(({ id, areaName, total, left, unspentCents }) => ({
        href: `${BUDGETS}/${id}`,
        text: `${areaName}: ${euros(unspentCents)} van ${euros(centsOf(total))} is niet uitgegeven`,
        facts: [`${euros(centsOf(left))} nog niet toegekend`],
      }));
    if (lines.length === 0) return null;
    return {
      id: 'leefbaarheidsbudget',
      title: 'Leefbaarheidsbudget',
      count: lines.length,
      intro: 'Het jaar duurt nog drie maanden.',
      lines,
      button: { href: lines[0].href, label: 'Bekijk het budget' },
    };
  }
}
