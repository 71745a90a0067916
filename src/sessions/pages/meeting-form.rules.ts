import type { DefaultAgendaItem, ItemKind } from '../../meetings/meeting.entity.js';
import type { MeetingView } from '../../meetings/meetings.dto.js';
import { type FieldSpec, type FormBlock, type Option, optionsOf, withUsual } from '../../web/fields.rules.js';
import { type Fields, wholeNumber } from '../../web/forms.js';
import { MEETING_KIND_WORDS, MINUTES_FORM_WORDS, ROLE_AT_TABLE_WORDS } from '../../meetings/words.js';
import { DAY_WORDS, RHYTHM_WORDS, WHICH_WORDS } from '../words.js';

const UNCHANGED = 'zoals nu';
const entryOf = (words: Record<string, string>, key: string): string | undefined =>
  Object.hasOwn(words, key) ? words[key] : undefined;

/** A rhythm set through the API that this form cannot express: it stays unchanged. */
const OWN_RHYTHM = 'eigen';
const RHYTHMS = Object.keys(RHYTHM_WORDS);
const FLAGS = ['skipsHolidays', 'allowsWrittenAdoption', 'isOpenToReaders', 'hasOpenAnnex'] as const;

const check = (name: string, label: string, hint: string): FieldSpec => ({ name, label, type: 'check', hint });

/** `place` is an area of the caller, for the example of a name. */
export const meetingFields = (rhythm: string | null = null, place = 'Boskoop'): FieldSpec[] => [
  { name: 'name', label: 'Naam', type: 'line', isRequired: true, hint: `Bijvoorbeeld: Professionaloverleg ${place}.` },
  {
    name: 'kind',
    label: 'Soort',
    type: 'choice',
    isRequired: true,
    options: optionsOf(MEETING_KIND_WORDS, 'Kies een soort'),
  },
  {
    name: 'howOften',
    label: 'Hoe vaak?',
    type: 'choice',
    options: [
      ...optionsOf(RHYTHM_WORDS, 'geen vast ritme'),
      ...(rhythm !== null && howOftenIn(rhythm).howOften === OWN_RHYTHM
        ? [{ value: OWN_RHYTHM, label: ownRhythmWords(rhythm) }]
        : []),
    ],
    hint: 'Dan stelt de pagina van het overleg de volgende dagen voor.',
  },
  {
    name: 'which',
    label: 'De hoeveelste van de maand?',
    type: 'choice',
    options: optionsOf(WHICH_WORDS),
    onlyWith: RHYTHMS.filter((rhythm) => rhythm.startsWith('MONTHLY')),
  },
  { name: 'weekday', label: 'Op welke dag?', type: 'choice', options: optionsOf(DAY_WORDS), onlyWith: RHYTHMS },
  { name: 'startTime', label: 'Begint om', type: 'time' },
  { name: 'durationMinutes', label: 'Duur in minuten', type: 'number', maximum: 4 },
  { name: 'place', label: 'Plaats', type: 'line' },
  {
    name: 'defaultAgenda',
    label: 'Vaste agenda',
    type: 'prose',
    hint: 'Elk punt op een eigen regel. Elke vergadering begint ermee; onderwerpen voegt u dan toe.',
  },
  { name: 'minutesForm', label: 'Verslag', type: 'choice', isRequired: true, options: optionsOf(MINUTES_FORM_WORDS) },
  check('skipsHolidays', 'Niet op feestdagen', 'Voor de dagen die worden voorgesteld.'),
  check(
    'allowsWrittenAdoption',
    'Het verslag kan schriftelijk worden vastgesteld',
    'Als veertien dagen na het versturen niemand bezwaar heeft.',
  ),
  check(
    'hasOpenAnnex',
    'Bijlage “Nog open” bij het verslag',
    'De acties van eerdere vergaderingen die nog niet klaar zijn.',
  ),
  check('isOpenToReaders', 'Lezers mogen vastgestelde verslagen lezen', 'Zoals directie en college.'),
];

const USUAL = new Set<string>(['defaultAgenda', 'minutesForm', ...FLAGS]);

/** The form, with the fields that rarely change collapsed behind a label. */
export const withUsualFolded = (form: FormBlock): FormBlock =>
  withUsual(form, 'Vaste agenda, verslag en lezers', ({ name }) => USUAL.has(name));

const KINDS: [RegExp, ItemKind][] = [
  [/^opening/i, 'opening'],
  [/^verslag|^notulen|vorige keer$/i, 'minutes'],
  [/^actie(lijst|punten|s)?$/i, 'actions'],
  [/^rondvraag|^w\.?v\.?t\.?t\.?k/i, 'any_other_business'],
  [/^sluiting/i, 'closing'],
];

