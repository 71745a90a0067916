import type { PartyLineView } from '../party-lines.dto.js';
import type { LetterCheck } from '../smart.rules.js';
import { JUDGEMENT_WORDS } from '../../actions/words.js';
import { COURSE_CHOICE_WORDS } from '../words.js';
import { dayCell } from '../../web/tables.rules.js';
import { type FieldSpec, type Option, optionsOf } from '../../web/fields.rules.js';

/** The forms on the page of a goal, without the button above them. */
export type GoalPart = 'meting' | 'koers' | 'instemming' | 'oordeel' | 'regel';

/** The fields of these forms. */
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
/** A chair records the answer of any invited organisation, others that of their own. */
export const agreeFields = (invited: Option[] | null, ofParty: FieldSpec[]): FieldSpec[] => [
  ...(invited ? [organisationField('Organisatie', invited)] : []),
  {
    name: 'agrees',
    label: `Stemt ${invited ? 'deze' : 'uw'} organisatie in met dit doel?`,
    type: 'choice',
    isRequired: true,
    options: optionsOf({ ja: 'ja', nee: 'nee' }, 'Kies een antwoord'),
  },
  {
    name: 'comment',
    label: 'Toelichting',
    type: 'prose',
    maximum: 2000,
    hint: `Nodig als ${invited ? 'zij' : 'u'} niet instemt.`,
  },
  ...(invited ? [] : ofParty),
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
  parties.length > 1 ? [organisationField('Namens', parties)] : [];

const organisationField = (label: string, organisations: Option[]): FieldSpec => ({
  name: 'organisationId',
  label,
  type: 'choice',
  isRequired: true,
  options: [{ value: '', label: 'Kies een organisatie' }, ...organisations],
});

/** The section of the page in which the parties agree. */
export const AGREEING = 'instemmen';

/** Where what is missing from a draft is added: on its form, or by the parties when only their answers are missing. */
export function toFill(path: string, letters: readonly LetterCheck[]): { href: string; label: string } | null {
  const missing = letters.filter(({ holds }) => !holds).map(({ letter }) => letter);
  if (missing.length === 0) return null;
  if (missing.join('') === 'A') return { href: `#${AGREEING}`, label: 'Vastleggen wie instemt' };
  return { href: `${path}/wijzigen`, label: 'Aanvullen wat nodig is' };
}
