import { beginningOf } from '../../platform/rendering/text.js';

/** What stays the same before and after the words that changed, in characters. */
const AROUND = 40;
const LONGEST = 300;

/** "was “…”, wordt “…”"; of a long text only the passage that changed. Null and empty are said in words. */
export function turnOf(was: string | null, is: string | null): string {
  const [before, after] = [oneLine(was), oneLine(is)];
  if (!before) return `was nog leeg, wordt ${quoted(after)}`;
  if (!after) return `was ${quoted(before)}, is weggehaald`;
  const [start, end] = sharedBy(before, after);
  return `was ${quoted(passage(before, start, end))}, wordt ${quoted(passage(after, start, end))}`;
}

const oneLine = (text: string | null): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
const quoted = (text: string): string => `“${beginningOf(text, LONGEST)}${text.length > LONGEST ? ' …' : ''}”`;

/** The number of characters that both begin with, and that both end in. */
function sharedBy(one: string, other: string): [number, number] {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [start, end];
}

/** The text from some words before what changed until some words after it. */
function passage(text: string, start: number, end: number): string {
  const from = start > AROUND ? text.lastIndexOf(' ', start - AROUND) + 1 : 0;
  const next = end > AROUND ? text.indexOf(' ', text.length - end + AROUND) : -1;
  const until = next < 0 ? text.length : next;
  return `${from > 0 ? '… ' : ''}${text.slice(from, until)}${until < text.length ? ' …' : ''}`;
}
