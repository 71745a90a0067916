import type { ActionStatus, DueKind, Realisation } from '../action.entity.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { ActionUpdate, type Change, type UpdateKind } from './action-update.entity.js';
import { type ActionView } from '../actions.views.js';
import { reasonOn, statusOn } from '../overdue.rules.js';

/** @schema ActionUpdate */
export interface UpdateView {
  id: string;
  actionId: string;
  sequence: number;
  kind: UpdateKind;
  effectiveOn: string;
  recordedAt: string;
  /** Null for a client, and for the service itself. */
  recordedById: string | null;
  /** Null for a person, and for the service itself. */
  recordedByClientId: string | null;
  /** Of the person or the client. */
  recordedByName: string | null;
  onBehalfOfId: string | null;
  onBehalfOfName: string | null;
  sessionId: string | null;
  /** The reason for the change. */
  reason: string | null;
  comment: string | null;
  /** The state of the action after it. */
  title: string;
  status: ActionStatus;
  statusReason: string | null;
  resumeOn: string | null;
  ownerId: string | null;
  ownerName: string | null;
  ownerPersonId: string | null;
  ownerPersonName: string | null;
  dueKind: DueKind | null;
  dueOn: string | null;
  postponements: number;
  checkOn: string | null;
  realisation: Realisation | null;
  result: string | null;
  isHandedBack: boolean;
}

/**
 * The update entered, with the action after it and the action's version.
 * @schema EnteredActionUpdate
 */
export type EnteredUpdateView = UpdateView & { action: ActionView; version: number };

export type UpdateRow = Omit<UpdateView, 'reason'> & { changes: Change };

export const UPDATE_SHAPE = shapeOf(ActionUpdate);

const STATE = [
  'title',
  'kind',
  'status',
  'statusReason',
  'resumeOn',
  'ownerId',
  'ownerPersonId',
  'dueKind',
  'dueOn',
  'postponements',
  'checkOn',
  'realisation',
  'result',
  'isHandedBack',
];

/** The state after an update is that of the last row reapplying it, because entries for earlier days may affect it. */
export const UPDATE_COLUMNS = `u."id", u."actionId", u."sequence", u."effectiveOn", u."recordedAt", u."recordedById",
  u."recordedByClientId", coalesce(wb."name", wc."name") AS "recordedByName", u."onBehalfOfId", ob."name" AS "onBehalfOfName", u."sessionId", u."comment", u."changes",
  o."name" AS "ownerName", p."name" AS "ownerPersonName", ${STATE.map((column) => `r."${column}"`).join(', ')}`;

export const UPDATE_JOINS = `JOIN "action_updates" r ON r."actionId" = u."actionId" AND r."sequence" = (
    SELECT max(n."sequence") FROM "action_updates" n
    WHERE n."actionId" = u."actionId" AND (n."id" = u."id" OR n."restatesId" = u."id"))
  LEFT JOIN "organisations" o ON o."id" = r."ownerId" LEFT JOIN "people" p ON p."id" = r."ownerPersonId"
  LEFT JOIN "people" wb ON wb."id" = u."recordedById" LEFT JOIN "clients" wc ON wc."id" = u."recordedByClientId"
  LEFT JOIN "organisations" ob ON ob."id" = u."onBehalfOfId"`;

/** Whatever is entered after an action was on hold finds it open again. */
export function toUpdateView({ changes, ...row }: UpdateRow): UpdateView {
  const { effectiveOn } = row;
  return {
    ...row,
    status: statusOn(row, effectiveOn),
    statusReason: reasonOn(row, effectiveOn),
    reason: changes.reason ?? null,
  };
}
