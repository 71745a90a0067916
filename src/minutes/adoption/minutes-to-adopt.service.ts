import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { forbidden } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { orderOf, pageOf, Params, rows, type Source } from '../../platform/database/rows.js';
import { readableSession, type SessionOrId } from '../../meetings/meetings.access.js';
import type { MinutesToAdoptView } from './adoption.dto.js';
import { seenOfAll } from '../seen-versions.js';
import { Remarks } from './remarks.service.js';

/**
 * SQL for the minutes `m` of session `s` that session `own` can adopt: of an earlier session, sent, not adopted yet.
 */
const TO_ADOPT = `(g."id" = own."meetingId" OR g."successorId" = own."meetingId")
  AND s."meetingId" = g."id" AND m."sessionId" = s."id" AND m."state" = 'sent'
  AND (s."heldOn" < own."heldOn" OR (s."heldOn" = own."heldOn"
    AND (coalesce(s."startTime", ''), s."id") < (coalesce(own."startTime", ''), own."id")))
  AND NOT EXISTS (SELECT 1 FROM "minutes_events" e WHERE e."minutesId" = m."id" AND e."kind" = 'destroyed')`;
// In this order, because SQLite does not reorder the tables of a CROSS JOIN; otherwise it would begin with all minutes.
const FROM = `"sessions" own CROSS JOIN "meetings" g CROSS JOIN "sessions" s CROSS JOIN "minutes" m`;
const EARLIEST_FIRST = 's."heldOn", s."startTime", s."id"';

/** Minutes that a session can adopt, in their version in force. */
interface ToAdopt {
  sessionId: string;
  heldOn: string;
  versionId: string;
}

/** The minutes offered under the agenda item "verslag vorige keer" of a session. */
@Injectable()
export class MinutesToAdopt {
  constructor(
    private readonly database: Database,
    private readonly remarks: Remarks,
  ) {}

  /** Minutes of earlier sessions that were sent and are not adopted, earliest first; empty once the session is over. */
  async list(ref: SessionOrId, query: PagingDto, caller: Caller) {
    const source = this.database.reader;
    const { id: sessionId, meetingId, areaId, state } = await readableSession(source, ref, caller);
    if (!isPermittedIn(caller, 'minutes.adopt', areaId) && !caller.meetingIds.includes(meetingId)) throw forbidden();
    const orderBy = orderOf(query.sort, { heldOn: 's."heldOn"' }, EARLIEST_FIRST);
    const params = new Params();
    const isOffered = state === 'planned' || state === 'open';
    const where = `${isOffered ? 'TRUE' : 'FALSE'} AND own."id" = ${params.add(sessionId)} AND ${TO_ADOPT}`;
    const select = 'm."id", m."sessionId", s."heldOn"';
    const page = await pageOf<Pick<MinutesToAdoptView, 'sessionId' | 'heldOn'> & { id: string }>(
      source,
      { select, from: FROM, where, orderBy, params },
      query,
    );
    if (page.items.length === 0) return { ...page, items: [] };
    const minutesIds = page.items.map(({ id }) => id);
    const mayWrite = isPermittedIn(caller, 'minutes.adopt', areaId);
    const whose = minutesIds.map((id) => ({ id, state: 'sent' as const, mayWrite, isParty: true }));
    const seen = await seenOfAll(source, whose, caller);
    const remarks = await this.remarks.of(source, minutesIds, caller);
    const items = page.items.map(({ id, ...one }): MinutesToAdoptView => {
      const { versions, version } = seen.get(id)!;
      const { number, sentAt } = versions.at(-1)!;
      return { ...one, number, sentAt: sentAt!, remarks: remarks.get(id) ?? [], version };
    });
    const read = items.flatMap((one) => one.remarks);
    await this.remarks.logConfidential(read, { type: 'session', id: sessionId, areaId }, caller);
    return { ...page, items };
  }

  /** The same, earliest first, regardless of the caller: for the invitation. */
  of(source: Source, sessionId: string): Promise<ToAdopt[]> {
    return rows<ToAdopt>(
      source,
      `SELECT m."sessionId", s."heldOn", v."id" AS "versionId" FROM ${FROM}
       JOIN "minutes_versions" v ON v."minutesId" = m."id" AND v."number" = m."currentNumber"
       WHERE own."id" = $1 AND ${TO_ADOPT} ORDER BY ${EARLIEST_FIRST}`,
      [sessionId],
    );
  }
}
