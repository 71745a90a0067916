import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import type { QuestionOutcome } from '../question.entity.js';
import { OUTCOME_FIELDS } from '../questions.rules.js';
import { NO_NAMES, OUTCOME_CHOICES, TERM_CHOICES } from '../words.js';

const WHAT: FieldSpec[] = [
  { name: 'title', label: 'Wat is de vraag?', type: 'line', isRequired: true, hint: NO_NAMES },
  { name: 'details', label: 'Toelichting', type: 'prose', maximum: 2000 },
];
const AGREES = 'De vraag komt er pas op als de voorzitter en de vrager dat allebei goed vinden.';

/** `asker`: the organisations that may ask; for a chair also an empty option for residents. */
export const newQuestionFields = (areas: Option[], askers: Option[]): FieldSpec[] => [
  { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas },
  ...WHAT,
  { name: 'requestedById', label: 'Gevraagd door', type: 'choice', options: askers },
  { name: 'term', label: 'Wanneer komt er een antwoord?', type: 'choice', isRequired: true, options: TERMS },
  { name: 'agrees', label: 'Mag op de openbare pagina van het gebied', type: 'check', hint: AGREES },
];
const TERMS = optionsOf(TERM_CHOICES);

export const questionFields = (askers: Option[]): FieldSpec[] => [
  ...WHAT,
  { name: 'requestedById', label: 'Gevraagd door', type: 'choice', options: askers },
];

export const CONSENT_FIELDS: FieldSpec[] = [
  { name: 'agrees', label: 'Mag op de openbare pagina van het gebied', type: 'check', hint: AGREES },
];

export const outcomeFields = (sessions: Option[], initiatives: Option[]): FieldSpec[] => [
  { name: 'outcome', label: 'Wat gebeurt ermee?', type: 'choice', isRequired: true, options: outcomes(initiatives) },
  ...ofOutcome(sessions, initiatives).map((spec) => ({ ...spec, onlyWith: outcomesWith(spec.name) })),
];

/** Each is shown with the outcomes it belongs to. */
const ofOutcome = (sessions: Option[], initiatives: Option[]): FieldSpec[] => [
  {
    name: 'onAgendaOfId',
    label: 'Agendapunt van',
    type: 'choice',
    isRequired: true,
    options: [{ value: '', label: 'kies een vergadering' }, ...sessions],
  },
  {
    name: 'actionId',
    label: 'Nummer van de actie',
    type: 'line',
    isRequired: true,
    maximum: 20,
    hint: 'Zoals BOS-12. Maak de actie eerst.',
  },
  ...(initiatives.length === 0
    ? []
    : [
        {
          name: 'initiativeId',
          label: 'Initiatief',
          type: 'choice' as const,
          isRequired: true,
          options: [{ value: '', label: 'kies een initiatief' }, ...initiatives],
        },
      ]),
  { name: 'passedTo', label: 'Doorgegeven aan', type: 'line', isRequired: true },
  { name: 'reference', label: 'Nummer daar', type: 'line', maximum: 100 },
  {
    name: 'answer',
    label: 'Antwoord, of waarom niet',
    type: 'prose',
    isRequired: true,
    maximum: 2000,
    hint: 'De vrager leest dit in de mail.',
  },
];

const outcomesWith = (name: string): string[] =>
  Object.entries(OUTCOME_FIELDS).flatMap(([outcome, names]) => ((names as string[]).includes(name) ? [outcome] : []));

const outcomes = (initiatives: Option[]): Option[] =>
  optionsOf(OUTCOME_CHOICES).filter(({ value }) => value !== 'initiative' || initiatives.length > 0);

/** The form as API input, without what does not belong to its outcome; `actionId` is the action with the number. */
export function toOutcome(fields: Fields, actionId: string | undefined): Record<string, unknown> {
  const typed: Record<string, string | undefined> = { ...fields, actionId };
  const taken = (OUTCOME_FIELDS[fields.outcome as QuestionOutcome] ?? []).map((name) => [name, typed[name]]);
  return { outcome: fields.outcome, ...Object.fromEntries(taken.filter(([, value]) => value)) };
}
