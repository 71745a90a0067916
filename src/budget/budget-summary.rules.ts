import { inDutch } from '../platform/common/calendar-date.js';
import type { BudgetSummary } from './budget-summaries.service.js';
import { centsOf, euros } from './money.rules.js';
import { leftWords, shareOf, WHO_DECIDES } from './words.js';

/** A budget on a poster and on pages: a bar with its words, and a line per granted initiative. */
export function toBudgetLines(summary: BudgetSummary) {
  const [total, granted, left] = [summary.total, summary.granted, summary.left].map(centsOf);
  const { count } = summary.others;
  const others = `${count === 1 ? '1 ander initiatief' : `${count} andere initiatieven`}: ${euros(centsOf(summary.others.granted))}`;
  return {
    title: `Leefbaarheidsbudget ${summary.year}`,
    bar: { share: shareOf(granted, total), words: leftWords({ total, granted, left }) },
    lines: summary.initiatives.map(({ title, granted: amount, result }) => ({
      title,
      amount: euros(centsOf(amount)),
      result,
    })),
    others: count === 0 ? null : others,
  };
}
/** What residents want to know: how much is left, until when, whom to ask, who decides. */
export function toAnswers(
  { left, closesOn, decidedBy, year }: BudgetSummary,
  contactEmail: string | null,
  today: string,
) {
  const cents = centsOf(left);
  const isOver = closesOn < today;
  return {
    answers: [
      {
        term: 'Hoeveel is er nog?',
        text: cents > 0 ? `${euros(cents)}.` : `Niets meer: het budget van ${year} is verdeeld.`,
      },
      {
        term: 'Tot wanneer?',
        text: isOver
          ? `Aanvragen kon tot en met ${inDutch(closesOn)}.`
          : `Aanvragen kan tot en met ${inDutch(closesOn)}.`,
      },
      { term: 'Wie beslist?', text: `${capitalised(decidedBy ?? WHO_DECIDES)}.` },
    ],
    contactEmail,
  };
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`.replace(/\.$/, '');
