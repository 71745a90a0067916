import type { ParsedComponents } from 'chrono-node';
import * as dutch from 'chrono-node/nl';
import { addDays } from '../../platform/common/calendar-date.js';
import { READERS, RECURRING } from './quick-dates.rules.js';
import { LEAD, type Meaning } from './quick-meaning.rules.js';
import { namedDays } from './quick-days.rules.js';

export interface ReadDeadline extends Meaning {
  /** The part of the line it was read from. */
  text: string;
}

/** Where a deadline stands in the line. */
export interface FoundDeadline extends ReadDeadline {
  at: number;
  /** Its words say more than the deadline does ("elke week", "na 1 juli"), so that they stay in the text. */
  isKept: boolean;
  /** Nothing marks it as the deadline: it stands between the words of the action. */
  isLoose: boolean;
}

type Found = Omit<FoundDeadline, 'isLoose'> & { isLead: boolean };

/** Reads the deadline in a line of Dutch, relative to the day of the session; undefined if there is none. */
export function readDeadline(line: string, day: string): ReadDeadline | undefined {
  const found = findDeadline(line, day);
  return found && { kind: found.kind, dueOn: found.dueOn, text: found.text, certainty: found.certainty };
}

/** The same with its place in the line. Of several dates the last one is the deadline. */
export function findDeadline(line: string, day: string): FoundDeadline | undefined {
  const recurring = RECURRING.flatMap((form) =>
    matchOf(form, line, { kind: 'ongoing', dueOn: null, certainty: 'likely' }),
  );
  const own = READERS.flatMap(([form, read]) => {
    const match = form.exec(line);
    const meaning = match ? read(match, day) : undefined;
    return meaning ? matchOf(form, line, meaning) : [];
  });
  const named = namedDays(line, day).map(({ at, text, dueOn, isDay }): Found => {
    const certainty = isDay ? 'likely' : 'doubtful';
    return {
      kind: 'date',
      dueOn,
      certainty,
      text: text.trim(),
      at: at + text.search(/\S/),
      isKept: !isDay,
      isLead: isDay,
    };
  });
  const known = longest([...own, ...named]);
  // Our own reader wins where both read the same words, because chrono misreads some ("eind april" as 1 April).
  const spoken = readSpoken(line, day).filter((one) => !known.some((other) => overlaps(one, other)));
  const single = [...known, ...spoken].filter((one) => !recurring.some((other) => overlaps(one, other)));
  const best = lastOf(single) ?? lastOf(recurring.map((one) => ({ ...one, isKept: true })));
  return best && placed(best, line, day, single.length > 1);
}

function matchOf(form: RegExp, line: string, meaning: Meaning): Found[] {
  const match = form.exec(line);
  if (!match) return [];
  const text = match[0]
    .replace(/^[,;.\s–—-]+/, '')
    .replace(/\s*[.!]*$/, (end) => (/\p{L}$/u.test(match[0]) ? end : ''));
  const at = match.index + match[0].indexOf(text);
  return text === '' ? [] : [{ ...meaning, text, at, isKept: false, isLead: startsWithLead(text) }];
}

const startsWithLead = (text: string): boolean =>
  /^(?:uiterlijk|vóór|voor|per|op|tegen|tot|deadline|gereed|klaar|af|start|in|over|binnen|met|nog)(?![\p{L}])/iu.test(
    text,
  );

/** "na 1 juli" is the earliest start, not a deadline. */
const NOT_BEFORE = /\b(?:na|vanaf)\s+$/i;
/** "2 juli 19:30", "vandaag nog", "1 juni a.s.", "… na het overleg". */
const AFTERWARDS =
  /^(?:\s+(?:a\.?s\.?|aanstaande|nog|na\s+(?:het|dit|de|deze)\s+(?:\p{L}+\s+)?(?:overleg|vergadering))(?![\p{L}])|,?\s+(?:om\s+)?\d{1,2}[.:]\d{2}(?:\s*(?:uur|u\.?))?(?!\d))/u;
/** "PO 7 juli: …" at the start of a line. */
const SESSION_BEFORE = /^(?:po|overleg|vergadering)\s+(?:van\s+)?$/i;

