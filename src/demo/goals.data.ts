import type { CreateGoalDto } from '../goals/goals.dto.js';
import type { OrganisationKey } from './organisations.data.js';

export interface GoalData {
  fields: Omit<CreateGoalDto, 'areaId'>;
  /** The organisations that agree, and those that do not, with their words. */
  agrees: OrganisationKey[];
  disagrees?: [OrganisationKey, string];
  /** The fraction of the expected progress reached at each measurement; null if computed from our own data. */
  pace: number | null;
  source: string;
  /** For a course that is not green. */
  explanation: { cause: string; consequence: string; measure: string };
  /** Actions whose title contains one of these words serve it. */
  words: RegExp;
  judgement?: [OrganisationKey, 'realised' | 'partly' | 'not', string];
  line?: [OrganisationKey, string];
}

const SAFE = 'schoon-heel-veilig';

/** Boskoop has three goals: two measured manually, one computed from its own sessions. Other areas have none. */
export const GOALS: GoalData[] = [
  {
    fields: {
      kind: 'result',
      title: 'Een derde minder meldingen van zwerfafval rond het station',
      theme: SAFE,
      description: 'BOR, de dorpsraad en de winkeliers ruimen samen op en zetten bakken waar het afval ligt.',
      endResult: 'Wie uit de trein stapt, komt in een schoon dorp.',
      indicator: 'meldingen van zwerfafval per maand',
      unit: 'meldingen',
      baseline: 36,
      target: 24,
      direction: 'down',
      source: 'meldingen openbare ruimte',
      framework: 'Kadernota beheer openbare ruimte',
      budget: 4000,
      budgetCeiling: 8000,
      courseKind: 'line',
    },
    agrees: ['BOR', 'DRB', 'POL', 'BOA'],
    pace: 1,
    source: 'meldingen openbare ruimte',
    explanation: { cause: '', consequence: '', measure: '' },
    words: /afval|schoon|bak|vuil|plein/i,
    judgement: ['DRB', 'partly', 'Rond het station is het schoner, aan de haven nog niet.'],
    line: ['DRB', 'Vijftien bewoners ruimen nu elke eerste zaterdag op.'],
  },
  {
    fields: {
      kind: 'result',
      title: 'Zestig ouderen boven de 75 krijgen een huisbezoek',
      theme: 'voorzieningen',
      description: 'Tom in de buurt en Participe bellen aan bij wie alleen woont en boven de 75 is.',
      endResult: 'Wie hulp nodig heeft, is bekend en weet waar die te vinden is.',
      indicator: 'ouderen die dit jaar bezoek kregen',
      unit: 'ouderen',
      baseline: 0,
      target: 60,
      direction: 'up',
      source: 'registratie Tom in de buurt',
      peopleAsked: 40,
      peopleAnswered: 26,
      peopleInFavour: 22,
      framework: 'Beleidsplan sociaal domein',
      courseKind: 'line',
    },
    agrees: ['TOM', 'PAR', 'DRB'],
    disagrees: ['WCE', 'Wij hebben hier geen mensen voor.'],
    pace: 0.72,
    source: 'registratie Tom in de buurt',
    explanation: {
      cause: 'Twee vrijwilligers zijn gestopt.',
      consequence: 'Zonder nieuwe mensen halen wij ongeveer vijfenveertig bezoeken.',
      measure: 'De dorpsraad vraagt in zijn nieuwsbrief om drie vrijwilligers.',
    },
    words: /ouderen|huisbezoek|eenzaam|mantelzorg|zorg/i,
    judgement: ['PAR', 'partly', 'De bezoeken helpen, het zijn er nog te weinig.'],
  },
  {
    fields: {
      kind: 'process',
      title: 'Het verslag is binnen een week bij iedereen',
      theme: 'participatie',
      description: 'De voorzitter stuurt het verslag aan alle deelnemers en actiehouders.',
      endResult: 'Iedereen weet binnen een week wie wat wanneer doet.',
      indicator: 'verslagen die binnen zeven dagen zijn verstuurd',
      unit: '%',
      baseline: 40,
      target: 90,
      direction: 'up',
      metric: { kind: 'minutes_sent', days: 7 },
      framework: 'Evaluatie gebiedsgericht werken',
      courseKind: 'line',
    },
    agrees: ['POL', 'BOR', 'TOM', 'PAR', 'DRB', 'TRI'],
    pace: null,
    source: '',
    explanation: { cause: '', consequence: '', measure: '' },
    words: /uitnodig|bewoners|brief/i,
  },
];

/** Not measurable yet: on the wijkagenda as a direction. */
export const DRAFT_GOAL: Omit<CreateGoalDto, 'areaId'> = {
  kind: 'result',
  title: 'Jongeren hebben een eigen plek in Boskoop',
  theme: 'voorzieningen',
  description: 'Met jongeren zelf een plek zoeken waar zij welkom zijn, ook als het regent.',
};

export const INTRODUCTION =
  'Boskoop wil schoner, en niemand mag uit beeld raken. Daar werken bewoners, politie, corporaties en gemeente dit jaar samen aan.';

export const OPGAVE = {
  title: 'Niemand uit beeld',
  description: 'Wie alleen woont en hulp nodig heeft, is bekend bij iemand die kan helpen.',
  origin: 'Collegeprogramma, hoofdstuk zorg dichtbij',
  departments: [
    { key: 'MO', isLead: true, part: 'Afspraken met Tom in de buurt en Participe, en het geld daarvoor.' },
    { key: 'W&K', isLead: false, part: 'De gebiedsadviseurs brengen de partners bij elkaar.' },
  ],
  line: 'De eerste dertig bezoeken zijn gedaan; de ervaringen staan in het verslag van Boskoop.',
} as const;
