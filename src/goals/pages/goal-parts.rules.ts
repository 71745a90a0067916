import type { PartyLineView } from '../party-lines.dto.js';
import { JUDGEMENT_WORDS } from '../../actions/words.js';
import { COURSE_CHOICE_WORDS } from '../words.js';
import { dayCell } from '../../web/tables.rules.js';
import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';

/** The fields of the small forms below a goal. */
export const MEASURE: FieldSpec[] = [
  { name: 'measuredOn', label: 'Dag van de meting', type: 'date', isRequired: true },
  { name: 'value', label: 'Waarde', type: 'number', isRequired: true, hint: 'Getal, zoals 6,5.' },
  { name: 'source', label: 'Bron', type: 'line', isRequired: true },
];
export const COURSE: FieldSpec[] = [
  {
    name: 'course',
    label: 'Koers',
    type: 'choice',
    isRequired: true,
    // A chair decides green, orange or red; grey means unknown.
    options: optionsOf(COURSE_CHOICE_WORDS, 'Kies een kleur'),
    hint: 'Bij oranje en rood zijn oorzaak, gevolg en maatregel nodig.',
  },
  { name: 'cause', label: 'Oorzaak', type: 'prose', maximum: 2000 },
  { name: 'consequence', label: 'Gevolg', type: 'prose', maximum: 2000 },
  { name: 'measure', label: 'Maatregel', type: 'prose', maximum: 2000 },
  { name: 'partiesView', label: 'Wat de partijen ervan vinden', type: 'prose', maximum: 2000 },
];
export const AGREE: FieldSpec[] = [
  {
    name: 'agrees',
    label: 'Stemt uw organisatie in met dit doel?',
    type: 'choice',
    isRequired: true,
    options: optionsOf({ ja: 'ja', nee: 'nee' }, 'Kies een antwoord'),
  },
  { name: 'comment', label: 'Toelichting', type: 'prose', maximum: 2000, hint: 'Nodig als u niet instemt.' },
];
export const JUDGE: FieldSpec[] = [
  {
    name: 'judgement',
    label: 'Uw oordeel',
    type: 'choice',
    isRequired: true,
    options: optionsOf(JUDGEMENT_WORDS, 'Kies een antwoord'),
  },
  { name: 'comment', label: 'Toelichting', type: 'prose', maximum: 2000 },
];
export const LINE: FieldSpec[] = [{ name: 'text', label: 'Uw regel', type: 'prose', maximum: 2000, isRequired: true }];

export const lineColumns = (today: string) => ({
  Dag: ({ writtenOn }: PartyLineView) => dayCell(writtenOn, today),
  Organisatie: ({ organisationName }: PartyLineView) => organisationName,
  Regel: ({ text }: PartyLineView) => text,
});

/** Shown only to members of more than one organisation. */
export const partyField = (parties: Option[]): FieldSpec[] =>
  parties.length > 1
    ? [
        {
          name: 'organisationId',
          label: 'Namens',
          type: 'choice',
          isRequired: true,
          options: [{ value: '', label: 'Kies een organisatie' }, ...parties],
        },
      ]
    : [];
