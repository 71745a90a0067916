import type { Fields } from '../../web/forms.js';
import type { NewPerson } from './new-people.rules.js';
import type { GivenAddress } from './places.rules.js';

/** What was ticked and typed in the form. */
export interface Ticks {
  /** Of the checkboxes. */
  values: string[];
  fields: Fields;
}

/** The prefix of the field for the address of an organisation. */
export const ADDRESS = 'address-';
/** The prefix of the field for the address of a new person whose line has none. */
const MAIL = 'mail-';
const NAME = 'name-';
const KIND = 'kind-';

/** The addresses that were entered, by organisation. */
export const addressesIn = (fields: Fields): Map<string, GivenAddress> =>
  new Map(
    Object.entries(fields)
      .filter(([field, value]) => field.startsWith(ADDRESS) && value !== '')
      .map(([field, email]) => {
        const organisationId = field.slice(ADDRESS.length);
        return [organisationId, { name: fields[NAME + organisationId] ?? '', email }];
      }),
  );

/** The kinds chosen for new organisations, by their name as typed. */
export const kindsIn = (fields: Fields): Map<string, string> =>
  new Map(
    Object.entries(fields)
      .filter(([field, value]) => field.startsWith(KIND) && value !== '')
      .map(([field, kind]) => [field.slice(KIND.length), kind]),
  );

/** The field for the address of an organisation that has none. */
export const addressField = (organisationId: string): string => ADDRESS + organisationId;

/** The field for the address of a new person. */
export const mailField = ({ name, organisation }: NewPerson): string => `${MAIL}${name}, ${organisation}`;

/** The new people with the addresses that were entered below their lines. */
export const withAddresses = (people: readonly NewPerson[], fields: Fields): NewPerson[] =>
  people.map((one) => ({ ...one, email: fields[mailField(one)]?.toLowerCase() ?? one.email }));

/** The field for the kind of a new organisation. */
export const kindField = (name: string): string => KIND + name;
