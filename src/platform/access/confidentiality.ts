import type { Params } from '../database/rows.js';

/** Somebody who may get to know of something. */
export interface Knower {
  /** In whose name: the own organisations of today, with what was merged into them. */
  organisationIds: readonly string[];
  /** Whether it would be told in a mailbox that others read as well. Who has signed in reads alone. */
  isShared?: boolean;
}

/**
 * What is open everybody may know; what is confidential whoever acts for one of the organisations it names, and nobody by
 * way of a shared mailbox.
 */
export function mayKnow(
  { organisationIds, isShared = false }: Knower,
  isConfidential: boolean,
  partyIds: readonly string[],
): boolean {
  return !isConfidential || (!isShared && partyIds.some((id) => organisationIds.includes(id)));
}

/** Where the organisations stand that a confidential thing names. */
export interface Parties {
  table: string;
  key: string;
}
export const ACTION_PARTIES: Parties = { table: 'action_parties', key: 'actionId' };
export const ITEM_PARTIES: Parties = { table: 'agenda_item_parties', key: 'agendaItemId' };
export const PART_PARTIES: Parties = { table: 'minutes_part_parties', key: 'partId' };

/**
 * The same in SQL, in two pieces. This one: "the thing with this id names one of these organisations"; `own` is a list or
 * a query of their ids, which for a mailbox is `actingByMail`.
 */
export const isParty = (id: string, { table, key }: Parties, own: string): string =>
  `EXISTS (SELECT 1 FROM "${table}" "party" WHERE "party"."${key}" = ${id} AND "party"."organisationId" IN (${own}))`;

/** And this one: "this row is open, or" what makes its confidential things known. */
export const openOr = (row: string, isKnown: string): string => `(NOT ${row}."isConfidential" OR ${isKnown})`;

/** Both for the caller: "open, or confidential to an organisation of the caller". */
export const knownTo = (
  caller: Pick<Knower, 'organisationIds'>,
  row: string,
  parties: Parties,
  params: Params,
): string => openOr(row, isParty(`${row}."id"`, parties, params.list(caller.organisationIds)));

/** SQL for the same of what an entry of the audit trail is about, an action or an agenda item. */
export const entryKnownTo = (own: string): string =>
  openOr('e', [ACTION_PARTIES, ITEM_PARTIES].map((parties) => isParty('e."objectId"', parties, own)).join(' OR '));
