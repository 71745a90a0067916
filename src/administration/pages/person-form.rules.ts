import { MINUTES_RECENT } from '../../platform/access/recent-sign-in.js';
import type { PersonDetailView, PersonView } from '../../directory/people/people.dto.js';
import type { FieldSpec, Option } from '../../web/fields.rules.js';
import type { Fields } from '../../web/forms.js';
import { FROM } from '../../web/records.rules.js';

const NAME: FieldSpec = { name: 'name', label: 'Naam', type: 'line', isRequired: true };
const EMAIL: FieldSpec = { name: 'email', label: 'E-mailadres', type: 'email', isRequired: true, maximum: 254 };
const OTHER_EMAIL: FieldSpec = {
  ...EMAIL,
  hint: `Hiermee meldt deze persoon zich aan. Wijzigen kan tot ${MINUTES_RECENT} minuten nadat u zich hebt aangemeld.`,
};
const SHARED: FieldSpec = {
  name: 'isShared',
  label: 'Dit is een gedeelde postbus',
  type: 'check',
  hint: 'Van een secretariaat of een team. Vertrouwelijke acties worden er niet heen gemaild.',
};
const FUNCTION: FieldSpec = { name: 'function', label: 'Functie', type: 'line' };

export const newPersonFields = (organisations: Option[], areas: Option[]): FieldSpec[] => [
  NAME,
  EMAIL,
  SHARED,
  { name: 'organisationId', label: 'Organisatie', type: 'choice', options: organisations },
  FUNCTION,
  {
    name: 'contactAreaId',
    label: 'Contactpersoon in',
    type: 'choice',
    options: areas,
    hint: 'Kies een gebied als deze persoon daar antwoord geeft voor de organisatie.',
  },
  { ...FROM, label: 'Eerste dag bij de organisatie' },
];

/** "Politie, wijkagent; Dorpsraad Boskoop"; a function that is the name of the person, as of a team, is not said again. */
export const organisationsOf = (name: string, memberships: PersonView['memberships']): string =>
  memberships
    .map((one) => [one.organisationName, one.function !== name && one.function].filter(Boolean).join(', '))
    .join('; ');

export const PERSON_FIELDS: FieldSpec[] = [NAME, OTHER_EMAIL, SHARED];

export const replacementFields = (addresses: Option[]): FieldSpec[] => [
  {
    name: 'replacementId',
    label: 'E-mailadres van de vervanger',
    type: 'email',
    options: addresses,
    hint: 'Krijgt ook de uitnodigingen, verslagen, weekberichten en vragen, en kan die beantwoorden. Leeg: geen vervanger.',
  },
  { name: 'replacementUntilOn', label: 'Tot en met', type: 'date' },
];

export const membershipFields = (organisations: Option[]): FieldSpec[] => [
  { name: 'organisationId', label: 'Organisatie', type: 'choice', isRequired: true, options: organisations },
  FUNCTION,
  FROM,
];

export const MEMBERSHIP_FIELDS: FieldSpec[] = [
  FUNCTION,
  { name: 'untilOn', label: 'Laatste dag', type: 'date', hint: 'Leeg: zonder einde.' },
];

export const toNewPerson = ({ isShared = '', ...fields }: Fields) => ({ ...fields, isShared: isShared !== '' });

export const toPersonChange = ({ name, email, isShared = '' }: Fields) => ({ name, email, isShared: isShared !== '' });

/** Without a replacement, its last day is dropped too. */
export const toReplacement = (personId: string, { replacementUntilOn }: Fields) =>
  personId === '' ? { replacementId: null, replacementUntilOn: null } : { replacementId: personId, replacementUntilOn };

/** The values of the form of a person; any text ticks a checkbox. */
export const personValues = ({ isShared, ...person }: PersonDetailView) => ({
  ...person,
  isShared: isShared ? 'ja' : '',
});
