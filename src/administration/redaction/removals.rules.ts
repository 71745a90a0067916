import { countIn, type Passage, passagesOf } from '../../minutes/adoption/corrections.rules.js';
import type { ConfidentialContent, CorrectionContent, OpenContent } from '../../minutes/minutes-content.js';

type Content = OpenContent | ConfidentialContent;
type TextPassage = Pick<Passage, 'text' | 'put'>;

/**
 * The first day on which minutes may be destroyed: the retention period runs from the end of the year of the session.
 */
export const mayBeDestroyedFrom = (heldOn: string, years: number): string =>
  `${Number(heldOn.slice(0, 4)) + years + 1}-01-01`;

/** Printed in place of redacted words. */
export const REDACTED = '(weggelakt)';

/**
 * Redacts words throughout one item, what was said about the actions recorded under it, and its corrections, in these
 * minutes or in earlier ones that this session adopted. Returns the number of occurrences.
 */
export function redact(content: Content, number: string, words: string): number {
  const numbers = [number, ...actionsUnder(content, number)];
  const passages = [
    ...numbers.flatMap((one) => passagesOf(content, one)),
    ...correctionsOf(content, number),
    ...initiativesOf(content),
    ...questionsOf(content),
  ];
  const found = passages.filter(({ text }) => text?.includes(words));
  for (const passage of found) passage.put(passage.text!.split(words).join(REDACTED));
  return found.reduce((sum, { text }) => sum + countIn(text, words), 0);
}

/** Corrections to an item and to the actions made under it; for "verslag vorige keer" all corrections adopted there. */
function correctionsOf({ items, actions, corrections = [], adoptions = [] }: Content, number: string): TextPassage[] {
  const under = actionsUnder({ actions }, number);
  const isAbout = ({ item }: CorrectionContent) => item === number || under.includes(item);
  const isAdopting = items.some((item) => item.number === number && item.kind === 'minutes');
  const adopted = adoptions.flatMap((adoption) => adoption.corrections);
  return [...corrections.filter(isAbout), ...adopted.filter((one) => isAdopting || isAbout(one))].flatMap((one) =>
    (['old', 'new'] as const).map((key) => ({ text: one[key], put: (text: string) => void (one[key] = text) })),
  );
}

/** Decisions on the leefbaarheidsbudget are separate from the items, so they are redacted whichever item is named. */
function initiativesOf(content: Content): TextPassage[] {
  const initiatives = 'initiatives' in content ? (content.initiatives ?? []) : [];
  return initiatives.flatMap((one) => [
    { text: one.title, put: (text: string) => void (one.title = text) },
    { text: one.reason, put: (text: string) => void (one.reason = text) },
  ]);
}

/** So are questions. */
function questionsOf(content: Content): TextPassage[] {
  const questions = 'questions' in content ? (content.questions ?? []) : [];
  return questions.flatMap((one) => [
    { text: one.title, put: (text: string) => void (one.title = text) },
    { text: one.answer, put: (text: string) => void (one.answer = text) },
    { text: one.passedTo, put: (text: string) => void (one.passedTo = text) },
  ]);
}

const actionsUnder = ({ actions }: Pick<Content, 'actions'>, number: string): string[] =>
  actions.filter(({ itemNumber }) => itemNumber === number).map((action) => action.number);
