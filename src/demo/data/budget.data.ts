import type { OrganisationKey } from './organisations.data.js';

export interface InitiativeData {
  title: string;
  /** Null for residents. */
  asker: OrganisationKey | null;
  theme: string;
  /** In euros. */
  requested: number;
  /** In euros; defaults to the amount requested. */
  granted?: number;
  /** In cents. */
  spent: number;
  result: string;
}

/** What residents and their organisations requested from the budget of Boskoop, in the order of the sessions. */
export const INITIATIVES: InitiativeData[] = [
  {
    ...{ title: 'Zwerfafvalkarren voor de basisscholen', asker: 'DRB', theme: 'schoon-heel-veilig', requested: 1200 },
    ...{ spent: 118_450, result: 'Vier scholen lopen elke maand een ronde.' },
  },
  {
    ...{ title: 'Geveltuinen in de Torenpadstraat', asker: null, theme: 'schoon-heel-veilig', requested: 2400 },
    ...{ spent: 240_000, result: 'Er zijn 31 geveltuinen aangelegd.' },
  },
  {
    ...{ title: 'Koffieochtend in het dorpshuis', asker: 'TOM', theme: 'participatie', requested: 900, granted: 750 },
    ...{ spent: 69_820, result: 'Elke woensdag komen zo’n twintig mensen.' },
  },
  {
    ...{ title: 'Fietsverlichtingsactie in november', asker: 'POL', theme: 'mobiliteit', requested: 450 },
    ...{ spent: 43_120, result: 'Bij 140 fietsen is het licht gemaakt.' },
  },
  {
    ...{ title: 'Jeu-de-boulesbaan bij het park', asker: null, theme: 'voorzieningen', requested: 5200, granted: 4500 },
    ...{ spent: 450_000, result: 'De baan ligt er en wordt door de buurt onderhouden.' },
  },
  {
    ...{ title: 'Zomerfeest op het Reijerskoopplein', asker: 'DRB', theme: 'participatie', requested: 3000 },
    ...{ spent: 287_500, result: 'Ongeveer 400 bezoekers, geen klachten.' },
  },
  {
    ...{ title: 'Bankje met uitzicht aan de Gouwe', asker: null, theme: 'voorzieningen', requested: 1450 },
    ...{ spent: 139_900, result: 'Het bankje staat er.' },
  },
  {
    ...{ title: 'Taalmaatjes voor nieuwe inwoners', asker: 'PAR', theme: 'participatie', requested: 2100 },
    ...{ spent: 188_000, result: 'Twaalf duo’s oefenen elke week.' },
  },
];
/** The year before. */
export const EARLIER: InitiativeData[] = [
  {
    ...{ title: 'Plantenbakken in de Voorofscheweg', asker: null, theme: 'schoon-heel-veilig', requested: 1900 },
    ...{ spent: 190_000, result: 'De bakken staan er; bewoners geven water.' },
  },
  {
    ...{ title: 'Buurtmaaltijd in het dorpshuis', asker: 'TOM', theme: 'participatie', requested: 850 },
    ...{ spent: 81_240, result: 'Negentig mensen schoven aan.' },
  },
  {
    ...{ title: 'Verlichting van het pad langs het park', asker: 'DRB', theme: 'mobiliteit', requested: 6400 },
    ...{ spent: 640_000, result: 'Het pad is ’s avonds goed te zien.' },
  },
];
export const REFUSED = {
  ...{ title: 'Camera’s bij de skatebaan', theme: 'schoon-heel-veilig', requested: 8000 },
  reason: 'Toezicht met camera’s hoort niet bij het leefbaarheidsbudget.',
};
/** Still to be decided. */
export const WAITING: Pick<InitiativeData, 'title' | 'asker' | 'theme' | 'requested'>[] = [
  { title: 'Kerstmarkt bij de kerk', asker: 'DRB', theme: 'participatie', requested: 450 },
  { title: 'Moestuin voor de flats aan de Zuidkade', asker: null, theme: 'voorzieningen', requested: 1800 },
];
export const WHO_DECIDES_HERE = 'de gebiedsadviseur, na overleg in het professionaloverleg';
