import { euros, typedAmount } from '../../budget/money.rules.js';
import type { TableBudget, TableInitiative } from '../../budget/table-budget.service.js';
import { INITIATIVE_STATE_WORDS, leftWords, RESIDENTS } from '../../budget/words.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';

interface Money {
  budgets: readonly TableBudget[];
  initiatives: readonly TableInitiative[];
}

export const NO_BUDGETS: Money = { budgets: [], initiatives: [] };

/**
 * The leefbaarheidsbudget on the desk: pending requests, each with a button that grants the amount requested, and a
 * line for a new one.
 */
export function toBudgetBlock({ budgets, initiatives }: Money, rejected?: RejectedScreenForm) {
  const ofSeveral = budgets.length > 1;
  const undecided = initiatives.filter(({ state }) => state === 'requested').length;
  return {
    counts: { budgets: budgets.length, undecided },
    fresh: formOf('nieuw-initiatief', { title: '', requested: '', requestedById: '', budgetId: '' }, rejected),
    choices: ofSeveral ? budgets.map(({ id, areaName }) => ({ id, name: areaName })) : null,
    left: budgets.map(({ areaName, totalCents: total, grantedCents: granted }) => {
      return `${ofSeveral ? `${areaName}: ` : ''}${leftWords({ total, granted, left: total - granted })}`;
    }),
    rows: initiatives.map((one) => {
      const { id, title, state, requestedByName, requestedCents, grantedCents, version } = one;
      const area = ofSeveral ? budgets.find((budget) => budget.id === one.budgetId)!.areaName : null;
      const form = formOf(`initiatief-${id}`, { granted: typedAmount(requestedCents), reason: '' }, rejected);
      return {
        ...{ id, title, version, form },
        facts: [area, requestedByName ?? RESIDENTS].filter(Boolean).join(', '),
        asked: euros(requestedCents),
        isDecided: state !== 'requested',
        decided: [INITIATIVE_STATE_WORDS[state], grantedCents !== null && euros(grantedCents)]
          .filter(Boolean)
          .join(' '),
      };
    }),
  };
}
