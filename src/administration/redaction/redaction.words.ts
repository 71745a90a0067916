import type { FormWords } from '../../web/forms.js';

export const REDACTION_WORDS: FormWords = {
  codes: {
    MINUTES_DESTROYED: 'Dit verslag is vernietigd. Er is niets meer weg te lakken.',
    MINUTES_NOT_SENT: 'Dit verslag is nog een concept. Heropen de vergadering om het te verbeteren.',
  },
};

export const MISSING: Record<string, string> = {
  words: 'Vul de woorden in die weg moeten.',
  ground: 'Schrijf op waarom u dit weglakt.',
};

export const LOOSE = 'Een besluit over het leefbaarheidsbudget of een vraag';

export const NOT_FOUND =
  'Deze woorden staan niet in dit verslag. Is het de naam van een gast of een persoon bij Aanwezig? Die verwijdert de beheerder, onder Gasten of bij de persoon.';

export const NO_PLACE = 'Kruis aan waar de woorden weg moeten.';

/** What was done, on the page that says what is left to do by hand. */
export const redactedWords = (places: number): string =>
  `Weggelakt op ${places === 1 ? '1 plaats' : `${places} plaatsen`}. In het verslag staat daar nu "(weggelakt)".`;
