import { isClosed } from '../../actions/statuses.rules.js';
import type { FieldError } from '../../platform/common/problems.js';
import type { FormProblem } from '../../platform/rendering/form-problem.js';
import type { DiscussionView } from '../discussions.dto.js';
import { MISSING_WORDS } from './minuting.words.js';

interface ToDo {
  /** To the item or action. */
  href: string;
  label: string;
  words: string;
  /** Completed where it is named. */
  isAction: boolean;
}

/** Why closing was refused: by what is missing, if anything is. */
export function closingProblem(problem: FormProblem, toDo: readonly ToDo[]): FormProblem {
  if (toDo.length === 0) return problem;
  const summary = toDo.map(({ href, label, words }) => ({ text: `${label} ${words}`, href }));
  return { ...problem, heading: 'U kunt nog niet afsluiten', summary };
}

/** The actions of before that nobody owns when the session closes: by number only, since some are confidential. */
export const unownedOf = (discussed: readonly DiscussionView[]): { href: string; number: string }[] =>
  discussed
    .filter(({ isHandedBack, status }) => isHandedBack && !isClosed(status))
    .map(({ id, number }) => ({ href: `#besproken-${id}`, number }));

/** What is missing for closing, as a to-do list with links to where each entry can be completed. */
export function toDoList(
  missing: readonly FieldError[],
  items: readonly { id: string; number: string; title: string }[],
  actions: readonly { id: string; number: string; title: string }[],
  sessionPath: string,
): ToDo[] {
  return missing.flatMap(({ field, code }): ToDo[] => {
    const words = MISSING_WORDS[code as keyof typeof MISSING_WORDS];
    const item = items.find(({ number }) => number === field);
    const action = actions.find(({ number }) => number === field);
    if (item)
      return [{ href: `#punt-${item.id}-notes`, label: `${item.number}. ${item.title}`, words, isAction: false }];
    if (action) {
      const href = `${sessionPath}?actie=${action.id}#wie-en-wanneer`;
      return [{ href, label: `${action.number} ${action.title}`, words, isAction: true }];
    }
    return [];
  });
}
