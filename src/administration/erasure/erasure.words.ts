import { inDutch } from '../../platform/common/calendar-date.js';
import type { Place } from './name-occurrences.service.js';

export const KIND_WORDS: Record<string, string> = {
  agenda_item: 'agendapunt',
  minutes: 'verslag',
  remark: 'opmerking bij een verslag',
  meeting: 'overleg',
  session: 'vergadering',
  attendance: 'aanwezigheid',
  action: 'actie',
  action_file: 'bestand bij een actie',
  agenda_item_file: 'stuk bij een agendapunt',
  initiative_file: 'bestand bij een initiatief',
  action_update: 'geschiedenis van een actie',
  discussion: 'wat van een actie gezegd is',
  escalation: 'aan de bel',
  judgement: 'oordeel',
  line: 'regel van een partij',
  goal: 'doel',
  former_goal: 'eerdere tekst van een doel',
  goal_course: 'koers van een doel',
  goal_measurement: 'meting van een doel',
  goal_agreement: 'instemming met een doel',
  opgave: 'opgave',
  former_opgave: 'eerdere tekst van een opgave',
  opgave_part: 'deel van een opgave',
  initiative: 'initiatief van het leefbaarheidsbudget',
  question: 'vraag',
  budget: 'leefbaarheidsbudget',
  wijkagenda: 'wijkagenda',
  quarterly_result: 'kwartaalbericht',
  review: 'jaarevaluatie',
  review_reaction: 'reactie op een jaarevaluatie',
  rating: 'waardering',
};

export const kindWords = ({ kind }: Pick<Place, 'kind'>): string => KIND_WORDS[kind] ?? kind;

/** Where it is: "Professionaloverleg Boskoop, maandag 22 december 2025, aanwezigen". Labels name days as the API does. */
export const placeWords = ({ label }: Pick<Place, 'label'>): string =>
  label.replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => inDutch(day));

/** The page to look it up and edit it; null if there is none. */
export function pageOfPlace({ kind, id, areaId }: Pick<Place, 'kind' | 'id' | 'areaId'>): string | null {
  if (kind === 'minutes' || kind === 'remark') return kind === 'minutes' ? `/verslagen/${id}` : null;
  if (kind === 'meeting') return `/overleggen/${id}`;
  if (['session', 'attendance', 'agenda_item_file'].includes(kind)) return `/vergaderingen/${id}`;
  return areaId ? `/gebieden/${areaId}` : null;
}
