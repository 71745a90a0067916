import { compareNaturally } from '../../platform/spelling/natural-order.js';
import { plainWords, withoutApostrophes } from '../../platform/spelling/plain-words.js';
import { beginningOf } from '../../platform/rendering/text.js';
import { alsoKnownAs } from './words.js';
import type { HitView, TextPiece } from './search.dto.js';

/** What a source found: a hit with all its texts, before it is ranked. */
export interface Found extends Omit<HitView, 'titlePieces' | 'excerpt'> {
  /** Its texts other than the title, most important first. */
  texts: string[];
  /** The number of its zaak or melding elsewhere. */
  reference?: string | null;
  /** The parts of minutes that contain its texts, until these are read. */
  partIds?: string[];
  /** Other names by which it is known: they count as its title. */
  alsoCalled?: string[];
  /** The organisations by whose other names it may have been found. */
  organisationIds?: string[];
}

const BEFORE = 60;
const LONGEST_EXCERPT = 180;
const WORD = /[\p{L}\p{N}\p{M}]+(?:['’‘´`]\p{L}[\p{L}\p{N}\p{M}]*)*/gu;

/** The words of a search: letters and digits, without case, accents and the apostrophes inside them. */
export const wordsOf = (text: string): string[] => plainWords(withoutApostrophes(text)).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The same, and the parts of words with an apostrophe: `l'Oratoire` begins with "oratoire" too. */
const formsOf = (text: string): string[] => [
  ...new Set([...wordsOf(text), ...(plainWords(text).match(/[\p{L}\p{N}]+/gu) ?? [])]),
];

const isFound = (word: string, wanted: readonly string[]): boolean =>
  wanted.length > 0 && formsOf(word).some((form) => wanted.some((one) => form.startsWith(one)));

/** The text in pieces, with each word that begins with one of the search words as a separate piece. */
export function piecesOf(text: string, wanted: readonly string[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!isFound(word, wanted)) continue;
    if (index > end) pieces.push({ text: text.slice(end, index), isMatch: false });
    pieces.push({ text: word, isMatch: true });
    end = index + word.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMatch: false });
  return pieces;
}

/** Some 180 characters around the words, from the first of the texts that contains most of them; empty if none does. */
export function excerptOf(texts: readonly string[], wanted: readonly string[]): TextPiece[] {
  const counts = texts.map((text) => matchesIn(text, wanted).length);
  const most = Math.max(0, ...counts);
  if (most === 0) return [];
  const text = texts[counts.indexOf(most)].replaceAll(/\s+/g, ' ').trim();
  const first = [...text.matchAll(WORD)].find(({ 0: word }) => isFound(word, wanted))!.index;
  const from = first <= BEFORE ? 0 : text.indexOf(' ', first - BEFORE) + 1 || first;
  const rest = text.slice(Math.min(from, first));
  const cut =
    rest.length <= LONGEST_EXCERPT ? rest.length : Math.max(rest.lastIndexOf(' ', LONGEST_EXCERPT), first - from + 1);
  const pieces = piecesOf(rest.slice(0, cut), wanted);
  if (from > 0) pieces.unshift({ text: '… ', isMatch: false });
  if (cut < rest.length) pieces.push({ text: ' …', isMatch: false });
  return pieces;
}

function firstWordsOf(text: string, wanted: readonly string[]): TextPiece[] {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_EXCERPT) return piecesOf(line, wanted);
  return [...piecesOf(beginningOf(line, LONGEST_EXCERPT), wanted), { text: ' …', isMatch: false }];
}

/** The search words that a word of the text begins with. */
export function matchesIn(text: string, wanted: readonly string[]): string[] {
  const words = formsOf(text);
  return wanted.filter((one) => words.some((word) => word.startsWith(one)));
}

/**
 * How well it matches the search; highest first: its own number or its reference, the title itself, then one or more points for each
 * word by its position (a whole word in the title, the beginning of one, elsewhere).
 */
function scoreOf({ number, reference, title, alsoCalled = [] }: Found, wanted: readonly string[]): number {
  const asked = wanted.join(' ');
  if ([number, reference].some((one) => one && wordsOf(one).join(' ') === asked)) return 1000;
  const names = [title, ...alsoCalled].map(wordsOf);
  if (names.some((name) => name.join(' ') === asked)) return 500;
  const words = [title, number ?? '', ...alsoCalled].flatMap(formsOf);
  const points = wanted.map((one) => (words.includes(one) ? 5 : words.some((word) => word.startsWith(one)) ? 3 : 1));
  return points.reduce<number>((sum, one) => sum + one, 0) / Math.max(1, wanted.length);
}

/**
 * Ranks the hits: best first, otherwise in the given order, which is newest first; actions of which the number was looked
 * for come before the others, in the order of their numbers.
 */
export function ranked(found: readonly Found[], wanted: readonly string[]): { hit: Found; score: number }[] {
  const hits = found.map((hit) => ({ hit, score: scoreOf(hit, wanted), number: numberFound(hit, wanted) }));
  return hits.sort((a, b) => b.score - a.score || byNumber(a.number, b.number));
}

const numberFound = ({ kind, number }: Found, wanted: readonly string[]): string | null =>
  kind === 'action' && number !== null && matchesIn(number, wanted).length === wanted.length ? number : null;

function byNumber(one: string | null, other: string | null): number {
  if (one !== null && other !== null) return compareNaturally(one, other);
  return Number(one === null) - Number(other === null);
}

/** Whether some of the words are in none of its texts. */
export const isUnexplained = (
  { number, title, organisationName, texts, alsoCalled = [] }: Found,
  wanted: readonly string[],
) => matchesIn([number, title, organisationName, ...alsoCalled, ...texts].join(' '), wanted).length < wanted.length;

export function toHitView(
  { texts, alsoCalled = [], reference: _, organisationIds: __, ...hit }: Found,
  wanted: readonly string[],
): HitView {
  const inTitle = matchesIn([hit.number ?? '', hit.title, hit.organisationName ?? ''].join(' '), wanted);
  const others = wanted.filter((word) => !inTitle.includes(word));
  const excerpt =
    others.length > 0 || wanted.length === 0
      ? excerptOf([...alsoCalled.map((name) => alsoKnownAs([name])), ...texts], others)
      : [];
  // The title of a decision is that of its agenda item, which many have in common.
  const shown = hit.kind === 'decision' && excerpt.length === 0 ? firstWordsOf(texts[0], wanted) : excerpt;
  return { ...hit, titlePieces: piecesOf(hit.title, wanted), excerpt: shown };
}
