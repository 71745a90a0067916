import type { DefaultAgendaItem } from './meeting.entity.js';

/** What a meeting has on its agenda when nobody says otherwise; topics come before the rondvraag. */
export const DEFAULT_AGENDA: DefaultAgendaItem[] = [
  { kind: 'opening', title: 'Opening' },
  { kind: 'minutes', title: 'Verslag vorige keer' },
  { kind: 'actions', title: 'Actielijst' },
  { kind: 'any_other_business', title: 'Rondvraag' },
  { kind: 'closing', title: 'Sluiting' },
];
