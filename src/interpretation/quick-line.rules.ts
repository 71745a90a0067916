import { readDeadline, type ReadDeadline } from './quick-deadline.rules.js';
import { type Named, readName, type ReadName } from './quick-names.rules.js';

export interface ReadLine {
  owner: ReadName | null;
  coOwners: ReadName[];
  title: { value: string; text: string };
  deadline: ReadDeadline | null;
  /** What stands where a name is expected, but is no organisation we know. */
  unknownNames: string[];
}

interface Who {
  names: ReadName[];
  unknown: string[];
  rest: string;
}

const BETWEEN_NAMES = /\s*(?:\+|\/|,|;|\bsamen met\b|\bi\.?s\.?m\.?\b|\bmet\b|\ben\b)\s*/i;
const MOST_WORDS_IN_A_NAME = 6;
const MOST_NAME_LENGTH = 80;

/**
 * Reads who does what when out of one line of Dutch, as people note actions: "politie: extra surveillance skatebaan,
 * vrijdag 6 juni". Each part says from which words it was read and how sure that is. It is a proposal, never saved by itself.
 */
export function readLine(line: string, organisations: readonly Named[], day: string): ReadLine {
  const text = line
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(?:[-*•]|\d+[.)])\s+/, '')
    .replace(/^actie(?:punt)?:\s*/i, '');
  const deadline = readDeadline(text, day) ?? null;
  const undated = (deadline ? without(text, deadline.text) : text).replace(/[\s,;–—-]+$/, '');
  const { names, unknown, rest } = readWho(undated, organisations);
  const value = tidy(rest);
  return {
    owner: names[0] ?? null,
    coOwners: names.slice(1),
    title: { value: value && value[0].toUpperCase() + value.slice(1), text: value },
    deadline,
    unknownNames: unknown,
  };
}

function readWho(line: string, organisations: readonly Named[]): Who {
  const colon = /^([^:]{2,80}):\s+(.+)$/.exec(line);
  if (colon) {
    const who = readNames(colon[1], organisations);
    if (who.names.length > 0 || colon[1].split(' ').length <= 3) return { ...who, rest: colon[2] };
  }
  const tail =
    /^(.+?)\s*(?:[([]\s*(?:actie[: ]\s*)?([^)\]]{2,80})[)\]]|\s[-–—]\s([^-–—]{2,80})|\s@([^@]{2,80})|\bdoor\s+([^,]{2,80}))\s*[.,]?$/i.exec(
      line,
    );
  if (tail) {
    const who = readNames(tail[2] ?? tail[3] ?? tail[4] ?? tail[5], organisations);
    if (who.names.length > 0 && who.unknown.length === 0) return { ...who, rest: tail[1] };
  }
  return readLeading(line, organisations);
}

/** "BOR + WonenCentraal", "Tom in de buurt en Participe". A whole name with "en" or "&" in it goes first. */
function readNames(text: string, organisations: readonly Named[]): Omit<Who, 'rest'> {
  const whole = readName(text, organisations);
  if (whole) return { names: [whole], unknown: [] };
  const names: ReadName[] = [];
  const unknown: string[] = [];
  for (const piece of text.split(BETWEEN_NAMES).filter(Boolean)) {
    const name = readName(piece, organisations);
    if (!name) unknown.push(piece.trim());
    else if (!names.some(({ id }) => id === name.id)) names.push(name);
  }
  return { names, unknown };
}

/** "Habeko zoekt eigenaar brandgang uit": the longest name at the beginning, and more after "en" or "+". */
function readLeading(line: string, organisations: readonly Named[]): Who {
  const first = leadingName(line, organisations);
  if (!first) return { names: [], unknown: [], rest: line };
  const rest = line.slice(first.text.length);
  const joined = /^\s*(?:\+|&|\/|en|samen met|i\.?s\.?m\.?)\s+/i.exec(rest);
  const second = joined ? leadingName(rest.slice(joined[0].length), organisations) : undefined;
  if (!joined || !second || second.id === first.id) return { names: [first], unknown: [], rest };
  return { names: [first, second], unknown: [], rest: rest.slice(joined[0].length + second.text.length) };
}

function leadingName(line: string, organisations: readonly Named[]): ReadName | undefined {
  const words = line.slice(0, MOST_NAME_LENGTH).split(' ');
  for (let count = Math.min(MOST_WORDS_IN_A_NAME, words.length - 1); count > 0; count -= 1) {
    const piece = words
      .slice(0, count)
      .join(' ')
      .replace(/[,:;]$/, '');
    const name = readName(piece, organisations);
    // The words that follow may look like a typing error of a name; alone they must be quite like it.
    if (name && (count === 1 || name.certainty === 'sure' || piece.length >= 9)) return name;
  }
  return undefined;
}

const without = (line: string, piece: string): string => {
  const at = line.lastIndexOf(piece);
  return `${line.slice(0, at)} ${line.slice(at + piece.length)}`.replaceAll(/\s+/g, ' ').trim();
};

/** Without the signs and small words that were left over between the parts. */
const tidy = (text: string): string =>
  text
    .replaceAll(/[([]\s*[)\]]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([,.;:])/g, '$1')
    .replace(/^[\s,;:.–—-]+/, '')
    .replace(/^(?:gaat|zal|moet|pakt op:?)\s+(?=\S)/i, '')
    .replace(/[\s,;:–—-]+(?:uiterlijk|voor|vóór|per|op|tegen|gereed|klaar|in)?[\s,;:.–—-]*$/i, '')
    .trim();
