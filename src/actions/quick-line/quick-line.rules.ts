import { readDeadline, type ReadDeadline } from './quick-deadline.rules.js';
import { type Named, readName, type ReadName } from './quick-names.rules.js';

export interface ReadLine {
  owner: ReadName | null;
  coOwners: ReadName[];
  title: { value: string; text: string };
  deadline: ReadDeadline | null;
  /** Text in the place of a name that is not a known organisation. */
  unknownNames: string[];
}

interface Who {
  names: ReadName[];
  unknown: string[];
  rest: string;
}

const BETWEEN_NAMES = /\s*(?:\+|\/|,|;|\s&\s|\bsamen met\b|\bi\.?s\.?m\.?\b|\bmet\b|\ben\b)\s*/i;
/** "Wie: BOR Wat: snoeien Wanneer: 1 juli", with labels as in a list. */
const LABELLED = /^wie:\s*(.+?)[,;.]?\s+wat:\s*(.+?)[,;.]?\s+wanneer:\s*(.+)$/i;
const NAMES = String.raw`([^()[\],;@]{2,80})`;
/** An owner named after the action, with a keyword: "(actie Politie)", ". Actiehouder: BOR". */
const ASSIGNED = new RegExp(
  `^(.+?)\\s*(?:[([]\\s*actie(?:houder)?:?\\s+${NAMES}[)\\]]|[,.;]\\s*actie(?:houder)?:\\s*${NAMES})\\s*[.,]?$`,
  'i',
);
/** The same without keyword, so only if it is a name: "(BOR)", ", actie BOR", "; BOR", "- BOR", "@BOR", "door BOR". */
const NAMED = new RegExp(
  `^(.+?)\\s*(?:[([]\\s*([^)\\]]{2,80})[)\\]]|[,.;]\\s*actie\\s+${NAMES}|\\s[-–—]\\s([^-–—]{2,80})|\\s@([^@]{2,80})|;\\s*([^;]{2,80})|\\bdoor\\s+([^,]{2,80}))\\s*[.,]?$`,
  'i',
);
const ARTICLE = /^(?:(?:actie|actiehouder|de|het|vraag aan|verzoek aan)\s+)+/i;
/** Verbs of receiving: the organisation named after them is not the owner. */
const RECEIVES = /^(?:ontvangt|ontvangen|krijgt|krijgen|hoort|horen)$/i;
const MOST_WORDS_IN_A_NAME = 6;
const MOST_NAME_LENGTH = 80;

/**
 * Reads who does what by when in one line of Dutch, as people note actions: "politie: extra surveillance skatebaan,
 * vrijdag 6 juni". Each part has the words it was read from and its certainty. It is a proposal, never saved by itself.
 */
export function readLine(line: string, organisations: readonly Named[], day: string): ReadLine {
  const text = line
    .replaceAll(/\s*(?:->|=>|→|\t)\s*/g, ', ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(?:[-*•]|\d+[.)])\s+/, '')
    .replace(LABELLED, '$1: $2, $3')
    .replace(/^actie(?:punt)?:\s*/i, '');
  const deadline = readDeadline(text, day) ?? null;
  const undated = (deadline ? without(text, deadline.text) : text).replace(/[\s,;.!–—-]+$/, '');
  const isInverted = deadline !== null && text.startsWith(deadline.text);
  const inverted = isInverted ? readInverted(undated, organisations) : undefined;
  const { names, unknown, rest } = inverted ?? readWho(undated, organisations);
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
  const before = colon && { ...readNames(colon[1], organisations), rest: colon[2] };
  if (before && before.names.length > 0) return before;
  const [, told, ...assigned] = ASSIGNED.exec(line) ?? [];
  if (told) return { ...readNames(assigned.find(Boolean)!, organisations), rest: told };
  const [, what, ...named] = NAMED.exec(line) ?? [];
  const after = what ? readNames(named.find(Boolean)!, organisations) : undefined;
  if (after && after.names.length > 0 && after.unknown.length === 0) return { ...after, rest: what };
  if (before && colon[1].split(' ').length <= 3) return before;
  const leading = readLeading(line, organisations);
  const last = /^(.+?),\s*([^,]{2,80})$/.exec(line);
  const behind = last && leading.names.length === 0 ? readNames(last[2], organisations) : undefined;
  return behind && behind.unknown.length === 0 ? { ...behind, rest: last![1] } : leading;
}

/** "BOR + WonenCentraal", "de politie (wijkteam)". A full name with "en" or "&" is tried first, brackets last. */
function readNames(text: string, organisations: readonly Named[]): Omit<Who, 'rest'> {
  const whole = named(text, organisations);
  if (whole) return { names: [whole], unknown: [] };
  const names: ReadName[] = [];
  const unknown: string[] = [];
  for (const piece of text.split(BETWEEN_NAMES).filter(Boolean)) {
    const name = named(piece, organisations);
    if (!name) unknown.push(piece.trim());
    else if (!names.some(({ id }) => id === name.id)) names.push(name);
  }
  const bare = text.replace(/\s*\([^)]*\)$/, '');
  return unknown.length > 0 && bare !== text ? readNames(bare, organisations) : { names, unknown };
}

