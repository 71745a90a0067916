import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { AMOUNT_HINT, NO_NAMES, OUTCOME_CHOICES, RESIDENTS } from '../words.js';

const amount = (name: string, label: string, more: Partial<FieldSpec> = {}): FieldSpec => ({
  ...{ name, label, type: 'number', maximum: 20, hint: AMOUNT_HINT },
  ...more,
});

const HOW_MUCH: FieldSpec[] = [
  amount('amount', 'Bedrag voor dit jaar', { hint: `${AMOUNT_HINT} Leeg: inwoners × bedrag per inwoner.` }),
  amount('rate', 'Bedrag per inwoner', { hint: 'Leeg: € 2. Alleen als u geen bedrag invult.' }),
  amount('carryOver', 'Meegenomen van vorig jaar'),
];
const FOR_RESIDENTS: FieldSpec[] = [
  { name: 'closesOn', label: 'Aanvragen kan tot en met', type: 'date', hint: 'Leeg: 31 december.' },
  { name: 'decidedBy', label: 'Wie beslist?', type: 'line', hint: 'Zoals bewoners het lezen.' },
  {
    name: 'isPublic',
    label: 'Op de openbare pagina van het gebied',
    type: 'check',
    hint: 'Openbaar zijn de bedragen, en van toegekende initiatieven wat u daarvoor aankruist. Nooit wie het privé vroeg, wat nog niet is beslist of wat is afgewezen.',
  },
];

export const newBudgetFields = (areas: Option[]): FieldSpec[] => [
  { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
  { name: 'year', label: 'Jaar', type: 'number', maximum: 4, isRequired: true },
  ...HOW_MUCH,
  ...FOR_RESIDENTS,
];
export const BUDGET_FIELDS: FieldSpec[] = [...HOW_MUCH, ...FOR_RESIDENTS];

/** A form as API input: ticked is true, empty fields are omitted. */
export const toBudget = ({ isPublic, ...fields }: Fields): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
  isPublic: isPublic === 'ja',
});

export const initiativeFields = (organisations: Option[], themes: readonly string[]): FieldSpec[] => [
  { name: 'title', label: 'Wat is het initiatief?', type: 'line', isRequired: true, hint: NO_NAMES },
  {
    name: 'requestedById',
    label: 'Gevraagd door',
    type: 'choice',
    options: [{ value: '', label: RESIDENTS }, ...organisations.filter(({ value }) => value !== '')],
  },
  amount('requested', 'Gevraagd bedrag', { isRequired: true }),
  {
    name: 'theme',
    label: 'Thema',
    type: 'line',
    maximum: 100,
    options: themes.map((theme) => ({ value: theme, label: theme })),
  },
  { name: 'requestedOn', label: 'Gevraagd op', type: 'date', hint: 'Leeg: vandaag.' },
  { name: 'reference', label: 'Zaaknummer', type: 'line', maximum: 100 },
  {
    name: 'isPublic',
    label: 'Openbaar als het is toegekend',
    type: 'check',
    hint: 'Dan staan titel, bedrag en resultaat op de openbare pagina.',
  },
];

export const decisionFields = (sessions: Option[]): FieldSpec[] => [
  {
    name: 'outcome',
    label: 'Besluit',
    type: 'choice',
    isRequired: true,
    options: optionsOf(OUTCOME_CHOICES),
  },
  amount('granted', 'Toegekend bedrag', { hint: `${AMOUNT_HINT} Leeg: het gevraagde bedrag.`, onlyWith: ['granted'] }),
  {
    name: 'reason',
    label: 'Reden',
    type: 'prose',
    maximum: 2000,
    hint: 'Nodig bij afwijzen, en als het meer is dan er over is.',
  },
  { name: 'sessionId', label: 'Besloten in', type: 'choice', options: sessions },
  { name: 'decidedOn', label: 'Besloten op', type: 'date', hint: 'Leeg: vandaag, of de dag van de vergadering.' },
];

export const SPENDING_FIELDS: FieldSpec[] = [
  amount('spent', 'Werkelijk uitgegeven'),
  { name: 'isAccountedFor', label: 'Verantwoord', type: 'check', hint: 'Bonnen en rekeningen blijven waar ze horen.' },
  { name: 'result', label: 'Wat heeft het opgeleverd?', type: 'prose', maximum: 2000, hint: NO_NAMES },
];
export const ACTION_FIELDS: FieldSpec[] = [
  { name: 'numbers', label: 'Nummers van de acties', type: 'line', maximum: 200, hint: 'Zoals BOS-12, BOS-14.' },
];
