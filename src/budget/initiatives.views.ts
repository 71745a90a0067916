import type { ActionStatus } from '../actions/action.entity.js';
import { selectOf, shapeOf } from '../platform/database/shapes.js';
import type { ChangeVerb } from './initiative-change.entity.js';
import { Initiative, type InitiativeState } from './initiative.entity.js';
import { amountOf } from './money.rules.js';

export type InitiativeRow = Initiative & {
  areaId: string;
  areaName: string;
  year: number;
  requestedByName: string | null;
  sessionHeldOn: string | null;
};

/** An action that carries it out, as far as the reader may know it. */
export interface InitiativeActionView {
  id: string;
  number: string;
  title: string;
  status: ActionStatus;
}

export const INITIATIVE_COLUMNS = `${selectOf(Initiative, 'i')}, b."areaId", a."name" AS "areaName", b."year",
  o."name" AS "requestedByName", s."heldOn" AS "sessionHeldOn"`;
export const INITIATIVE_TABLES = `"initiatives" i JOIN "budgets" b ON b."id" = i."budgetId" JOIN "areas" a ON a."id" = b."areaId"
  LEFT JOIN "organisations" o ON o."id" = i."requestedById" LEFT JOIN "sessions" s ON s."id" = i."sessionId"`;
export const INITIATIVE_SHAPE = shapeOf(Initiative);

const amountOrNull = (cents: number | null): string | null => (cents === null ? null : amountOf(cents));

/** Amounts are strings in euros: "450.00". */
export function toInitiativeView(initiative: InitiativeRow, actions: InitiativeActionView[]) {
  const { requestedCents, grantedCents, spentCents, sessionHeldOn: _, ...rest } = initiative;
  return {
    ...rest,
    requested: amountOf(requestedCents),
    /** Null unless granted. */
    granted: amountOrNull(grantedCents),
    /** What it actually cost; null until known. */
    spent: amountOrNull(spentCents),
    actions,
  };
}

export type InitiativeView = ReturnType<typeof toInitiativeView>;

/** The figures of an initiative after a change. */
export interface InitiativeChangeView {
  id: string;
  verb: ChangeVerb;
  state: InitiativeState;
  requested: string;
  granted: string | null;
  spent: string | null;
  isAccountedFor: boolean;
  decidedOn: string | null;
  sessionId: string | null;
  recordedAt: string;
  /** Null for callers who may not see names of people. */
  recordedByName: string | null;
}