/** A name, possibly preceded by "de" or "actie". */
function named(text: string, organisations: readonly Named[]): ReadName | undefined {
  return readName(text, organisations) ?? readName(text.replace(ARTICLE, ''), organisations);
}

/** "Habeko zoekt eigenaar brandgang uit": the longest name at the start, and more after "en" or "+". */
function readLeading(line: string, organisations: readonly Named[]): Who {
  const before = leadingName(line, organisations) ? '' : (ARTICLE.exec(line)?.[0] ?? '');
  const first = leadingName(line.slice(before.length), organisations);
  if (!first) return { names: [], unknown: [], rest: line };
  const rest = line.slice(before.length + first.text.length);
  const joined = /^\s*(?:\+|&|\/|en|samen met|i\.?s\.?m\.?)\s+/i.exec(rest);
  const after = joined ? rest.slice(joined[0].length) : '';
  const article = leadingName(after, organisations) ? '' : (ARTICLE.exec(after)?.[0] ?? '');
  const second = leadingName(after.slice(article.length), organisations);
  if (!joined || !second || second.id === first.id) return { names: [first], unknown: [], rest };
  return { names: [first, second], unknown: [], rest: after.slice(article.length + second.text.length) };
}

/** "Uiterlijk 1 juli levert BOR de plattegrond aan", with the date removed: a verb, then the owner. */
function readInverted(line: string, organisations: readonly Named[]): Who | undefined {
  const [, verb, rest] = /^(\p{Ll}+)\s+(?:(?:de|het)\s+)?(.+)$/u.exec(line) ?? [];
  const name = !verb || RECEIVES.test(verb) ? undefined : leadingName(rest, organisations);
  if (name?.certainty !== 'sure') return undefined;
  return { names: [{ ...name, certainty: 'likely' }], unknown: [], rest: verb + rest.slice(name.text.length) };
}

function leadingName(line: string, organisations: readonly Named[]): ReadName | undefined {
  const words = line.slice(0, MOST_NAME_LENGTH).split(' ');
  for (let count = Math.min(MOST_WORDS_IN_A_NAME, words.length - 1); count > 0; count -= 1) {
    const piece = words
      .slice(0, count)
      .join(' ')
      .replace(/[,:;]$/, '');
    const name = readName(piece, organisations);
    // The next words may look like a typo in a name; a single word must resemble it closely.
    if (name && (count === 1 || name.certainty === 'sure' || piece.length >= 9)) return name;
  }
  return undefined;
}

const without = (line: string, piece: string): string => {
  const at = line.lastIndexOf(piece);
  return `${line.slice(0, at)} ${line.slice(at + piece.length)}`.replaceAll(/\s+/g, ' ').trim();
};

/** Without the punctuation and small words left between the parts. */
const tidy = (text: string): string =>
  text
    .replaceAll(/[([]\s*[)\]]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([,.;:])/g, '$1')
    .replace(/^[\s,;:.–—-]+/, '')
    .replace(/^(?:gaat|zal|moet|pakt op:?)\s+(?=\S)/i, '')
    .replace(
      /(?:[\s,;:–—-]+(?:uiterlijk|voor|vóór|per|op|tegen|gereed|klaar|in)[\s,;:.–—-]*|[\s,;:–—-][\s,;:.–—-]*)$/i,
      '',
    )
    .trim();
