import { briefly } from '../platform/rendering/text.js';
import { FILE_WORDS } from '../files/words.js';
import type { FormWords } from '../web/forms.js';
import { inDutch, inShort, inShortWithYear } from '../platform/common/calendar-date.js';
import { type Cell, cell, dayCell } from '../web/tables.rules.js';
import type { ActionStatus, Contribution, DueKind, Realisation, ResultSize } from './action.entity.js';
import type { Judged } from './judgements/judgement.entity.js';
import type { Answer } from './statuses.rules.js';

/** The names of the statuses on pages, in mails, documents, and exported and imported lists. */
export const STATUS_WORDS: Record<ActionStatus, string> = {
  open: 'open',
  in_progress: 'loopt',
  blocked: 'stokt',
  on_hold: 'wacht',
  done: 'gereed',
  cancelled: 'vervallen',
};
/** The badge of each status on pages: orange for blocked, green for done, grey for the rest; red is for overdue. */
export const STATUS_BADGES: Record<ActionStatus, string> = {
  open: 'neutral',
  in_progress: 'neutral',
  blocked: 'warning',
  on_hold: 'neutral',
  done: 'success',
  cancelled: 'neutral',
};

/** Whether its word is a verb: "BOS-12 loopt", but "BOS-12 is gereed". */
const IS_VERB: Record<ActionStatus, boolean> = {
  open: false,
  in_progress: true,
  blocked: true,
  on_hold: true,
  done: false,
  cancelled: false,
};

/** "stokt", or "wacht tot dinsdag 1 september 2026". */
export const statusWords = (status: ActionStatus, resumeOn: string | null = null): string =>
  status === 'on_hold' && resumeOn !== null ? `${STATUS_WORDS[status]} tot ${inDutch(resumeOn)}` : STATUS_WORDS[status];

/** "BOS-12 is gereed", "BOS-12 loopt". */
export const statusSentence = (number: string, status: ActionStatus): string =>
  `${number} ${IS_VERB[status] ? '' : 'is '}${STATUS_WORDS[status]}`;

/** The possible answers about the status of an action. */
export const ANSWER_WORDS: Record<Answer, string> = {
  in_progress: 'Loopt',
  done: 'Gereed',
  partly: 'Gereed, deels gelukt',
  blocked: 'Stokt',
  on_hold: 'Wacht, tot een datum',
  later: 'Later klaar',
  move: 'Verplaatsen',
  cancelled: 'Vervalt',
  not_ours: 'Niet voor ons',
  discuss: 'Bespreken in het overleg',
};
export const UNCHANGED_WORDS = 'Geen wijziging';
export const NOT_ANSWERABLE = 'Deze actie kunt u hier niet (meer) beantwoorden.';
export const STANDING_HINTS = {
  line: 'Nodig bij stokt, wacht, later klaar, vervalt en niet voor ons. Schrijf hier geen namen van bewoners.',
  day: 'Nodig bij later klaar en wacht. Een latere datum telt als uitgesteld. Wachten tot na de afgesproken datum ook.',
};
export const STANDING_WORDS: FormWords = {
  fields: {
    status: 'Kies hoe het staat.',
    reason: 'Schrijf erbij waarom, dan weten de anderen waar zij aan toe zijn.',
    dueOn: 'Kies een nieuwe datum die klopt.',
    laterDueOn: 'Kies een datum waarop het klaar is.',
    resumeOn: 'Kies de datum waarop de actie weer begint. Die ligt na vandaag.',
    discuss: 'Bespreken kan als een actie acht weken te laat is, en niet samen met een nieuwe datum.',
    result: 'De toelichting is te lang: hoogstens 2000 tekens.',
    comment: 'De toelichting is te lang.',
  },
  violations: {
    DATE_PASSED: 'Deze datum is al voorbij.',
    NOT_LATER: 'Deze datum is niet later dan wat nu is afgesproken.',
    NOT_GOING_ON: 'Een latere datum kan alleen bij een actie die doorloopt.',
  },
};

/** The words in place of a date. */
export const DUE_WORDS: Record<Exclude<DueKind, 'date'>, string> = {
  asap: 'z.s.m.',
  ongoing: 'doorlopend',
  next_session: 'volgend overleg',
};
/** The choices of a form for the deadline. */
export const DUE_CHOICES: Record<DueKind, string> = {
  date: 'op een datum',
  next_session: DUE_WORDS.next_session,
  asap: DUE_WORDS.asap,
  ongoing: DUE_WORDS.ongoing,
};

interface Deadline {
  dueKind: DueKind | null;
  dueOn: string | null;
}

/** A deadline in a table: "vrijdag 5 juni 2026", "volgend overleg (dinsdag 30 juni 2026)", "z.s.m.". */
export function deadlineWords({ dueKind, dueOn }: Deadline): string {
  if (dueKind === 'next_session' && dueOn !== null) return `${DUE_WORDS[dueKind]} (${inDutch(dueOn)})`;
  if (dueOn !== null) return inDutch(dueOn);
  return dueKind === null || dueKind === 'date' ? 'nog geen datum' : DUE_WORDS[dueKind];
}

/** The same in a table on paper: "vr 5 jun 2026", "volgend overleg (di 30 jun 2026)". */
export function deadlineOnPaper({ dueKind, dueOn }: Deadline): string {
  if (dueOn === null) return deadlineWords({ dueKind, dueOn });
  return dueKind === 'next_session' ? `${DUE_WORDS[dueKind]} (${inShortWithYear(dueOn)})` : inShortWithYear(dueOn);
}

