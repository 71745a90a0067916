import { RESIDENTS } from '../../budget/words.js';
import { inShort } from '../../platform/common/calendar-date.js';
import type { TableQuestion } from '../../questions/table-questions.service.js';
import { outcomeWords } from '../../questions/words.js';
import { formOf, type RejectedScreenForm } from './screen-form.js';

/** The questions on the desk: the open ones with their possible outcomes, and a line for a new one. */
export function toQuestionsBlock(found: readonly TableQuestion[] | null, today: string, rejected?: RejectedScreenForm) {
  const all = found ?? [];
  return {
    counts: { questions: found?.length ?? null, openQuestions: all.filter(({ outcome }) => outcome === null).length },
    fresh: formOf('nieuwe-vraag', { title: '', requestedById: '' }, rejected),
    rows: all.map(({ id, title, areaName, requestedByName, dueOn, outcome, version }) => ({
      ...{ id, title, version },
      form: formOf(`vraag-${id}`, { answer: '', actionId: '' }, rejected),
      facts: `${areaName}, ${requestedByName ?? RESIDENTS} · antwoord uiterlijk ${inShort(dueOn, today)}`,
      isSettled: outcome !== null,
      settled: outcomeWords(outcome),
    })),
  };
}
