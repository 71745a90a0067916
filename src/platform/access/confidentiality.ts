import type { Params } from '../database/rows.js';

/** A reader whose access to confidential records is to be decided. */
interface Knower {
  /** The organisations this reader acts for today, including those merged into them. */
  organisationIds: readonly string[];
  /** Whether it would be delivered to a mailbox that others read too. A signed-in person reads alone. */
  isShared?: boolean;
}

/**
 * Everybody may know of open records. Confidential ones are known to anyone acting for one of their parties, but never
 * through a shared mailbox.
 */
export function mayKnow(
  { organisationIds, isShared = false }: Knower,
  isConfidential: boolean,
  partyIds: readonly string[],
): boolean {
  return !isConfidential || (!isShared && partyIds.some((id) => organisationIds.includes(id)));
}

/** The table that holds the parties of a confidential record. */
interface Parties {
  table: string;
  key: string;
}
export const ACTION_PARTIES: Parties = { table: 'action_parties', key: 'actionId' };
export const ITEM_PARTIES: Parties = { table: 'agenda_item_parties', key: 'agendaItemId' };
export const PART_PARTIES: Parties = { table: 'minutes_part_parties', key: 'partId' };

/**
 * `mayKnow` in SQL, in two pieces. This one: "one of these organisations is a party to the record with this id". `own`
 * is a list of their ids or a subquery; for mailboxes use `actingByMail`.
 */
export const isParty = (id: string, { table, key }: Parties, own: string): string =>
  `EXISTS (SELECT 1 FROM "${table}" "party" WHERE "party"."${key}" = ${id} AND "party"."organisationId" IN (${own}))`;

/** The second piece: "this row is open, or `isKnown`". */
export const openOr = (row: string, isKnown: string): string => `(NOT ${row}."isConfidential" OR ${isKnown})`;

/** Both combined for the caller: "open, or confidential to an organisation of the caller". */
export const knownTo = (
  caller: Pick<Knower, 'organisationIds'>,
  row: string,
  parties: Parties,
  params: Params,
): string => openOr(row, isParty(`${row}."id"`, parties, params.list(caller.organisationIds)));

/** The same condition for the subject of an audit entry, which is an action or an agenda item. */
export const entryKnownTo = (own: string): string =>
  openOr('e', [ACTION_PARTIES, ITEM_PARTIES].map((parties) => isParty('e."objectId"', parties, own)).join(' OR '));
