import { capital } from '../platform/rendering/text.js';
import type { DefaultAgendaItem } from './meeting.entity.js';
import { ITEM_KIND_WORDS } from './words.js';

/** The default agenda; topics are inserted before the rondvraag. */
export const DEFAULT_AGENDA: DefaultAgendaItem[] = (
  ['opening', 'minutes', 'actions', 'any_other_business', 'closing'] as const
).map((kind) => ({ kind, title: capital(ITEM_KIND_WORDS[kind]) }));
