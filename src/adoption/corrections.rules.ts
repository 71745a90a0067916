import type { FieldError } from '../common/problems.js';
import type { ConfidentialContent, CorrectionContent, OpenContent, PartDraft } from '../minutes/minutes-content.js';

type Content = OpenContent | ConfidentialContent;
/** One text of the minutes that can be put right, and the way to put it. */
interface Passage {
  text: string | null;
  put(text: string): void;
}

/** The texts under the number of an agenda item (with the actions made there) or of an action. */
export function passagesOf(content: Content, number: string): Passage[] {
  const found: Passage[] = [];
  const add = <Key extends string>(holder: Record<Key, string | null>, key: Key): void => {
    found.push({ text: holder[key], put: (text) => void (holder[key] = text) });
  };
  const items = content.items.filter((item) => item.number === number);
  const isActionList = items.some(({ kind }) => kind === 'actions');
  for (const item of items) for (const key of ['notes', 'decision', 'title'] as const) add(item, key);
  for (const action of content.actions) {
    if (action.number === number || action.itemNumber === number) add(action, 'title');
  }
  for (const action of content.discussed) {
    if (action.number === number) add(action, 'title');
    if (action.number === number || isActionList) add(action, 'note');
  }
  for (const action of content.reportedDone) {
    if (action.number === number) add(action, 'title');
    if (action.number === number || isActionList) add(action, 'result');
  }
  return found;
}

const countIn = (text: string | null, part: string): number => (text === null ? 0 : text.split(part).length - 1);

/**
 * Puts corrections in the text, one after another, and keeps each with the part it belongs to. Only parts of `known` are
 * there for the one who corrects. Answers everything that cannot be put right; then nothing of the result counts.
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
      const flaw = putRight(passagesOf(home.content, correction.item), correction);
      if (flaw) errors.push({ field: `${field}.old`, message: flaw });
      else {
        const { item, old, new: words } = correction;
        home.content.corrections = [...(home.content.corrections ?? []), { item, old, new: words }];
      }
    }
  }
  return { parts: corrected, errors };
}

/** Replaces the one place where the old words stand; without old words the new ones are added to the notes. */
function putRight(passages: readonly Passage[], { old, new: words }: CorrectionContent): string | null {
  if (old === '') {
    passages[0].put(passages[0].text ? `${passages[0].text}\n${words}` : words);
    return null;
  }
  const found = passages.filter(({ text }) => text?.includes(old));
  const times = passages.reduce((sum, { text }) => sum + countIn(text, old), 0);
  if (times === 0) return 'old does not stand in this item';
  if (times > 1) return 'old stands in this item more than once; take more words';
  found[0].put(found[0].text!.split(old).join(words));
  return null;
}

/** What is printed in the place of words that were taken out. */
export const REDACTED = '(weggelakt)';

/** Takes words out of one item wherever they stand there; answers how often they did. */
export function redact(content: Content, number: string, words: string): number {
  const passages = passagesOf(content, number).filter(({ text }) => text?.includes(words));
  for (const passage of passages) passage.put(passage.text!.split(words).join(REDACTED));
  return passages.reduce((sum, { text }) => sum + countIn(text, words), 0);
}
