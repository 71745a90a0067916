import { type ReferenceLinks, referenceUrl } from '../platform/rendering/reference-links.rules.js';
import type { Action, ActionStatus, DueKind, Realisation, ResultSize, UnversionedField } from './action.entity.js';
import { domainOf, type Domains, domainsOf } from './tables/domains.rules.js';
import { daysOverdue, isToBeChecked, reasonOn, statusOn } from './overdue.rules.js';

export interface NamedOrganisation {
  id: string;
  name: string;
}

/** A row of a list. */
export interface ActionLine {
  id: string;
  number: string;
  title: string;
  areaId: string;
  areaName: string;
  meetingId: string | null;
  sessionId: string | null;
  theme: string | null;
  /** That of its theme, as in `THEME_DOMAINS`; null if it has none. */
  domain: string | null;
  /** The status on the day: on hold ends by itself. */
  status: ActionStatus;
  resumeOn: string | null;
  /** The reason why it is blocked, on hold or cancelled. */
  statusReason: string | null;
  ownerId: string | null;
  ownerName: string | null;
  ownerPersonId: string | null;
  ownerPersonName: string | null;
  coOwners: NamedOrganisation[];
  dueKind: DueKind | null;
  dueOn: string | null;
  isOverdue: boolean;
  daysOverdue: number;
  postponements: number;
  checkOn: string | null;
  /** Past its check date: "graag een stand van zaken". */
  isToBeChecked: boolean;
  isHandedBack: boolean;
  isPublic: boolean;
  isConfidential: boolean;
  result: string | null;
  doneOn: string | null;
  recordedOn: string;
  version: number;
}

/** The fields of a public action that everyone may know: no persons, details, comments or history. */
export interface PublicActionLine {
  id: string;
  number: string;
  title: string;
  areaId: string;
  areaName: string;
  ownerId: string | null;
  ownerName: string | null;
  dueKind: DueKind | null;
  dueOn: string | null;
  status: ActionStatus;
  result: string | null;
  isPublic: boolean;
}

/** @schema ActionPermission */
export type Allowed = 'change' | 'answer' | 'hand_over' | 'hand_back' | 'withdraw';

export interface ActionView extends ActionLine, Pick<Action, UnversionedField> {
  meetingName: string | null;
  sessionHeldOn: string | null;
  /** The days of the sessions that discussed it since, or heard that it was finished, in order. */
  discussedOn: string[];
  agendaItemTitle: string | null;
  originalDueOn: string | null;
  realisation: Realisation | null;
  resultSize: ResultSize | null;
  closedOn: string | null;
  isWithdrawn: boolean;
  requestedByName: string | null;
  /** The URL of the zaak or melding with that number, as configured for the service. */
  referenceUrl: string | null;
  followsOnNumber: string | null;
  /** The organisations that may know it; empty if it is not confidential. */
  partyIds: string[];
  /** What the caller may currently do with it. */
  allowed: Allowed[];
}

type Computed = 'domain' | 'isOverdue' | 'daysOverdue' | 'isToBeChecked';
export type LineRow = Omit<ActionLine, Computed> & { publicText: string | null; isFull: boolean };
export type ViewRow = Omit<ActionView, Computed | 'allowed' | 'referenceUrl'>;

/** A list row on a day. Mutates the row itself, because copying it takes a tenth of the time of a list. */
export function toLine(row: LineRow, day: string, domains: Domains): ActionLine | PublicActionLine {
  if (!row.isFull) return toPublicLine(row, day);
  return Object.assign(row, computed(row, day, domains), { isFull: undefined, publicText: undefined });
}

export function toPublicLine(row: Omit<LineRow, 'isFull'>, day: string): PublicActionLine {
  const { id, number, areaId, areaName, ownerId, ownerName, dueKind, dueOn, result, isPublic } = row;
  const title = row.publicText ?? row.title;
  return {
    id,
    number,
    title,
    areaId,
    areaName,
    ownerId,
    ownerName,
    dueKind,
    dueOn,
    status: statusOn(row, day),
    result,
    isPublic,
  };
}

/** A whole action on a day, made from its row like a list row. */
export function toView(
  row: ViewRow,
  allowed: Allowed[],
  day: string,
  settings: ReferenceLinks & { THEME_DOMAINS: string },
): ActionView {
  return Object.assign(row, computed(row, day, domainsOf(settings.THEME_DOMAINS)), {
    allowed,
    referenceUrl: referenceUrl(row.reference, settings),
  });
}

function computed(
  row: Pick<ActionLine, 'status' | 'resumeOn' | 'statusReason' | 'dueOn' | 'checkOn' | 'theme'>,
  day: string,
  domains: Domains,
) {
  const days = daysOverdue(row, day);
  return {
    domain: domainOf(domains, row.theme),
    status: statusOn(row, day),
    statusReason: reasonOn(row, day),
    isOverdue: days > 0,
    daysOverdue: days,
    isToBeChecked: isToBeChecked(row, day),
  };
}