/** The same in a table of a page, with how late it is: "vr 5 jun (volgend overleg), 3 dagen te laat". */
export function deadlineCell(deadline: Deadline, late: string | null, today: string): Cell {
  const { dueKind, dueOn } = deadline;
  if (dueOn === null) return cell([deadlineWords(deadline), late].filter(Boolean).join(', '));
  const kind = dueKind === 'next_session' ? ` (${DUE_WORDS[dueKind]})` : '';
  return dayCell(dueOn, today, `${kind}${late ? `, ${late}` : ''}`);
}

/** The same in a dense row: "vr 5 jun", "volgend overleg". */
export function dueInShort({ dueKind, dueOn }: Deadline, today: string): string {
  if (dueOn !== null && dueKind !== 'next_session') return inShort(dueOn, today);
  return dueKind === null || dueKind === 'date' ? 'wanneer?' : DUE_WORDS[dueKind];
}

/** "12 dagen te laat"; empty if it is not. */
export const lateWords = (days: number): string => (days > 0 ? `${days} ${days === 1 ? 'dag' : 'dagen'} te laat` : '');

/** The same in running text: "uiterlijk vrijdag 5 juni 2026". */
export const dueWords = (deadline: Deadline): string =>
  `${deadline.dueOn !== null && deadline.dueKind !== 'next_session' ? 'uiterlijk ' : ''}${deadlineWords(deadline)}`;

export const JUDGEMENT_WORDS: Record<Judged, string> = {
  realised: 'gelukt',
  partly: 'deels gelukt',
  not: 'niet gelukt',
};
export const REALISATION_WORDS: Record<Realisation, string> = { full: 'helemaal', partial: 'voor een deel' };
export const SIZE_WORDS: Record<ResultSize, string> = { small: 'klein', large: 'groot' };

/** What the owner does, as a choice. */
export const CONTRIBUTION_WORDS: Record<Contribution, string> = {
  think_along: 'meedenken',
  take_part: 'meedoen',
  carry_out: 'zelf uitvoeren',
};

export const PAGE_WORDS: FormWords = {
  fields: {
    ...STANDING_WORDS.fields,
    title: 'Schrijf op wat er gedaan wordt, in één regel.',
    ownerId: 'Kies wie de actie doet.',
    dueKind: 'Kies wanneer de actie klaar is.',
    dueOn: 'Kies een datum die bestaat en die klopt.',
    checkOn: 'Kies een datum die bestaat.',
    isPublic: 'Een vertrouwelijke actie kan niet openbaar zijn.',
    personId: 'Vul het adres in van iemand die hier bekend is.',
    text: 'Schrijf op wat u vraagt.',
    judgement: 'Kies of het is gelukt.',
    organisationId: 'Kies namens welke organisatie u dit vindt.',
    areaId: 'Kies een gebied.',
    coOwners: (message) => message,
    followsOn: 'Vul het nummer in van een actie die u kent, zoals BOS-12.',
    goalId: 'Kies een doel.',
    opgaveId: 'Kies een opgave.',
    requestedById: 'Kies een organisatie.',
    contribution: 'Kies een bijdrage.',
    resultSize: 'Kies klein of groot.',
    meetingId: 'In dit gebied is geen overleg. Begin eerst een overleg.',
  },
  violations: { ...FILE_WORDS.violations, ...STANDING_WORDS.violations },
  codes: {
    ...FILE_WORDS.codes,
    ACTION_WITHDRAWN: 'Deze actie is ingetrokken.',
    OWN_ACTION: 'Uw organisatie doet deze actie zelf. Zeg met de stand hoe het gaat.',
    NOT_STUCK: 'Aan de bel trekken kan als een actie lang te laat is of stokt.',
    AWAITING_ANSWER: 'Er is al iemand gevraagd. Wacht op het antwoord.',
    ALREADY_ASKED: 'Deze persoon is al gevraagd. Kies iemand anders.',
    CONFIDENTIAL_ACTION: 'Over een vertrouwelijke actie gaat geen mail.',
  },
};

export const IMPORT_CODE_WORDS = {
  IMPORT_OUTDATED: 'Een van de acties is intussen gewijzigd. Voer het bestand opnieuw in.',
  IMPORT_ROW_REFUSED: 'Een van de regels kan toch niet. Er is niets veranderd. Voer het bestand opnieuw in.',
  IMPORT_EXECUTED: 'Deze lijst is al ingevoerd.',
  NAME_TAKEN: 'Een van deze organisaties is intussen al toegevoegd. Kies haar in de lijst.',
};

/** What a list cannot change in a known action, by column: how often its deadline moved, and the notes of meetings. */
export const FIXED_COLUMN_WORDS: Readonly<Record<string, string>> = {
  'aantal keren uitgesteld': 'wordt niet overgenomen: wij tellen het zelf',
  besproken: 'wordt niet overgenomen: het staat in de verslagen',
};

/** The outcome of a row of an imported list. */
export const IMPORT_OUTCOME_WORDS: Record<'new' | 'changed' | 'unchanged' | 'cannot', string> = {
  new: 'nieuw',
  changed: 'wijzigt',
  unchanged: 'blijft gelijk',
  cannot: 'kan niet',
};

/** Of an action without an owner. */
export const returnedWords = (name: string): string => `teruggegeven door ${name}`;
/** In a narrow column, where the name has to be in sight. */
export const returnedShort = (name: string): string => `${name} gaf terug`;

/** How many co-owners are named in a row of a list; the page of the action names all. */
const MOST_HELPERS = 2;

/** "samen met Politie en BOR", "samen met Politie, BOR en 3 anderen"; empty if nobody helps. */
export const togetherWith = (helpers: readonly string[]): string =>
  helpers.length === 0 ? '' : `samen met ${briefly(helpers, MOST_HELPERS)}`;
