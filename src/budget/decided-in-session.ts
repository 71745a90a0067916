import { rows, type Source } from '../platform/database/rows.js';
import type { Outcome } from './initiatives.dto.js';
import { amountOf } from './money.rules.js';

/**
 * What a session decided about an initiative, as stored in its minutes.
 * @schema MinutesInitiative
 */
export interface InitiativeContent {
  title: string;
  /** Null for residents. */
  requestedBy: string | null;
  outcome: Outcome;
  /** In euros, "450.00"; null if it was refused. */
  granted: string | null;
  /** Why it was refused, or why more was granted than was left. */
  reason: string | null;
}

/**
 * The last decision on an initiative that was made in the session and not undone there; later ones do not change it.
 */
const DECIDED = `
  SELECT i."title", o."name" AS "requestedBy", x."verb" AS "outcome", x."grantedCents",
    CASE WHEN i."sessionId" = $1 THEN i."reason" END AS "reason"
  FROM "initiative_changes" x JOIN "initiatives" i ON i."id" = x."initiativeId"
  LEFT JOIN "organisations" o ON o."id" = i."requestedById"
  WHERE x."sessionId" = $1 AND x."verb" IN ('granted', 'refused') AND NOT EXISTS (
    SELECT 1 FROM "initiative_changes" n WHERE n."initiativeId" = x."initiativeId" AND n."sessionId" = $1
      AND n."verb" IN ('granted', 'refused', 'undecided') AND n."id" > x."id")
  ORDER BY x."id"`;

/** In the order of the decisions. */
export async function decidedIn(source: Source, sessionId: string): Promise<InitiativeContent[]> {
  type Row = Omit<InitiativeContent, 'granted'> & { grantedCents: number | null };
  const found = await rows<Row>(source, DECIDED, [sessionId]);
  return found.map(({ grantedCents, ...rest }) => ({
    ...rest,
    granted: grantedCents === null ? null : amountOf(grantedCents),
  }));
}
