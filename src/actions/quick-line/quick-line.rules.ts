import type { Certainty } from './quick-meaning.rules.js';
import { findDeadline, type FoundDeadline, type ReadDeadline } from './quick-deadline.rules.js';
import { leadingNames } from './quick-lists.rules.js';
import type { NameBook, ReadName } from './quick-names.rules.js';
import { joined } from './quick-verbs.rules.js';
import { NEEDS_OP } from './reading.words.js';
import { readInverted, readWho, type Who } from './quick-who.rules.js';

interface ReadLine {
  owner: ReadName | null;
  coOwners: ReadName[];
  /** `text` has the words as they were typed; in `value` a separable verb is joined. */
  title: { value: string; text: string; certainty: Certainty };
  deadline: ReadDeadline | null;
  /** Text in the position of a name that is not a known organisation or person. It is also part of the title. */
  unknownNames: string[];
  /** The title without those names, for when they become owners. */
  titleWithoutUnknown: string;
  /** The line is about a private person, who cannot own an action. */
  isPrivate: boolean;
}

/** "Wie: BOR Wat: snoeien Wanneer: 1 juli", with labels as in a list. */
const LABELLED = /^wie:\s*(.+?)[,;.]?\s+wat:\s*(.+?)[,;.]?\s+wanneer:\s*(.+)$/i;

/**
 * Reads who does what by when in one line of Dutch, as people note actions: "politie: extra surveillance skatebaan,
 * vrijdag 6 juni". Each part has the words it was read from and its certainty. What is not understood remains in the
 * title. It is a proposal, never saved by itself.
 */
export function readLine(line: string, book: NameBook, day: string): ReadLine {
  const text = normalised(line);
  const found = findDeadline(text, day);
  const deadline = found && settled(withoutParticle(found, text, book), text, book);
  const undated = (deadline && !deadline.isKept ? without(text, deadline) : text).replace(/[\s,;.!–—-]+$/, '');
  const isInverted = deadline !== undefined && text.startsWith(deadline.text);
  const who = (isInverted ? readInverted(undated, book) : undefined) ?? readWho(undated, book);
  const typed = tidy(who.topic + who.rest);
  const value = who.isPrivate ? typed : tidy(titled(who));
  const names = who.names;
  return {
    owner: names[0] ?? null,
    coOwners: names.slice(1),
    title: { value: capitalised(value), text: typed, certainty: certaintyOf(value, typed, who, deadline) },
    deadline: deadline
      ? { kind: deadline.kind, dueOn: deadline.dueOn, text: deadline.text, certainty: deadline.certainty }
      : null,
    unknownNames: who.unknown,
    titleWithoutUnknown: capitalised(who.unknown.length > 0 ? tidy(joined(tidy(who.rest))) : value),
    isPrivate: who.isPrivate ?? false,
  };
}

const normalised = (line: string): string =>
  line
    .replaceAll(/\s*(?:->|=>|→|\t)\s*/g, ', ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/^(?:[-*•]|\d+[.)])\s+/, '')
    .replace(LABELLED, '$1: $2, $3')
    .replace(/^actie(?:punt)?:\s*/i, '');

/**
 * A date between the words of the action is the deadline if it immediately follows the owner and one word ("BOR vult
 * vrijdag de zandbak"); otherwise it may belong to the action, so it stays there and is doubtful.
 */
function settled(found: FoundDeadline, text: string, book: NameBook): FoundDeadline {
  if (!found.isLoose) return found;
  const before = text.slice(0, found.at).trim();
  const rest = leadingNames(`${before} .`, book)?.rest.replace(/\.$/, '').trim();
  if (rest !== undefined && rest.split(' ').length <= 1) return found;
  return { ...found, isKept: true, certainty: 'doubtful' };
}

/** "BOR ruimt zwerfvuil op vrijdag": the "op" belongs to the verb, not to the date. */
function withoutParticle(found: FoundDeadline, text: string, book: NameBook): FoundDeadline {
  const after = /^op\s+/i.exec(found.text)?.[0];
  const clause = after && leadingNames(text.slice(0, found.at), book)?.rest.replace(/^[\s,:;]+/, '');
  if (!clause || !NEEDS_OP.test(clause.split(' ')[0]) || /\sop(?:\s|$)/i.test(clause.trimEnd())) return found;
  const isAgain = /^\s+op(?![\p{L}])/iu.test(text.slice(found.at + found.text.length));
  return isAgain ? found : { ...found, at: found.at + after.length, text: found.text.slice(after.length) };
}

/** The topic, then what the owner does with its verb joined. */
function titled({ topic, rest }: Who): string {
  const clause = joined(tidy(rest));
  if (topic === '') return clause;
  // "dronken overlast, politie pakt op" → "dronken overlast oppakken"
  if (!clause.includes(' ') && clause !== tidy(rest)) return `${topic.replace(/[\s,:;]+$/, '')} ${clause}`;
  return topic + (/[?!.]\s*$/.test(topic) ? capitalised(clause) : clause);
}

function certaintyOf(value: string, typed: string, who: Who, deadline: FoundDeadline | undefined): Certainty {
  if (value === '') return 'doubtful';
  const isPlain = who.topic === '' && !who.isPrivate && who.unknown.length === 0 && value === typed;
  const isWhole = who.names[0] !== undefined && who.names[0].certainty !== 'doubtful' && deadline !== undefined;
  return isPlain && isWhole && !deadline.isKept && deadline.certainty !== 'doubtful' ? 'sure' : 'likely';
}

const capitalised = (text: string): string => text && text[0].toUpperCase() + text.slice(1);

const without = (line: string, { at, text }: FoundDeadline): string =>
  `${line.slice(0, at)} ${line.slice(at + text.length)}`.replaceAll(/\s+/g, ' ').trim();

/** Without the punctuation and small words left between the parts. */
const tidy = (text: string): string =>
  text
    .replaceAll(/[([]\s*[)\]]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\s+([,.;:?!])/g, '$1')
    .replaceAll(/,(?:\s*,)+/g, ',')
    .replace(/^[\s,;:.–—-]+/, '')
    .replace(
      /(?:[\s,;:–—-]+(?:uiterlijk|per|tegen|gereed|klaar|t\/m|tot en met)[\s,;:.–—-]*|[\s,;:–—-][\s,;:.–—-]*)$/i,
      '',
    )
    .replace(/\.$/, '')
    .trim();