function placed(found: Found, line: string, day: string, isOneOfMore: boolean): FoundDeadline {
  const { kind, dueOn, isKept, isLead } = found;
  // "ruimt het zwerfvuil op voor kerst": of two prepositions the first belongs to the verb.
  const [particle] = /^(?:op|af|voor|rond|tot)\s+(?=(?:uiterlijk|vóór|voor|op|per|tegen|tot)\s)/i.exec(found.text) ?? [
    '',
  ];
  const session = particle ? '' : (SESSION_BEFORE.exec(line.slice(0, found.at))?.[0] ?? '');
  const from = dueOn === null ? '' : (NOT_BEFORE.exec(line.slice(0, found.at))?.[0] ?? '');
  const before = session || from;
  const tail = dueOn === null ? '' : (AFTERWARDS.exec(line.slice(found.at + found.text.length))?.[0] ?? '');
  const text = before + found.text.slice(particle.length) + tail;
  const at = found.at - before.length + particle.length;
  const rest = line.slice(at + text.length);
  const isFirst = /(?:^|[,;:.?!(]|\s[-–—])\s*$/.test(line.slice(0, at));
  const isLast = /^\s*(?:$|[,;:.!?)]|[-–—]\s)/.test(rest);
  const isLoose = dueOn !== null && !isFirst && !isLast && !isLead && before === '';
  const isDoubtful = from !== '' || (dueOn !== null && dueOn < day);
  const isMarked = (isFirst || isLast) && !isOneOfMore;
  const certainty = isDoubtful ? 'doubtful' : found.certainty === 'sure' && !isMarked ? 'likely' : found.certainty;
  return { kind, dueOn, text, at, certainty, isKept, isLoose };
}

/** Words that chrono takes for a day or a month, and that mean something else on their own. */
const NO_DATE = /^(?:zo|zon|nu|mar|dit jaar|dit kwartaal|komend jaar|afgelopen .+|vorige? .+)$/i;
const SHORT_DAY = /^(?:ma|di|wo|do|vr|vrij|za|zat|din|woe|don)$/i;

/** "vrijdag 6 juni", "over twee weken", "volgende week dinsdag": Dutch, parsed by chrono-node. */
function readSpoken(line: string, day: string): Found[] {
  const reference = { instant: new Date(`${day}T10:00:00Z`), timezone: 0 };
  return dutch.parse(line, reference, { forwardDate: true }).flatMap(({ start, index, text }): Found[] => {
    const isWord =
      !/[\p{L}\p{N}]$|\p{N}[-/]$/u.test(line.slice(0, index)) &&
      !/^[\p{L}\p{N}]/u.test(line.slice(index + text.length));
    if (!isDated(start) || !isWord || NO_DATE.test(text) || /\b(?:voor|geleden)$/i.test(text)) return [];
    // Chrono includes the "na" of "binnen twee weken na het overleg".
    const words = text.replace(/\s+na$/i, '');
    const lead = new RegExp(`${LEAD}(?:\\b(?:aanstaande|komende|a\\.?s\\.?)\\s+)?$`, 'i').exec(
      line.slice(0, index),
    )![0];
    if (SHORT_DAY.test(words) && lead === '' && !isSetOff(line, index, words)) return [];
    return [
      {
        ...spokenMeaning(start, text, day),
        text: lead + words,
        at: index - lead.length,
        isKept: false,
        isLead: startsWithLead(lead),
      },
    ];
  });
}

/** "ma" and "do" are days only where a date can stand alone. */
const isSetOff = (line: string, at: number, words: string): boolean =>
  /(?:^|[,;:.?!]\s*|\s[-–—]\s)$/.test(line.slice(0, at)) && /^\s*(?:$|[,;:.!])/.test(line.slice(at + words.length));

/** Words that name one day; "over een tijdje" and the like are a guess. */
const SAID = /\d|vandaag|morgen|vanavond|vanmiddag|vanochtend/i;

function spokenMeaning(start: ParsedComponents, text: string, day: string): Meaning {
  const read = [start.get('year'), start.get('month'), start.get('day')]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  // A lone "dinsdag" on a Tuesday means the next one: the day itself would be "vandaag".
  const isNextWeek = read === day && start.isCertain('weekday') && !start.isCertain('day');
  const isOnThatWeekday =
    !start.isCertain('weekday') || !start.isCertain('day') || start.get('weekday') === new Date(read).getUTCDay();
  const isSaid = start.isCertain('weekday') || SAID.test(text);
  const certainty = !isOnThatWeekday ? 'doubtful' : isSaid && !isNextWeek ? 'sure' : 'likely';
  return { kind: 'date', dueOn: isNextWeek ? addDays(read, 7) : read, certainty };
}

/** Whether chrono parsed a day, not only a time or a month. */
const isDated = (start: ParsedComponents): boolean =>
  start.isCertain('day') ||
  start.isCertain('weekday') ||
  (start.get('day') !== null && !start.isCertain('month') && !start.isCertain('hour'));

/** Without those that a longer one covers: "over een week" in "vrijdag over een week". */
const longest = (found: Found[]): Found[] =>
  found.filter((one) => !found.some((other) => other.text.length > one.text.length && overlaps(one, other)));

const lastOf = (found: Found[]): Found | undefined => found.toSorted((one, other) => one.at - other.at).at(-1);

const overlaps = (one: Found, other: Found): boolean =>
  one.at < other.at + other.text.length && other.at < one.at + one.text.length;
