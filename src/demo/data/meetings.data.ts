import type { MeetingKind, MinutesForm } from '../../meetings/meeting.entity.js';
import type { OrganisationKey } from './organisations.data.js';

export interface MeetingData {
  area: string;
  /** The team area whose duo chairs it. */
  team: string;
  kind: MeetingKind;
  name: string;
  everyWeeks: number;
  place: string;
  minutesForm: MinutesForm;
  /** The minimum number of days from today (negative: before it) to the next session. */
  nextInDays: number;
  actionsPerSession: [number, number];
  participants: OrganisationKey[];
  informed: OrganisationKey[];
}

/** The areas that have been meeting for years, and look back on each of them. */
export const REVIEWED_AREAS = ['BOS', 'CEN'] as const;

/** The standing meetings. Boskoop meets today, so that a session can be run as soon as the demo has started. */
export const MEETINGS: MeetingData[] = [
  {
    area: 'BOS',
    team: 'TBZ',
    kind: 'professionals',
    name: 'Professionaloverleg Boskoop',
    everyWeeks: 6,
    place: 'Gemeentehuis Boskoop, kamer 2',
    minutesForm: 'full',
    nextInDays: 0,
    actionsPerSession: [4, 6],
    participants: ['POL', 'BOA', 'BOR', 'TRI', 'WCE', 'TOM', 'PAR', 'DRB'],
    informed: ['MO', 'VTH', 'ABE'],
  },
  {
    area: 'AAR',
    team: 'TBZ',
    kind: 'professionals',
    name: 'Professionaloverleg Aarlanderveen',
    everyWeeks: 13,
    place: 'Dorpshuis',
    minutesForm: 'decisions_and_actions',
    nextInDays: 12,
    actionsPerSession: [3, 4],
    participants: ['POL', 'BOR', 'TOM', 'BVA'],
    informed: ['BOA', 'MO'],
  },
  {
    area: 'ZWA',
    team: 'TBZ',
    kind: 'professionals',
    name: 'Professionaloverleg Zwammerdam',
    everyWeeks: 13,
    place: 'Dorpshuis',
    minutesForm: 'decisions_and_actions',
    nextInDays: 19,
    actionsPerSession: [3, 4],
    participants: ['POL', 'BOR', 'TOM', 'WCE', 'BVZ'],
    informed: ['BOA', 'MO'],
  },
  {
    area: 'CEN',
    team: 'TCZ',
    kind: 'professionals',
    name: 'Professionaloverleg Alphen Centrum',
    everyWeeks: 8,
    place: 'Stadhuis, kamer 1.12',
    minutesForm: 'full',
    nextInDays: 9,
    actionsPerSession: [3, 5],
    participants: ['POL', 'BOA', 'BOR', 'WCE', 'TOM', 'PAR', 'VPZ', 'GRO', 'VTH'],
    informed: ['REO', 'MO', 'IAR'],
  },
  {
    area: 'NRD',
    team: 'TRI',
    kind: 'professionals',
    name: 'Professionaloverleg Ridderveld',
    everyWeeks: 8,
    place: 'Buurthuis',
    minutesForm: 'full',
    nextInDays: 16,
    actionsPerSession: [3, 5],
    participants: ['POL', 'BOA', 'BOR', 'HAB', 'WCE', 'TOM', 'PAR', 'EDE', 'ZEE'],
    informed: ['MO', 'ABE', 'SPL'],
  },
  {
    area: 'HRN',
    team: 'TAW',
    kind: 'professionals',
    name: 'Professionaloverleg Hoorn',
    everyWeeks: 10,
    place: 'Brede school',
    minutesForm: 'full',
    nextInDays: 23,
    actionsPerSession: [3, 4],
    participants: ['POL', 'BOR', 'WCE', 'TOM', 'IAR'],
    informed: ['BOA', 'MO'],
  },
  {
    area: 'KZN',
    team: 'TAW',
    kind: 'professionals',
    name: 'Professionaloverleg Kerk en Zanen',
    everyWeeks: 8,
    place: 'Brede school',
    minutesForm: 'full',
    nextInDays: 30,
    actionsPerSession: [3, 4],
    participants: ['POL', 'BOA', 'BOR', 'TOM', 'ABE', 'BKZ'],
    informed: ['MO', 'U&S'],
  },
  {
    area: 'TRB',
    team: 'TRB',
    kind: 'professionals',
    name: 'Professionaloverleg Rijnwoude en Benthuizen',
    everyWeeks: 8,
    place: 'Dorpshuis Hazerswoude-Dorp',
    minutesForm: 'full',
    nextInDays: 5,
    actionsPerSession: [4, 5],
    participants: ['POL', 'BOA', 'BOR', 'HAB', 'TOM', 'PAR', 'DOB', 'DOH', 'DOK'],
    informed: ['MO', 'REO', 'VTH'],
  },
  {
    area: 'KOU',
    team: 'TRB',
    kind: 'residents',
    name: 'Bewonersoverleg Koudekerk aan den Rijn',
    everyWeeks: 17,
    place: 'Dorpscentrum',
    minutesForm: 'decisions_and_actions',
    nextInDays: 26,
    actionsPerSession: [2, 3],
    participants: ['BOR', 'HAB', 'DOK'],
    informed: ['POL', 'REO'],
  },
  {
    area: 'TBZ',
    team: 'TBZ',
    kind: 'board',
    name: 'Bestuurstafel Boskoop, Aarlanderveen en Zwammerdam',
    everyWeeks: 17,
    place: 'Gemeentehuis Boskoop, raadzaal',
    minutesForm: 'decisions_and_actions',
    nextInDays: 33,
    actionsPerSession: [2, 2],
    participants: ['COL', 'DIR', 'POL', 'WCE', 'TRI', 'DRB'],
    informed: ['MO'],
  },
  {
    area: 'GRD',
    team: 'TCZ',
    kind: 'walk_in',
    name: 'Inloop Groene Dorp',
    everyWeeks: 13,
    place: 'Buurtkamer Groene Dorp',
    minutesForm: 'decisions_and_actions',
    nextInDays: 20,
    actionsPerSession: [1, 2],
    participants: ['GRO', 'POL', 'TOM'],
    informed: ['BOR'],
  },
];

export const DEFAULT_AGENDA = [
  { kind: 'opening', title: 'Opening en mededelingen' },
  { kind: 'minutes', title: 'Verslag vorige keer' },
  { kind: 'actions', title: 'Actielijst' },
  { kind: 'any_other_business', title: 'Rondvraag' },
  { kind: 'closing', title: 'Sluiting' },
] as const;

/** The two people who chair the meetings of each team area. */
export const CHAIRS: Record<string, [string, string]> = {
  TAW: ['gebiedsadviseur Kerk en Zanen', 'gebiedsadviseur Hoorn'],
  TCZ: ['gebiedsadviseur Alphen Centrum', 'gebiedsadviseur Park Zegersloot'],
  TRI: ['gebiedsadviseur Alphen Noord', 'gebiedsadviseur Ridderveld'],
  TBZ: ['gebiedsadviseur Boskoop', 'gebiedsadviseur Aarlanderveen en Zwammerdam'],
  TRB: ['gebiedsadviseur Rijnwoude', 'gebiedsadviseur Benthuizen'],
};
