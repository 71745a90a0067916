import { amountOf } from '../../budget/money.rules.js';

/** What was known about a granted initiative, in cents. */
export interface GrantedRow {
  theme: string | null;
  grantedCents: number;
  spentCents: number | null;
  isAccountedFor: boolean;
}

const sumOf = (initiatives: readonly GrantedRow[]) => ({
  initiatives: initiatives.length,
  granted: amountOf(initiatives.reduce((sum, { grantedCents }) => sum + grantedCents, 0)),
  spent: amountOf(initiatives.reduce((sum, { spentCents }) => sum + (spentCents ?? 0), 0)),
  /** How many have been accounted for. */
  accountedFor: initiatives.filter(({ isAccountedFor }) => isAccountedFor).length,
});

/**
 * The leefbaarheidsbudgets of the years of the period: the amounts available, granted up to the last day, spent,
 * accounted for and left; in euros. Without a budget everything is 0.
 */
export function budgetFiguresOf(totals: readonly number[], granted: readonly GrantedRow[]) {
  const totalCents = totals.reduce((sum, one) => sum + one, 0);
  const grantedCents = granted.reduce((sum, one) => sum + one.grantedCents, 0);
  const themes = [...new Set(granted.map(({ theme }) => theme))];
  return {
    budgets: totals.length,
    /** The amounts of the years plus what was carried over. */
    available: amountOf(totalCents),
    ...sumOf(granted),
    /** Negative if more was granted than was available. */
    left: amountOf(totalCents - grantedCents),
    themes: themes.map((theme) => ({ theme, ...sumOf(granted.filter((one) => one.theme === theme)) })),
  };
}
