import { add, leadingName, leadingNames, readNames, withoutOthers } from './quick-lists.rules.js';
import type { NameBook, ReadName } from './quick-names.rules.js';
import { PRIVATE_PERSON, RECEIVES } from './reading.words.js';

export interface Who {
  names: ReadName[];
  /** Text in the position of a name that matches nobody known. It stays in the title. */
  unknown: string[];
  /** What comes before the clause of the owner: "Verkeer: ", "Schoolplein afsluiten? ". */
  topic: string;
  /** What the owner does. */
  rest: string;
  /** The line is about a private person, who never owns an action. */
  isPrivate?: boolean;
}

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
const COLON = /^([^:]{2,80}):\s+(.+)$/;
const MOST_WORDS_IN_AN_UNKNOWN_NAME = 3;

/** Reads who does it in a line without its deadline, in the ways people write it down; the first that fits wins. */
export function readWho(line: string, book: NameBook): Who {
  const isPrivate = !leadingName(line, book) && (PRIVATE_PERSON.test(line) || book.isPrivate(line.split(/[\s:,]/)[0]));
  if (isPrivate) return { ...readLater(line, book), topic: '', rest: line, unknown: [], isPrivate };
  const plain = () => readPlain(line, book);
  const found = readColon(line, book) ?? readBehind(line, book) ?? plain() ?? readUnknown(line) ?? nobody(line);
  const others = withoutOthers(found.rest, book);
  if (found.names.length === 0 || others.names.length === 0) return found;
  const names = [...found.names];
  for (const name of others.names) add(names, name);
  return { ...found, names, rest: others.rest };
}

/** "BOR + Habeko: …". Text before a colon that matches nobody is a topic if the owner follows, else an unknown name. */
function readColon(line: string, book: NameBook): Who | undefined {
  const [, before, rest] = COLON.exec(line) ?? [];
  if (!before) return undefined;
  const { names, unknown, aside } = readNames(before, book);
  if (names.length === 0 || unknown.some((piece) => piece.split(' ').length > MOST_WORDS_IN_AN_UNKNOWN_NAME)) {
    return undefined;
  }
  const topic = unknown.length > 0 ? `${unknown.join(', ')}: ` : '';
  return { names, unknown, topic, rest: rest + aside };
}

/** The owner behind the action: "… (actie BOR)", "… - BOR", "… door BOR", ", BOR". */
function readBehind(line: string, book: NameBook): Who | undefined {
  const [, told, ...assigned] = ASSIGNED.exec(line) ?? [];
  if (told) {
    const { names, unknown, aside } = readNames(assigned.find(Boolean)!, book);
    // An unknown name stays in the text.
    const isTold = names.length > 0 || unknown.every((name) => told.includes(name));
    return { names, unknown, topic: '', rest: isTold ? told + aside : line };
  }
  const [, what, ...named] = NAMED.exec(line) ?? [];
  const after = what ? readNames(named.find(Boolean)!, book) : undefined;
  if (after && after.names.length > 0 && after.unknown.length === 0) {
    const { names, unknown, aside } = after;
    return { names, unknown, topic: '', rest: what + aside };
  }
  if (leadingName(line, book)) return undefined;
  const [, action, last] = /^(.+?),\s*([^,]{2,80})$/.exec(line) ?? [];
  const behind = action ? readNames(last, book) : undefined;
  return behind && behind.names.length > 0 && behind.unknown.length === 0
    ? { names: behind.names, unknown: [], topic: '', rest: action + behind.aside }
    : undefined;
}

/** A line that starts with the owner; else one with the owner in a later clause, or behind an infinitive. */
function readPlain(line: string, book: NameBook): Who | undefined {
  const leading = leadingNames(line, book);
  if (leading) {
    const rest = leading.rest.replace(/^\s*[,;:–—-]?\s*om\s+(.+)\s+te\s+(\p{L}+en)$/iu, ' $1 $2');
    return { names: leading.names, unknown: [], topic: '', rest };
  }
  const later = readLater(line, book);
  if (later.names.length > 0) return later;
  const [, action, last] = /^(.+\p{L}en)\s+(\S+(?:\s\S+){0,3})$/u.exec(line) ?? [];
  const behind = action ? book.find(last) : undefined;
  if (behind?.certainty === 'sure')
    return { names: [{ ...behind, certainty: 'likely' }], unknown: [], topic: '', rest: action };
  return undefined;
}

const nobody = (line: string): Who => ({ names: [], unknown: [], topic: '', rest: line });

/** "Schoolplein afsluiten? Tom vraagt na": the owner starts a later clause, and a verb follows. */
function readLater(line: string, book: NameBook): Who {
  for (const { index, 0: mark } of line.matchAll(/[?!.:,;]\s+/g)) {
    const clause = line.slice(index + mark.length);
    const found = leadingNames(clause, book);
    if (found && /^\s+\p{Ll}{2,}/u.test(found.rest) && found.names[0].certainty !== 'doubtful') {
      const names = found.names.map((name) => ({ ...name, certainty: 'likely' as const }));
      return { names, unknown: [], topic: line.slice(0, index + mark.length), rest: found.rest };
    }
  }
  return nobody(line);
}

/** "Jeugdraad: feest": something short that matches nobody is in the position of a name, and no owner follows. */
function readUnknown(line: string): Who | undefined {
  const [, before, rest] = COLON.exec(line) ?? [];
  if (!before || before.split(' ').length > MOST_WORDS_IN_AN_UNKNOWN_NAME) return undefined;
  return { names: [], unknown: [before], topic: `${before}: `, rest };
}

/** "Uiterlijk 1 juli levert BOR de plattegrond aan", with the date removed: a verb, then the owner. */
export function readInverted(line: string, book: NameBook): Who | undefined {
  const [, verb, rest] = /^(\p{Ll}+)\s+(?:(?:de|het)\s+)?(.+)$/u.exec(line) ?? [];
  const name = !verb || RECEIVES.test(verb) ? undefined : leadingName(rest, book);
  if (name?.certainty !== 'sure') return undefined;
  return {
    names: [{ ...name, certainty: 'likely' }],
    unknown: [],
    topic: '',
    rest: verb + rest.slice(name.text.length),
  };
}
