import type { MergerPreview } from './mergers.dto.js';

/** What merging one organisation into another means, before somebody confirms it. */
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
