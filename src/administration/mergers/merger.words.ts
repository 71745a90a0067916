import type { MergerPreview } from './mergers.dto.js';

/** The effects of merging one organisation into another, shown for confirmation. */
export const previewTexts = (name: string, into: string): string[] => [
  `${name} gaat vanaf vandaag verder als ${into}. Dit kan niet ongedaan worden gemaakt.`,
  `De leden en contactpersonen horen vanaf vandaag bij ${into}. In de overleggen en bij de open acties komt ${into} in de plaats van ${name}.`,
  `Wat klaar is, blijft op naam van ${name} staan. Wie bij ${into} hoort, mag daarna ook zien wat vertrouwelijk met ${name} is gedeeld.`,
  `De naam ${name} wordt een andere naam van ${into}. U kunt ${name} daarna nergens meer kiezen.`,
  'Hieronder staat hoeveel er meegaat. Vertrouwelijke acties gaan altijd mee, maar tellen hier alleen als u ze mag kennen.',
];

export const previewFacts = ({ members, contacts, meetings, openActions }: MergerPreview) => [
  { term: 'Leden', text: String(members) },
  { term: 'Contacten', text: String(contacts) },
  { term: 'Overleggen', text: String(meetings) },
  { term: 'Open acties', text: String(openActions) },
];

export const MERGER_WORDS = {
  fields: { intoId: 'Kies een andere organisatie, die zelf niet is samengevoegd.' },
  codes: {
    ORGANISATION_MERGED: 'Deze organisatie is al samengevoegd.',
    TOO_MANY_NAMES: 'Samen hebben ze meer dan twintig andere namen. Haal er eerst een paar weg.',
  },
};

export const AREA_MERGER_WORDS = {
  fields: { intoId: 'Kies het gebied dat verdergaat.' },
  codes: {
    AREA_MERGED: 'Dit gebied is al samengevoegd met een ander.',
    AREA_LOOP: 'Een gebied kan niet samengaan met een gebied dat eronder valt. Voeg dat andere gebied met dit samen.',
    ROOT_STAYS: 'De gemeente zelf kan niet worden samengevoegd.',
    SESSIONS_AHEAD:
      'Er is nog een vergadering gepland of bezig in dit gebied. Houd die eerst, zeg haar af of verplaats het overleg.',
  },
};
