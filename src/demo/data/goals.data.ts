import type { CreateGoalDto } from '../../goals/goals.dto.js';
import type { OrganisationKey } from './organisations.data.js';

export interface GoalData {
  area: string;
  fields: Omit<CreateGoalDto, 'areaId'>;
  /** The organisations that agree, and those that do not, with their words. */
  agrees: OrganisationKey[];
  disagrees?: [OrganisationKey, string];
  /** The fraction of the expected progress reached at each measurement; null if computed from our own data. */
  pace: number | null;
  source: string;
  /** The explanation of a course that is not green. */
  explanation: { cause: string; consequence: string; measure: string };
  /** Actions whose title contains one of these words serve it. */
  words: RegExp;
  judgement?: [OrganisationKey, 'realised' | 'partly' | 'not', string];
  line?: [OrganisationKey, string];
}

const SAFE = 'schoon-heel-veilig';

/** Boskoop has goals that are measured by hand and one computed from its own sessions; two other areas have one each. */
export const GOALS: GoalData[] = [
  {
    area: 'BOS',
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
    area: 'BOS',
    fields: {
      kind: 'result',
      title: 'Zestig ouderen boven de 75 krijgen een huisbezoek',
      theme: 'voorzieningen',
      description: 'Tom in de buurt en Participe bellen aan bij wie alleen woont en boven de 75 is.',
      endResult: 'Wie hulp nodig heeft, is bekend en weet waar die te vinden is.',
      indicator: 'ouderen die bezoek kregen',
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
    area: 'BOS',
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
  {
    area: 'CEN',
    fields: {
      kind: 'result',
      title: 'Op het stationsplein staan geen fietsen meer in de weg',
      theme: SAFE,
      description: 'De boa’s labelen elke week, BOR haalt weg en de Vrienden van het park helpen tellen.',
      endResult: 'Wie slecht ter been is, komt zonder omweg bij de trein.',
      indicator: 'fietsen buiten de rekken bij de weektelling',
      unit: 'fietsen',
      baseline: 140,
      target: 20,
      direction: 'down',
      source: 'weektelling stationsplein',
      framework: 'Fietsparkeerplan',
      courseKind: 'line',
    },
    agrees: ['BOA', 'BOR', 'VPZ'],
    pace: 1.1,
    source: 'weektelling stationsplein',
    explanation: { cause: '', consequence: '', measure: '' },
    words: /fiets|parkeer|stationsplein/i,
    judgement: ['VPZ', 'realised', 'Het plein is weer een plein.'],
  },
  {
    area: 'KZN',
    fields: {
      kind: 'result',
      title: 'Dertig bewoners beheren zelf een stuk groen',
      theme: 'participatie',
      description: 'Bewoners krijgen gereedschap en een vast nummer bij BOR.',
      endResult: 'Het groen in de wijk is van de wijk.',
      indicator: 'bewoners met een afspraak over zelfbeheer',
      unit: 'bewoners',
      baseline: 4,
      target: 30,
      direction: 'up',
      source: 'lijst zelfbeheer BOR',
      framework: 'Kadernota beheer openbare ruimte',
      courseKind: 'line',
    },
    agrees: ['BOR', 'BKZ'],
    pace: 1,
    source: 'lijst zelfbeheer BOR',
    explanation: { cause: '', consequence: '', measure: '' },
    words: /groen|bloem|heester|plant/i,
    line: ['BKZ', 'Bij het trapveldje zijn vijf buren begonnen.'],
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
