import type { FieldError } from '../../platform/common/problems.js';
import { MISSING_WORDS, SOMETHING_MISSING } from './minuting.words.js';

export interface ToDo {
  /** To the item or action; null if it is hidden from the caller. */
  href: string | null;
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
  return missing.map(({ field, code }) => {
    const words = MISSING_WORDS[code as keyof typeof MISSING_WORDS];
    const item = items.find(({ number }) => number === field);
    const action = actions.find(({ number }) => number === field);
    if (item && words) return { href: `#punt-${item.id}`, label: `${item.number}. ${item.title}`, words };
    if (action && words) {
      const href = `${sessionPath}?actie=${action.id}#wie-en-wanneer`;
      return { href, label: `${action.number} ${action.title}`, words };
    }
    return { href: null, label: '', words: SOMETHING_MISSING };
  });
}
