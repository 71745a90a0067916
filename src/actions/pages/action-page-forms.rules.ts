import { CreateUpdateDto } from '../history/action-updates.dto.js';
import { ChangeActionDto, CreateActionDto } from '../actions.dto.js';
import type { ActionView } from '../actions.views.js';
import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';
import { type Fields, orNull, toInput } from '../../web/forms.js';
import { DUE_CHOICES, JUDGEMENT_WORDS, REALISATION_WORDS, SIZE_WORDS } from '../words.js';

const ABOUT = ['details', 'theme', 'reference'] as const;
const SERVED = ['requestedById', 'expectedResult', 'goalId', 'opgaveId', 'contribution'] as const;
/** The fields of both forms, besides what, who and when: about the action itself, and about what it serves. */
export const IN_BOTH_FORMS = [...ABOUT, ...SERVED];
/** The fields of the form that changes an action, which a new one lacks. */
const LATER = ['checkOn', 'publicText'] as const;

const REASON = 'Nodig bij een latere datum. Schrijf hier geen namen van bewoners.';

export const ownerAndDay = (organisations: Option[]): FieldSpec[] => [
  { name: 'ownerId', label: 'Wie', type: 'choice', isRequired: true, options: organisations },
  {
    name: 'dueKind',
    label: 'Wanneer',
    type: 'choice',
    isRequired: true,
    options: optionsOf(DUE_CHOICES, 'Kies'),
  },
  { name: 'dueOn', label: 'Datum', type: 'date', hint: 'Alleen bij “op een datum”.' },
];
export const REASONED: FieldSpec = { name: 'reason', label: 'Waarom?', type: 'prose', maximum: 2000, hint: REASON };

export const aboutFields = (themes: readonly string[]): FieldSpec[] => [
  { name: 'title', label: 'Wat', type: 'line', isRequired: true },
  { name: 'details', label: 'Bijzonderheden', type: 'prose' },
  {
    name: 'theme',
    label: 'Thema',
    type: 'line',
    maximum: 100,
    options: themes.map((theme) => ({ value: theme, label: theme })),
  },
  { name: 'reference', label: 'Kenmerk', type: 'line', maximum: 100, hint: 'Nummer van een zaak of melding.' },
];
export const PUBLICITY: FieldSpec[] = [
  { name: 'checkOn', label: 'Graag een stand van zaken op', type: 'date' },
  {
    name: 'isPublic',
    label: 'Openbaar: komt op de openbare wijkagenda',
    type: 'check',
    hint: 'Openbaar zijn nummer, wat, organisatie, datum, stand en resultaat. Nooit personen.',
  },
  {
    name: 'publicText',
    label: 'Openbare tekst',
    type: 'prose',
    maximum: 1000,
    hint: 'Leeg: de actie staat er met haar eigen woorden.',
  },
];

export const ESCALATING = (addresses: Option[]): FieldSpec[] => [
  {
    name: 'personId',
    label: 'Bij wie?',
    type: 'email',
    isRequired: true,
    options: addresses,
    hint: 'Het e-mailadres van de directeur of bestuurder.',
  },
  {
    name: 'text',
    label: 'Wat vraagt u?',
    type: 'prose',
    maximum: 5000,
    isRequired: true,
    hint: 'De actiehouder krijgt dezelfde tekst, op hetzelfde moment.',
  },
];

export const JUDGING: FieldSpec[] = [
  {
    name: 'judgement',
    label: 'Is het gelukt, volgens u?',
    type: 'choice',
    isRequired: true,
    options: optionsOf(JUDGEMENT_WORDS, 'Kies een antwoord'),
  },
  { name: 'comment', label: 'Toelichting', type: 'prose', maximum: 2000 },
];

/** The result of an action that is done. */
export const RESULT: FieldSpec[] = [
  { name: 'result', label: 'Resultaat', type: 'prose', maximum: 2000, isRequired: true },
  {
    name: 'realisation',
    label: 'Gelukt',
    type: 'choice',
    isRequired: true,
    options: optionsOf(REALISATION_WORDS),
  },
  {
    name: 'resultSize',
    label: 'Hoe groot is het resultaat?',
    type: 'choice',
    options: optionsOf(SIZE_WORDS, 'Niet gezegd'),
    hint: 'Zo staat het in de jaarevaluatie: bij de grote of bij de kleine resultaten.',
  },
];

/** The differences in owner and deadline, as an update; null if there are none. */
export function toAgreement(fields: Fields, now: ActionView): CreateUpdateDto | null {
  const { ownerId = '', dueKind = '', dueOn = '', reason = '' } = fields;
  const isMoved = dueKind !== now.dueKind || (dueKind === 'date' && dueOn !== now.dueOn);
  const when = dueKind === 'date' ? { dueKind, dueOn } : { dueKind };
  const changes = { ...(ownerId !== now.ownerId && { ownerId }), ...(isMoved && when) };
  const changed = Object.keys(changes);
  return changed.length === 0 ? null : toInput(CreateUpdateDto, { ...changes, reason }, changed);
}

/** The form of an action as input of the API; emptied fields become null. */
export function toChange(fields: Fields, ids: { coOwnerIds: string[]; followsOnId: string | null }): ChangeActionDto {
  const { title, isPublic } = fields;
  // A field that the form did not offer is left as it is.
  const offered = [...IN_BOTH_FORMS, ...LATER].filter((name) => name in fields);
  const rest = { ...orNull(fields, ...offered), ...ids };
  return toInput(ChangeActionDto, { title, ...rest, isPublic: isPublic === 'ja' }, ['title']);
}

/** The form of a new action as input of the API. */
export function toAction(fields: Fields, areaId: string, ids: object): CreateActionDto {
  const { title, ownerId, dueKind, dueOn } = fields;
  const when = dueKind === 'date' ? { dueKind, dueOn } : { dueKind };
  const rest = Object.fromEntries(IN_BOTH_FORMS.map((name) => [name, fields[name]]));
  const required = dueKind === 'date' ? ['ownerId', 'dueOn'] : ['ownerId'];
  return toInput(CreateActionDto, { title, ownerId, ...when, ...rest, ...ids, areaId }, required);
}

/** The values of an action in its form, except the organisations and the number that are entered as text. */
export const storedValues = (action: ActionView): Fields => ({
  ...Object.fromEntries([...IN_BOTH_FORMS, ...LATER].map((name) => [name, action[name] ?? ''])),
  ...{ title: action.title, isPublic: action.isPublic ? 'ja' : '', version: String(action.version) },
});
