import { capital } from '../platform/rendering/text.js';
import type { DefaultAgendaItem, Meeting } from './meeting.entity.js';
import { ITEM_KIND_WORDS } from './words.js';

/** The default agenda; topics are inserted before the rondvraag. */
export const DEFAULT_AGENDA: DefaultAgendaItem[] = (
  ['opening', 'minutes', 'actions', 'any_other_business', 'closing'] as const
).map((kind) => ({ kind, title: capital(ITEM_KIND_WORDS[kind]) }));

/** Whether a series still meets on that day; its last day is one of them. */
export const goesOn = ({ endedOn }: Pick<Meeting, 'endedOn'>, day: string): boolean =>
  endedOn === null || endedOn >= day;

/** The same in SQL, of the alias of `meetings` and an expression for the day. */
export const goesOnSql = (meeting: string, day: string): string =>
  `(${meeting}."endedOn" IS NULL OR ${meeting}."endedOn" >= ${day})`;
