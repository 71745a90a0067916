import type { FieldError } from '../../platform/common/problems.js';
import type { ConfidentialContent, CorrectionContent, OpenContent, PartDraft } from '../minutes-content.js';

type Content = OpenContent | ConfidentialContent;
/** One text of the minutes that can be corrected, and the way to replace it. */
export interface Passage {
  text: string | null;
  /** A title is a single line and never empty. */
  isTitle: boolean;
  put(text: string): void;
}

/** The texts under the number of an agenda item (with the actions made there) or of an action. */
export function passagesOf(content: Content, number: string): Passage[] {
  const found: Passage[] = [];
  const add = <Key extends string>(holder: Record<Key, string | null>, key: Key): void => {
    found.push({ text: holder[key], isTitle: key === 'title', put: (text) => void (holder[key] = text) });
  };
  const items = content.items.filter((item) => item.number === number);
  const isActionList = items.some(({ kind }) => kind === 'actions');
  for (const item of items) for (const key of ['notes', 'decision', 'title'] as const) add(item, key);
  // An action recorded and finished in the same session has its title in two lists.
  const { actions, discussed, reportedDone, stillOpen = [] } = content;
  const addTitle = (named: { number: string; title: string }): void => {
    const all = [...actions, ...discussed, ...reportedDone, ...stillOpen].filter((one) => one.number === named.number);
    found.push({ text: named.title, isTitle: true, put: (text) => void all.forEach((one) => (one.title = text)) });
  };
  for (const action of actions) {
    if (action.number !== number && action.itemNumber !== number) continue;
    addTitle(action);
    if (action.reference !== undefined) add(action as { reference: string }, 'reference');
  }
  const isRecorded = actions.some((one) => one.number === number);
  const isMeant = (action: { number: string }) => action.number === number || isActionList;
  for (const action of discussed) {
    if (action.number === number && !isRecorded) addTitle(action);
    if (isMeant(action)) add(action, 'note');
  }
  for (const action of reportedDone) {
    if (action.number === number && !isRecorded) addTitle(action);
    if (!isMeant(action)) continue;
    add(action, 'result');
    if (action.note !== undefined) add(action as { note: string }, 'note');
  }
  const isTold = [...actions, ...discussed, ...reportedDone].some((one) => one.number === number);
  for (const action of stillOpen) {
    if (action.number === number && !isTold) addTitle(action);
  }
  // The comments on a change, and the decision of a person who was asked for one.
  for (const action of [...discussed, ...reportedDone].filter(isMeant)) {
    if (action.changes?.said !== undefined) add(action.changes as { said: string }, 'said');
    for (const step of action.escalations ?? []) add(step, 'decision');
  }
  return found;
}

const SHORTEST_TITLE = 3;
const LONGEST_TITLE = 200;
const countIn = (text: string | null, part: string): number => (text === null ? 0 : text.split(part).length - 1);

/**
 * Applies corrections to the text in order, and records each in the part it belongs to. Parts not in `known` do not
 * exist for the person making the corrections. Returns an error for every correction that cannot be applied; the result
 * is then invalid.
 */
export function applyCorrections<Part extends PartDraft>(
  parts: readonly Part[],
  known: ReadonlySet<string>,
  corrections: readonly CorrectionContent[],
): { parts: Part[]; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const corrected = structuredClone(parts) as Part[];
  for (const [index, correction] of corrections.entries()) {
    const field = `corrections.${index}`;
    const home = corrected.find(({ label, content }) => known.has(label) && passagesOf(content, correction.item)[0]);
    if (!home) errors.push({ field: `${field}.item`, message: 'item is not the number of an item of these minutes' });
    else if (correction.old === correction.new)
      errors.push({ field: `${field}.new`, message: 'new must differ from old' });
    else {
      const violation = putRight(passagesOf(home.content, correction.item), correction);
      if (violation) errors.push({ field: `${field}.old`, message: violation });
      else {
        const { item, old, new: words } = correction;
        home.content.corrections = [...(home.content.corrections ?? []), { item, old, new: words }];
      }
    }
  }
  return { parts: corrected, errors };
}

/** Replaces the only occurrence of the old words; if there are no old words, adds the new ones to the notes. */
function putRight(passages: readonly Passage[], { old, new: words }: CorrectionContent): string | null {
  if (old === '') return add(passages, words);
  const found = passages.filter(({ text }) => text?.includes(old));
  const times = passages.reduce((sum, { text }) => sum + countIn(text, old), 0);
  if (times === 0) return 'old does not occur in this item';
  if (times > 1) return 'old occurs more than once in this item; include more words';
  return put(found[0], found[0].text!.split(old).join(words));
}

/** Adds to the notes, else to any text that is not a title, else to the title. */
function add(passages: readonly Passage[], words: string): string | null {
  const home = passages.find(({ isTitle }) => !isTitle) ?? passages[0];
  return put(home, home.text ? `${home.text}${home.isTitle ? ' ' : '\n'}${words}` : words);
}

function put(passage: Passage, text: string): string | null {
  if (!passage.isTitle) passage.put(text);
  else if (text.trim().length < SHORTEST_TITLE) return 'a title must be at least 3 characters';
  else if (text.length > LONGEST_TITLE || text.includes('\n'))
    return 'a title must be one line of at most 200 characters';
  else passage.put(text);
  return null;
}

/** The actions whose title was changed, anywhere in the minutes. */
export function changedTitles(before: readonly PartDraft[], after: readonly PartDraft[]) {
  const titlesOf = (parts: readonly PartDraft[]) =>
    parts.flatMap(({ content: { actions, discussed, reportedDone, stillOpen = [] } }) => [
      ...[...actions, ...discussed, ...reportedDone, ...stillOpen],
    ]);
  const old = titlesOf(before);
  const changed = new Map<string, { number: string; old: string; title: string }>();
  for (const [index, { number, title }] of titlesOf(after).entries()) {
    if (old[index].title !== title) changed.set(number, { number, old: old[index].title, title });
  }
  return [...changed.values()];
}
