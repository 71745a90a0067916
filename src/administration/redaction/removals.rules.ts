import { type Passage, passagesOf } from '../../minutes/adoption/corrections.rules.js';
import type { ConfidentialContent, CorrectionContent, OpenContent } from '../../minutes/minutes-content.js';
import { REDACTED } from '../copies/copies.rules.js';
import { spelledAt, withoutSpelled } from '../../platform/spelling/spelled-words.js';

type Content = OpenContent | ConfidentialContent;
type TextPassage = Pick<Passage, 'text' | 'put'>;

/**
 * The first day on which minutes may be destroyed: the retention period runs from the end of the year of the session.
 */
export const mayBeDestroyedFrom = (heldOn: string, years: number): string =>
  `${Number(heldOn.slice(0, 4)) + years + 1}-01-01`;

/**
 * Redacts words throughout one item, what was said about the actions recorded under it, and its corrections, in these
 * minutes or in earlier ones that this session adopted. Returns the number of occurrences.
 */
export function redact(content: Content, number: string, words: string): number {
  const passages = [...itemPassages(content, number), ...initiativesOf(content), ...questionsOf(content)];
  return passages.reduce((sum, { text, put }) => {
    const times = spelledAt(text ?? '', words).length;
    if (times > 0) put(withoutSpelled(text!, words, REDACTED));
    return sum + times;
  }, 0);
}

/** The numbers of the items and actions of these minutes. */
export const numbersIn = ({ items, actions, discussed, reportedDone, stillOpen = [] }: Content): string[] =>
  [...items, ...actions, ...discussed, ...reportedDone, ...stillOpen].map(({ number }) => number);

/** The words in their sentence as they are spelled there, shown to the person who decides whether to redact them. */
interface Occurrence {
  before: string;
  found: string;
  after: string;
}

/** Where the words occur: under the number of an item or an action. */
export interface Found {
  item: string;
  /** `loose`: in a decision on the budget or in a question, which are redacted whichever item is named. */
  kind: 'item' | 'action' | 'loose';
  occurrences: Occurrence[];
}

/** Every place of the words in these minutes, however they are spelled, each once, in the order of the items. */
export function placesOf(content: Content, words: string): Found[] {
  const left = structuredClone(content);
  const { items, actions, discussed, reportedDone, stillOpen = [] } = left;
  const [first] = items;
  const loose = first ? occurrencesIn([...initiativesOf(left), ...questionsOf(left)], words) : [];
  const toPlace =
    (kind: Found['kind']) =>
    ({ number }: { number: string }): Found => ({
      ...{ item: number, kind, occurrences: occurrencesIn(itemPassages(left, number), words) },
    });
  // Items first: what is under an item and under an action is redacted with the item.
  return [
    ...items.map(toPlace('item')),
    ...[...actions, ...discussed, ...reportedDone, ...stillOpen].map(toPlace('action')),
    ...(first ? [{ item: first.number, kind: 'loose' as const, occurrences: loose }] : []),
  ].filter(({ occurrences }) => occurrences.length > 0);
}

/** How the words are spelled in these places: each must be redacted. */
export const spellingsIn = (places: readonly Found[]): string[] => [
  ...new Set(places.flatMap(({ occurrences }) => occurrences.map(({ found }) => found))),
];

const AROUND = 60;

/** Replaces what it finds, so that a passage under two numbers is found once; a title in two lists is one occurrence. */
function occurrencesIn(passages: readonly TextPassage[], words: string): Occurrence[] {
  const found = passages.flatMap(({ text, put }) => {
    const places = spelledAt(text ?? '', words, { anyCase: true });
    if (text === null || places.length === 0) return [];
    const ends = [0, ...places.map(([, until]) => until)];
    const starts = [...places.map(([from]) => from), text.length];
    const between = starts.map((start, n) => text.slice(ends[n], start));
    put(between.join(REDACTED));
    return places.map(([from, until], n) => ({
      before: cutBefore(between[n], AROUND),
      found: text.slice(from, until),
      after: cutAfter(between[n + 1], AROUND),
    }));
  });
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
}

const cutBefore = (text: string, most: number): string => (text.length > most ? `…${text.slice(-most)}` : text);
const cutAfter = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

/** The texts of one item, of the actions recorded under it, and of its corrections. */
function itemPassages(content: Content, number: string): TextPassage[] {
  const numbers = [number, ...actionsUnder(content, number)];
  return [...numbers.flatMap((one) => passagesOf(content, one)), ...correctionsOf(content, number)];
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
