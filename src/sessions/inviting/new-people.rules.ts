import type { OrganisationKind } from '../../directory/organisations/organisation.entity.js';

/** A line of the form: a person, their organisation and their address. */
export interface NewPerson {
  name: string;
  organisation: string;
  /** As typed: possibly missing or invalid, and then asked for. */
  email: string;
}

/**
 * Reads lines such as "wijkagent Boskoop, Politie, wijkagent@politie.example", as typed or pasted from a sheet or an
 * address book ("wijkagent Boskoop <wijkagent@politie.example>; Politie"). The address is the part with an @; of the
 * others the first is the name and the rest the organisation. `unread`: the lines without a name or an organisation, as
 * typed.
 */
export function newPeopleIn(text: string): { people: NewPerson[]; unread: string[] } {
  const people: NewPerson[] = [];
  const unread: string[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const parts = line
      .replace(/<([^<>]*@[^<>]*)>/, ', $1,')
      .split(/[\t;,]/)
      .map((part) => part.trim())
      .filter(Boolean);
    const email = parts.find((part) => part.includes('@'))?.toLowerCase() ?? '';
    const [name = '', ...rest] = parts.filter((part) => !part.includes('@'));
    const person = { name, organisation: rest.join(', '), email };
    const isWhole = name !== '' && person.organisation !== '';
    if (isWhole && name.length <= 200 && person.organisation.length <= 200) people.push(person);
    else unread.push(line);
  }
  return { people, unread };
}

const KINDS: [RegExp, OrganisationKind][] = [
  [/politie/i, 'police'],
  [/gemeente|afdeling|handhaving|openbare ruimte|\bboa/i, 'municipality'],
  [/won(en|ing)|^woon|huurders|corporatie|habeko/i, 'housing'],
  [/bewoner|dorps(raad|overleg)|wijkraad|buurtver/i, 'residents'],
  [/school|college|onderwijs/i, 'education'],
  [/ondernemer|winkel|bedrijv|\bbv\b/i, 'business'],
  [/welzijn|wijkteam|zorg|jeugd|maatschappelijk|kwadraad|tom\b/i, 'welfare'],
  [/vrijwillig|kerk|vereniging|stichting/i, 'volunteers'],
];

/** The probable kind of a new organisation, to be confirmed. */
export const likelyKind = (name: string): OrganisationKind => KINDS.find(([words]) => words.test(name))?.[1] ?? 'other';
