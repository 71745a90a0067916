import type { AreaKind } from '../../directory/areas/area.entity.js';

export interface AreaData {
  code: string;
  name: string;
  kind: AreaKind;
  /** The code of the parent area. */
  below: string | null;
  cbsCode?: string;
  inhabitants?: Record<string, number>;
  /** Places that can be named in the texts of actions. */
  places?: string[];
}

/**
 * The municipality, five team areas, eleven wijken and kernen, and one buurt. The evaluation lists which kernen belong to the team
 * "Boskoop, Aarlanderveen en Zwammerdam". It is silent on the others, for which we chose: the kernen of the former
 * municipality of Rijnwoude belong to "Rijnwoude en Benthuizen"; Alphen Noord, which contains Ridderveld, to
 * "Ridderveld"; Alphen Centrum to "Centrum en Park Zegersloot"; Hoorn and Kerk en Zanen to "Alphen West".
 * Figures are those of Statistics Netherlands and of the villages themselves where known, and omitted otherwise.
 */
export const AREAS: AreaData[] = [
  {
    code: 'ALP',
    name: 'Alphen aan den Rijn',
    kind: 'municipality',
    below: null,
    cbsCode: 'GM0484',
    inhabitants: { 2018: 109_682, 2024: 114_968 },
  },
  { code: 'TAW', name: 'Alphen West', kind: 'team', below: 'ALP' },
  { code: 'TCZ', name: 'Centrum en Park Zegersloot', kind: 'team', below: 'ALP' },
  { code: 'TRI', name: 'Ridderveld', kind: 'team', below: 'ALP' },
  { code: 'TBZ', name: 'Boskoop, Aarlanderveen en Zwammerdam', kind: 'team', below: 'ALP' },
  {
    code: 'TRB',
    name: 'Rijnwoude en Benthuizen',
    kind: 'team',
    below: 'ALP',
    places: ['de dorpskern', 'de bushalte aan de provinciale weg', 'de ijsbaan', 'de fietsroute langs de Rijn'],
  },
  {
    code: 'CEN',
    name: 'Alphen Centrum',
    kind: 'wijk',
    below: 'TCZ',
    places: ['het stationsplein', 'het Rijnplein', 'de parkeergarage', 'Park Zegersloot', 'de winkelstraat'],
  },
  {
    code: 'NRD',
    name: 'Alphen Noord',
    kind: 'wijk',
    below: 'TRI',
    places: ['het winkelcentrum', 'de Edelstenenbuurt', 'de skatebaan', 'het buurthuis', 'de Zeeheldenbuurt'],
  },
  {
    code: 'HRN',
    name: 'Hoorn',
    kind: 'wijk',
    below: 'TAW',
    places: ['de speeltuin', 'het schoolplein', 'de groenstrook', 'de sporthal'],
  },
  {
    code: 'KZN',
    name: 'Kerk en Zanen',
    kind: 'wijk',
    below: 'TAW',
    places: ['het wijkpark', 'het winkelcentrum', 'het trapveldje', 'de brede school'],
  },
  { code: 'GRD', name: 'Groene Dorp', kind: 'buurt', below: 'CEN', places: ['het plein', 'de speelplek', 'de vijver'] },
  {
    code: 'AAR',
    name: 'Aarlanderveen',
    kind: 'kern',
    below: 'TBZ',
    inhabitants: { 2023: 1300 },
    places: ['het dorpshuis', 'de Dorpsstraat', 'het sportveld'],
  },
  {
    code: 'BEN',
    name: 'Benthuizen',
    kind: 'kern',
    below: 'TRB',
    places: ['het dorpshuis', 'de Dorpsstraat', 'de molen'],
  },
  {
    code: 'BOS',
    name: 'Boskoop',
    kind: 'kern',
    below: 'TBZ',
    places: ['het station', 'de hefbrug', 'de skatebaan', 'het winkelcentrum', 'het Reijerskoop', 'de haven'],
  },
  { code: 'HZD', name: 'Hazerswoude-Dorp', kind: 'kern', below: 'TRB', places: ['de Dorpsstraat', 'het dorpshuis'] },
  { code: 'HZR', name: 'Hazerswoude-Rijndijk', kind: 'kern', below: 'TRB', places: ['de Rijndijk', 'de sporthal'] },
  {
    code: 'KOU',
    name: 'Koudekerk aan den Rijn',
    kind: 'kern',
    below: 'TRB',
    cbsCode: 'WK048496',
    inhabitants: { 2018: 4125 },
    places: ['de Hoogewaard', 'de brug', 'het dorpscentrum'],
  },
  {
    code: 'ZWA',
    name: 'Zwammerdam',
    kind: 'kern',
    below: 'TBZ',
    places: ['de Dorpsstraat', 'de speeltuin', 'de Rijnoever'],
  },
];
