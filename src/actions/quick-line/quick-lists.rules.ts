import type { NameBook, ReadName } from './quick-names.rules.js';

/** Several names: the first is the owner, the others are co-owners. */
interface ReadNames {
  names: ReadName[];
  /** Pieces that match nobody known. */
  unknown: string[];
  /** What stands in brackets behind them and is no part of a name, such as "spoed": it belongs to the action. */
  aside: string;
}

const TOGETHER = String.raw`(?:samen met|in samenwerking met|i\.?s\.?m\.?|met hulp van)`;
const PERHAPS = String.raw`(?:misschien|evt\.?|eventueel|mogelijk|liefst)`;
/** Between two names at the start of a line. "Perhaps" makes the second one doubtful. */
const JOINT = new RegExp(
  `^(?:\\s*,?\\s*(${PERHAPS}\\s+(?:ook\\s+)?(?:${TOGETHER}|met|en)|${TOGETHER}|en(?:\\s+ook)?)\\s+|\\s*(?:\\+|/|&|,|;)\\s*)`,
  'i',
);
/** The same between any pieces of a list that is known to be one. */
const BETWEEN = new RegExp(
  `\\s*(?:\\+|/|,|;|\\s&\\s|\\b${PERHAPS}\\s+(?:${TOGETHER}|met|en)\\b|\\b${TOGETHER}(?![\\p{L}])|\\bmet\\b|\\ben\\b)\\s*`,
  'iu',
);
const WITH_OTHERS = new RegExp(`[\\s,(]+(?:(${PERHAPS})\\s+)?${TOGETHER}\\s+`, 'i');
const MOST_WORDS_IN_A_NAME = 6;
const MOST_NAME_LENGTH = 80;

/** "BOR + WonenCentraal", "de politie (spoed)", "A en B samen". A full name with "en" or "&" is tried first. */
export function readNames(text: string, book: NameBook): ReadNames {
  const listed = text.trim().replace(/\s+(?:samen|gezamenlijk)$/i, '');
  const whole = book.find(listed);
  if (whole) return { names: [whole], unknown: [], aside: '' };
  const leading = leadingNames(`${listed} .`, book);
  if (leading && /^\s*\.$/.test(leading.rest)) return { names: leading.names, unknown: [], aside: '' };
  const names: ReadName[] = [];
  const unknown: string[] = [];
  for (const piece of listed.split(BETWEEN).filter(Boolean)) {
    const name = book.find(piece);
    if (!name) unknown.push(piece.trim());
    else add(names, name);
  }
  const [aside = ''] = unknown.length > 0 ? (/\s*\([^)]*\)$/.exec(listed) ?? []) : [];
  if (aside === '') return { names, unknown, aside };
  const bare = readNames(listed.slice(0, -aside.length), book);
  return { ...bare, aside: bare.aside + aside };
}

/** The names at the start of a line, and the rest: "A samen met B en C lopen …". Undefined without any. */
export function leadingNames(line: string, book: NameBook): { names: ReadName[]; rest: string } | undefined {
  const first = leadingName(line, book);
  if (!first) return undefined;
  const names = [first];
  let rest = line.slice(first.text.length);
  for (;;) {
    const joint = JOINT.exec(rest);
    const after = joint ? rest.slice(joint[0].length) : '';
    const next = joint ? leadingName(after, book) : undefined;
    if (!joint || !next) break;
    add(names, new RegExp(`^${PERHAPS}`, 'i').test(joint[1] ?? '') ? { ...next, certainty: 'doubtful' } : next);
    rest = after.slice(next.text.length);
    // "BOR, samen met de dorpsraad, plaatst": the second comma closes what the first one opened.
    if (joint[0].trim().startsWith(',')) rest = rest.replace(/^,(?=\s)/, '');
  }
  return { names, rest: names.length > 1 ? rest.replace(/^(\s+\S+)?\s+(?:samen|gezamenlijk)(?=\s)/i, '$1') : rest };
}

/** Takes "samen met X" out of a clause, if X is known; otherwise those words belong to the action. */
export function withoutOthers(clause: string, book: NameBook): { names: ReadName[]; rest: string } {
  const match = WITH_OTHERS.exec(clause);
  if (!match) return { names: [], rest: clause };
  const after = clause.slice(match.index + match[0].length);
  const found = leadingNames(`${after} .`, book);
  if (!found || found.names[0].certainty === 'doubtful') return { names: [], rest: clause };
  const names = match[1] ? found.names.map((name) => ({ ...name, certainty: 'doubtful' as const })) : found.names;
  const rest = found.rest.replace(/\s*\.$/, '').replace(/^[),]/, '');
  return { names, rest: clause.slice(0, match.index) + rest };
}

/** Adds a name once; the person named later beside an organisation stays with it. */
export function add(names: ReadName[], name: ReadName): void {
  const at = names.findIndex(({ id }) => id === name.id);
  if (at < 0) names.push(name);
  else {
    const { text, person, ...known } = names[at];
    names[at] = { ...known, person: person ?? name.person, text: `${text}, ${name.text}` };
  }
}

/** The longest name at the start. */
export function leadingName(line: string, book: NameBook): ReadName | undefined {
  const words = line.slice(0, MOST_NAME_LENGTH).split(' ');
  for (let count = Math.min(MOST_WORDS_IN_A_NAME, words.length - 1); count > 0; count -= 1) {
    const piece = words
      .slice(0, count)
      .join(' ')
      .replace(/[,:;]$/, '');
    if (/[,;:]\s/.test(piece)) continue;
    const name = book.find(piece);
    // The next words may look like a typo in a name; a single word must resemble it closely.
    if (name && (count === 1 || name.certainty === 'sure' || name.alternatives.length > 0 || piece.length >= 9))
      return name;
  }
  return undefined;
}
