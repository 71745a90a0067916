import type { OrganisationKey } from './organisations.data.js';

interface ReviewTexts {
  succeeded: string;
  notSucceeded: string;
  learned: string;
  nextYear: string;
}

export interface ReviewedArea {
  area: string;
  /** The chair's texts, for the previous year and for the year that is reviewed. */
  texts: [ReviewTexts, ReviewTexts];
  /** The lowest and the highest mark in those years. */
  marks: [[number, number], [number, number]];
  /** The parties' reactions to the draft of the reviewed year. */
  reactions: [OrganisationKey, string][];
}

export const REVIEWED: ReviewedArea[] = [
  {
    area: 'BOS',
    texts: [
      {
        succeeded: 'De partners kennen elkaar en bellen elkaar tussendoor.',
        notSucceeded: 'Afspraken bleven liggen omdat niemand wist wie aan zet was.',
        learned: 'Een afspraak zonder naam en dag is geen afspraak.',
        nextYear: 'Wij leggen van elke afspraak vast wie het doet en wanneer.',
      },
      {
        succeeded: 'Het is rustiger bij de skatebaan en schoner rond het station. De dorpsraad ruimt zelf mee op.',
        notSucceeded: 'Niet alle ouderen zijn bezocht: er stopten twee vrijwilligers.',
        learned: 'Wie vroeg zegt dat het niet lukt, krijgt hulp. Dat deden wij te weinig.',
        nextYear: 'Wij gaan door met de huisbezoeken en zoeken met jongeren een eigen plek.',
      },
    ],
    marks: [
      [5, 8],
      [6, 9],
    ],
    reactions: [
      ['DRB', 'Wij herkennen dit. De haven mag volgend jaar meer aandacht krijgen.'],
      ['WCE', 'De samenwerking met de wijkcoach is veel beter geworden.'],
    ],
  },
  {
    area: 'CEN',
    texts: [
      {
        succeeded: 'Het overleg is begonnen en iedereen schoof aan.',
        notSucceeded: 'Over het stationsplein kwamen wij niet verder.',
        learned: 'Tellen helpt: zonder cijfers praatten wij langs elkaar heen.',
        nextYear: 'Wij tellen elke week de fietsen die buiten de rekken staan.',
      },
      {
        succeeded: 'Op het stationsplein staan veel minder fietsen in de weg.',
        notSucceeded: 'De verlichting in het park wacht op een besluit.',
        learned: 'Een vast uur per week werkt beter dan een grote actie.',
        nextYear: 'Wij houden het plein vrij en beginnen met Buurtbeheer Groene Dorp een inloop.',
      },
    ],
    marks: [
      [5, 8],
      [6, 9],
    ],
    reactions: [['VPZ', 'Over het park lezen wij weinig terug. Graag volgend jaar op de agenda.']],
  },
];

/** The draft that the parties of this area are reading now. */
export const DRAFT_REVIEW = {
  area: 'KZN',
  texts: {
    succeeded: 'Bewoners zijn zelf met het groen begonnen.',
    notSucceeded: 'Rond de school is het bij het halen en brengen nog te druk.',
    learned: 'Wij spreken te veel tegelijk af.',
    nextYear: 'Minder afspraken, en elke keer vragen wat er nodig is.',
  } satisfies ReviewTexts,
  reaction: ['BKZ', 'Fijn dat het zelfbeheer genoemd wordt.'] as [OrganisationKey, string],
};

export const WENT_WELL = [
  'Korte lijnen, iedereen neemt op.',
  'De voorzitter houdt ons bij de afspraken.',
  'Je weet nu wie waarover gaat.',
  'Het verslag is er snel.',
];
export const CAN_BE_BETTER = [
  'De gemeente mag eerder zeggen dat iets niet lukt.',
  'Minder wisselingen van contactpersonen.',
  'Meer terugkoppeling aan bewoners.',
  'Soms spreken twee afdelingen elkaar tegen.',
];
export const JUDGED = {
  realised: ['Gezien en in orde.', 'Precies wat wij vroegen.', 'Bewoners merken het verschil.'],
  partly: ['Voor een deel; het komt ’s avonds nog terug.', 'Er is begonnen, het is nog niet af.'],
  not: ['Wij zien geen verschil.'],
};

export const QUARTER_INTRODUCTION = 'Dit lukte dit kwartaal in Boskoop, met dank aan wie meedeed.';

/** Titles of blocked actions, and the decisions of the people asked. The second one is still pending. */
export const ESCALATED = [
  {
    title: 'Fietswrakken in de haven weghalen',
    asks: 'directeur',
    askedDaysAgo: 26,
    text: 'De eigenaar van de kade geeft geen toestemming en het seizoen begint. Wilt u besluiten wie hem aanspreekt?',
    answer: { daysAgo: 19, decision: 'Het afdelingshoofd REO spreekt de eigenaar aan; de boa’s halen daarna weg.' },
  },
  {
    title: 'Drempels in de Zijde aanleggen',
    asks: 'wethouder',
    askedDaysAgo: 6,
    text: 'Er is gemeten en bewoners zijn het eens, maar het geld staat pas volgend jaar op de begroting. Mag het eerder?',
    answer: null,
  },
] as const;
