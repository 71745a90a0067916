import type { Caller } from '../platform/access/caller.js';
import { ACTION_PARTIES, isParty, ITEM_PARTIES, PART_PARTIES } from '../platform/access/confidentiality.js';
import type { Params } from '../platform/database/rows.js';
import { OPEN_PART } from './minutes-content.js';

/**
 * SQL for "a part `p` this caller may know" of the minutes of a session (an SQL expression): the open part, and
 * confidential parts that name an organisation of the caller. For a draft, the parties are the current ones of the item
 * or action; once sent, the parties at that time remain, and parties added later join them.
 */
export function knownPart(
  caller: Pick<Caller, 'organisationIds'>,
  isConcept: boolean,
  sessionId: string,
  params: Params,
): string {
  const own = params.list(caller.organisationIds);
  const asSent = isParty('p."id"', PART_PARTIES, own);
  const ofItem = `EXISTS (SELECT 1 FROM "agenda_items" i WHERE i."sessionId" = ${sessionId} AND i."number" = p."label"
    AND ${isParty('i."id"', ITEM_PARTIES, own)})`;
  const ofAction = `EXISTS (SELECT 1 FROM "actions" a WHERE a."number" = p."label" AND ${isParty('a."id"', ACTION_PARTIES, own)})`;
  // Corrections of earlier minutes were already sent to the parties of that part.
  const asWritten = isConcept ? `(p."label" LIKE '%/%' AND ${asSent})` : asSent;
  return `(p."label" = '${OPEN_PART}' OR ${[asWritten, ofItem, ofAction].join(' OR ')})`;
}

/** SQL for the time a version was sent; one made by adoption or redaction counts as sent if its predecessor was. */
export const sentAt = (version: string): string => `(SELECT max(e."at") FROM "minutes_events" e
  WHERE e."minutesId" = ${version}."minutesId" AND e."kind" = 'sent' AND (e."versionId" = ${version}."id"
    OR (${version}."reason" IN ('adoption', 'redaction') AND e."at" <= ${version}."composedAt")))`;
