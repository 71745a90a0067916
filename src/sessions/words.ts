import type { FormWords } from '../web/forms.js';
import { type Answer, isStatus } from '../actions/statuses.rules.js';
import { statusSentence } from '../actions/words.js';
import type { DiscussionOutcome } from '../actions/discussions/discussion.entity.js';

/** The outcome of an action of last time at the meeting. */
export const DISCUSSION_OUTCOME_WORDS: Record<DiscussionOutcome, string> = {
  discussed: 'besproken',
  updated: 'bijgewerkt',
  accepted: 'akkoord',
  not_discussed: 'niet besproken',
};

/** The keys of a row of the desk for the answers about an action of last time. */
export const ANSWER_KEYS: Partial<Record<Answer, string>> = { in_progress: 'L', blocked: 'S', move: 'V' };

/** The parts of the desk that are shown beside the agenda if it has no item for them. */
export type DeskPart = 'vorig-verslag' | 'acties' | 'vragen' | 'budget';
export const PART_WORDS: Record<DeskPart, string> = {
  'vorig-verslag': 'Verslag vorige keer',
  acties: 'Acties van vorige keer',
  vragen: 'Vragen',
  budget: 'Leefbaarheidsbudget',
};

/** After clicking "Nu aan de orde". */
export const CURRENT_WORDS = {
  called: 'Dit staat nu op het scherm voor de zaal.',
  cleared: 'Er is niets meer aan de orde.',
};

/** The headings of the sheet for the table. */
export const SHEET_WORDS = {
  agenda: 'Agenda',
  actions: 'Open acties',
  notes: 'Nieuwe afspraken: wie, wat, wanneer',
  none: 'Er staan geen acties open.',
  columns: ['Nr.', 'Wat', 'Wie', 'Wanneer', 'Aantekening'],
  discuss: 'Bespreken',
};

/** The outcome of an action of last time, if that is not a status. */
const TREATED: Record<string, string> = {
  move: 'heeft een nieuwe datum',
  discussed: 'is besproken',
  note: 'heeft een notitie',
};

/** "BOS-12 stokt", "BOS-12 heeft een nieuwe datum". */
export const treatedWords = (number: string, done: string = ''): string =>
  isStatus(done) ? statusSentence(number, done) : `${number} ${TREATED[done] ?? 'is bijgewerkt'}`;

/** The words of a meeting rhythm. */
export const DAY_WORDS = {
  MO: 'maandag',
  TU: 'dinsdag',
  WE: 'woensdag',
  TH: 'donderdag',
  FR: 'vrijdag',
  SA: 'zaterdag',
  SU: 'zondag',
};
export const RHYTHM_WORDS = {
  'WEEKLY;INTERVAL=1': 'elke week',
  'WEEKLY;INTERVAL=2': 'elke twee weken',
  'WEEKLY;INTERVAL=4': 'elke vier weken',
  'WEEKLY;INTERVAL=6': 'elke zes weken',
  'MONTHLY;INTERVAL=1': 'elke maand',
  'MONTHLY;INTERVAL=2': 'elke twee maanden',
  'MONTHLY;INTERVAL=3': 'elk kwartaal',
};
export const WHICH_WORDS = { 1: 'de eerste', 2: 'de tweede', 3: 'de derde', 4: 'de vierde', '-1': 'de laatste' };

/** The possible replies to an invitation. */
export const ATTENDANCE_CHOICES = [
  { value: 'ja', label: 'Ik kom' },
  { value: 'nee', label: 'Ik kom niet' },
  { value: 'vervanger', label: 'Ik kom niet, iemand anders komt in mijn plaats' },
] as const;

const SESSIONS_AHEAD = 'Er is nog een vergadering bezig, of gepland na deze dag. Sluit haar af of zeg haar eerst af.';

