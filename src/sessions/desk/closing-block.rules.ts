import type { FieldError } from '../../platform/common/problems.js';
import { MISSING_WORDS } from './minuting.words.js';

export interface ToDo {
  /** To the item or action. */
  href: string;
  label: string;
  words: string;
}

/** What is missing for closing, as a to-do list with links to where each entry can be completed. */
export function toDoList(
  missing: readonly FieldError[],
  items: readonly { id: string; number: string; title: string }[],
  actions: readonly { id: string; number: string; title: string }[],
  sessionPath: string,
): ToDo[] {
  return missing.flatMap(({ field, code }) => {
    const words = MISSING_WORDS[code as keyof typeof MISSING_WORDS];
    const item = items.find(({ number }) => number === field);
    const action = actions.find(({ number }) => number === field);
    if (item) return [{ href: `#punt-${item.id}`, label: `${item.number}. ${item.title}`, words }];
    if (action) {
      const href = `${sessionPath}?actie=${action.id}#wie-en-wanneer`;
      return [{ href, label: `${action.number} ${action.title}`, words }];
    }
    return [];
  });
}
