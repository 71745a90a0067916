import { onePartyWith } from '../directory/organisations/merged.conditions.js';
import { rows, type Source } from '../platform/database/rows.js';
import type { ActionListDto } from './actions.dto.js';
import type { ActionQuery } from './action-conditions.js';

/**
 * The ids that stand for those in these filters: since they were merged, organisations are one party, whichever of them is
 * asked for; a meeting that ended so goes on in its successor.
 */
export async function mergedIn(
  source: Source,
  { organisation, owner, meeting }: ActionListDto,
): Promise<Pick<ActionQuery, 'organisationIds' | 'ownerIds' | 'meetingIds'>> {
  const [organisationIds, ownerIds, meetingIds] = await Promise.all([
    oneParty(source, organisation),
    oneParty(source, owner),
    goesOnIn(source, meeting),
  ]);
  return { organisationIds, ownerIds, meetingIds };
}

/** Undefined if the organisation was not merged, so that one id is looked up by itself. */
async function oneParty(source: Source, id: string | undefined): Promise<string[] | undefined> {
  const party = id === undefined ? [] : await onePartyWith(source, id);
  return party.length > 1 ? party : undefined;
}

/** The meeting and its successor; undefined if it has none. */
async function goesOnIn(source: Source, id: string | undefined): Promise<string[] | undefined> {
  if (id === undefined) return undefined;
  const sql = 'SELECT m."successorId" FROM "meetings" m WHERE m."id" = $1 AND m."successorId" IS NOT NULL';
  const found = await rows<{ successorId: string }>(source, sql, [id]);
  return found.length > 0 ? [id, found[0].successorId] : undefined;
}