export const MEETING_WORDS: FormWords = {
  fields: {
    areaId: 'Kies een gebied.',
    name: 'Vul een naam in, van hoogstens 200 tekens.',
    kind: 'Kies een soort.',
    startTime: 'Vul een tijd in als uren en minuten, zoals 10:00.',
    durationMinutes: 'Vul een heel aantal minuten in, hoogstens 1440.',
    place: 'De plaats is te lang: hoogstens 200 tekens.',
    defaultAgenda: 'Hoogstens vijftig punten, elk van hoogstens 200 tekens.',
    minutesForm: 'Kies hoe het verslag eruitziet.',
    endedOn: 'Kies een datum die bestaat.',
    // The roles of an invitation.
    organisationId: 'Kies een organisatie. Alleen een voorzitter komt zonder.',
    personId:
      'Vul het adres in van iemand die hier bekend is en nog bij deze organisatie hoort. Een voorzitter is altijd een persoon.',
    role: 'Kies in welke rol.',
    fromOn: 'Kies een eerste dag die klopt.',
    untilOn: 'De laatste dag ligt niet voor de eerste.',
  },
  codes: {
    ALREADY_INVITED: 'Deze partij is in die tijd al uitgenodigd.',
    ACTIONS_UNDECIDED:
      'Er staan nog open acties bij dit overleg. Kies Overleg stoppen op de pagina van het overleg: daar zegt u per actie waar zij heen gaat.',
    SESSIONS_AHEAD,
  },
};

/** Where an open action goes when its meeting ends. */
export const FATE_WORDS = { no_meeting: 'verder zonder overleg', cancelled: 'vervalt' };

export const ENDING_WORDS: FormWords = {
  fields: {
    endedOn: 'Kies een datum die bestaat.',
    restToId: 'Kies een ander overleg van u, dat doorgaat.',
  },
  codes: {
    SESSIONS_AHEAD,
  },
  idOf: (field) => (field === 'restToId' ? 'rest' : field),
};

/** Inviting a table. */
export const INVITING_WORDS = {
  somebody: 'iemand zonder organisatie',
  address: 'Vul een e-mailadres in, zoals naam@organisatie.nl.',
  nobody: 'Vink aan wie u uitnodigt, of vul iemand in bij Nieuwe mensen.',
  newcomers: 'Een van deze regels klopt niet. Schrijf elke regel als: naam, organisatie, e-mailadres.',
  unread: (lines: readonly string[]): string =>
    `In ${lines.length === 1 ? 'deze regel ontbreekt' : 'deze regels ontbreekt'} de naam of de organisatie: ${lines.map((line) => `‘${line}’`).join(', ')}. Schrijf elke regel als: naam, organisatie, e-mailadres.`,
  addressless: (names: readonly string[]): string =>
    names.length === 1
      ? `Van ${names[0]} is er nog geen e-mailadres. Vul het hieronder in.`
      : `Van ${names.length} nieuwe mensen is er nog geen e-mailadres. Vul het hieronder in.`,
  unknown: (names: readonly string[]): string =>
    names.length === 1
      ? `‘${names[0]}’ staat hier nog niet. Kies hieronder wat voor organisatie het is.`
      : `${names.length} organisaties staan hier nog niet. Kies hieronder wat voor organisaties het zijn.`,
};

/** Who can and cannot be mailed: people without an address are not reported as invited. */
export function tableWords(seated: number, unreachable: readonly { name: string }[]): string {
  const people = seated === 1 ? 'Er zit 1 mens met een e-mailadres aan tafel' : `Er zitten ${seated} mensen aan tafel`;
  if (unreachable.length === 0) return `${people}. Plan nu de data.`;
  const names = unreachable.map(({ name }) => name).join(', ');
  return `${people}. Nog niet te bereiken, want zonder e-mailadres: ${names}.`;
}

/** After one seat was added. */
export const seatWords = (who: string, isReached: boolean): string =>
  isReached ? `Aan tafel: ${who}.` : `${who} staat op de lijst, maar is nog niet te bereiken: er is geen e-mailadres.`;

/** After the dates of a year were planned. */
export function datesWords(planned: number, mailed: number): string {
  const dates = planned === 1 ? 'Eén vergadering is gepland.' : `${planned} vergaderingen zijn gepland.`;
  if (mailed === 0)
    return `${dates} Er ging geen mail: er is nog niemand met een e-mailadres aan tafel, of geen mailserver.`;
  return `${dates} ${mailed === 1 ? 'Eén mens krijgt' : `${mailed} mensen krijgen`} één mail met alle data.`;
}

export const DATES_WORDS: FormWords = {
  fields: { days: 'Vink ten minste één datum aan.' },
  idOf: () => 'data',
  codes: { DAY_NOT_PROPOSED: 'Een van deze dagen is intussen al gepland. Kijk de lijst na en kies opnieuw.' },
};

/** The people named for a session, by field. */
export const OFFICER_WORDS = { chairId: 'voorzitter', secretaryId: 'notulist' } as const;