/** The fixed agenda from lines such as "Opening" and "Actielijst"; any other line becomes a topic. */
function agendaIn(text: string): DefaultAgendaItem[] {
  const lines = text.split('\n').map((line) => line.trim());
  return lines
    .filter(Boolean)
    .map((title) => ({ kind: KINDS.find(([words]) => words.test(title))?.[1] ?? 'topic', title }));
}

const RHYTHM = /^FREQ=(WEEKLY|MONTHLY)(?:;INTERVAL=(\d+))?;BYDAY=(-?\d)?(MO|TU|WE|TH|FR|SA|SU)$/;

/** "elke 13 weken op maandag, zoals nu"; a rhythm that has no such words is only "zoals nu". */
function ownRhythmWords(rhythm: string): string {
  const [, often, interval, which = '', weekday] = RHYTHM.exec(rhythm) ?? [];
  const nth = entryOf(WHICH_WORDS, which);
  if (!weekday || (often === 'MONTHLY') !== Boolean(nth)) return UNCHANGED;
  const day = entryOf(DAY_WORDS, weekday)!;
  // Once a week or a month is a choice of the form.
  const units = often === 'WEEKLY' ? 'weken' : 'maanden';
  return `elke ${interval} ${units} op ${nth ? `${nth} ${day}` : day}, ${UNCHANGED}`;
}

/** The rhythm as fields of the form. */
function howOftenIn(rhythm: string): Fields {
  const [, often, interval = '1', which = '', weekday] = RHYTHM.exec(rhythm) ?? [];
  const howOften = `${often};INTERVAL=${interval}`;
  const isSaid = Object.hasOwn(RHYTHM_WORDS, howOften) && (often === 'WEEKLY') === (which === '');
  return isSaid ? { howOften, which: which || '1', weekday } : { howOften: OWN_RHYTHM };
}

/** The form as an RRULE; null without a rhythm, undefined to leave it unchanged. */
function rhythmOf({ howOften = '', which = '1', weekday = 'MO' }: Fields): string | null | undefined {
  if (howOften === '') return null;
  if (howOften === OWN_RHYTHM) return undefined;
  return `FREQ=${howOften};BYDAY=${howOften.startsWith('MONTHLY') ? which : ''}${weekday}`;
}

/** The form as input of the API; with `isChange`, empty fields are cleared. */
export function toMeeting(fields: Fields, isChange: boolean): Record<string, unknown> {
  const { name, kind, minutesForm, startTime = '', durationMinutes, place = '', defaultAgenda = '' } = fields;
  const agenda = agendaIn(defaultAgenda);
  const optional = { rhythm: rhythmOf(fields), startTime, durationMinutes: wholeNumber(durationMinutes), place };
  const given = Object.entries(optional).map(([field, value]) => {
    const isEmpty = value === '' || value === null;
    return [field, isEmpty ? (isChange ? null : undefined) : value];
  });
  return {
    ...{ name, kind, minutesForm },
    ...Object.fromEntries(given),
    ...((isChange || agenda.length > 0) && { defaultAgenda: agenda }),
    ...Object.fromEntries(FLAGS.map((flag) => [flag, (fields[flag] ?? '') !== ''])),
    ...(isChange && { endedOn: fields.endedOn || null }),
  };
}

export const agendaText = (agenda: readonly { title: string }[]): string => agenda.map(({ title }) => title).join('\n');

export const meetingValues = (meeting: MeetingView): Fields => ({
  ...(meeting.rhythm === null ? { howOften: '' } : howOftenIn(meeting.rhythm)),
  ...{ name: meeting.name, kind: meeting.kind, minutesForm: meeting.minutesForm },
  ...{ startTime: meeting.startTime ?? '', place: meeting.place ?? '', endedOn: meeting.endedOn ?? '' },
  durationMinutes: meeting.durationMinutes === null ? '' : String(meeting.durationMinutes),
  defaultAgenda: agendaText(meeting.defaultAgenda),
  ...Object.fromEntries(FLAGS.map((flag) => [flag, meeting[flag] ? 'ja' : ''])),
});

export const invitationFields = (addresses: Option[]): FieldSpec[] => [
  {
    name: 'role',
    label: 'In welke rol?',
    type: 'choice',
    isRequired: true,
    options: optionsOf(ROLE_AT_TABLE_WORDS),
    hint: 'Een agendalid krijgt de stukken.',
  },
  {
    name: 'personId',
    label: 'E-mailadres van wie er komt',
    type: 'email',
    options: addresses,
    hint: 'Leeg: de contactpersoon van de organisatie. Een voorzitter is altijd een persoon.',
  },
];
