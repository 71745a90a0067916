import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { goesOnSql } from '../../meetings/meetings.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Area } from '../../directory/areas/area.entity.js';
import type { AreaView } from '../../directory/areas/areas.dto.js';
import { Areas, lockTree } from '../../directory/areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, invalid } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { execute, inForce, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { NEXT_VERSION, updateRow } from '../../platform/database/writes.js';
import { ActionSessions } from '../../actions/action-sessions.service.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { MeetingActions } from '../../sessions/series/meeting-actions.service.js';

/** A meeting that ends because the other area has one of the same kind. */
interface Succession {
  id: string;
  name: string;
  successorId: string;
  successorName: string;
  /** Confidential ones are transferred but not counted. */
  openActions: number;
}

/**
 * Merges an area into another from today on. For earlier days the area keeps its place: its actions keep their numbers,
 * its minutes their area, and a review of last year uses last year's tree.
 */
@Injectable()
export class AreaMergers {
  constructor(
    private readonly areas: Areas,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly sessions: ActionSessions,
    private readonly actions: MeetingActions,
    private readonly audit: Audit,
  ) {}

  /**
   * Re-parents the area and its children under the other. A meeting whose kind the other area also has ends, and its
   * open actions move to that one; other meetings continue. 400 if the other area cannot be the parent; 409 if this one
   * was already merged, is the municipality, is an ancestor of the other, or has a planned or open session that would
   * be lost.
   */
  merge(id: string, intoId: string, version: number, by: Caller): Promise<AreaView> {
    return this.transactions.run(async (manager) => {
      await lockTree(manager);
      const area = await lockOne(manager, Area, id);
      mustMatch(area, version);
      if (area.mergedIntoId) throw conflict('AREA_MERGED', 'This area was merged into another.');
      if (area.kind === 'municipality') throw conflict('ROOT_STAYS', 'The municipality cannot be merged.');
      const into = await manager.findOneBy(Area, { id: intoId });
      if (!into || into.mergedIntoId || intoId === id) {
        throw invalid([{ field: 'intoId', message: 'intoId must be another area that has not itself been merged' }]);
      }
      await this.endMeetings(manager, await this.successions(id, intoId, by.today, manager), by);
      await this.hangBelow(manager, area, intoId, by.today);
      await this.gather(manager, intoId, by);
      await manager.update(Area, { mergedIntoId: id }, { mergedIntoId: intoId });
      await updateRow(manager, Area, id, { mergedIntoId: intoId });
      await this.audit.record(manager, by, 'area.merged', { type: 'area', id, areaId: id });
      return this.areas.read(id, manager);
    });
  }

  /** The meetings of the area that would end, with the number of open actions that would move. */
  successions(id: string, intoId: string, today: string, source: Source = this.database.reader): Promise<Succession[]> {
    return rows<Succession>(
      source,
      `SELECT m."id", m."name", n."id" AS "successorId", n."name" AS "successorName",
         (SELECT count(*) FROM "actions" a WHERE a."meetingId" = m."id" AND a."closedOn" IS NULL AND NOT a."isConfidential")
           AS "openActions"
       FROM "meetings" m JOIN "meetings" n ON n."id" = (
         SELECT o."id" FROM "meetings" o WHERE o."areaId" = $2 AND o."kind" = m."kind" AND ${goesOnSql('o', '$3')}
         ORDER BY o."id" LIMIT 1)
       WHERE m."areaId" = $1 ORDER BY natural_key(m."name"), m."id"`,
      [id, intoId, today],
    );
  }

  private async endMeetings(manager: EntityManager, ending: readonly Succession[], by: Caller): Promise<void> {
    for (const { id, successorId } of ending) {
      const { areaId, endedOn } = await lockOne(manager, Meeting, id);
      const ahead = `SELECT 1 AS "one" FROM "sessions" WHERE "meetingId" = $1 AND "state" IN ('planned', 'open') LIMIT 1`;
      if (await row(manager, ahead, [id])) {
        throw conflict('SESSIONS_AHEAD', 'A meeting of this area has a session that is planned or open.');
      }
      await execute(
        manager,
        `UPDATE "actions" SET "meetingId" = $1, ${NEXT_VERSION} WHERE "meetingId" = $2 AND "closedOn" IS NULL`,
        [successorId, id],
      );
      await manager.update(Meeting, { successorId: id }, { successorId });
      const hasEnded = endedOn !== null && endedOn <= by.today;
      await updateRow(manager, Meeting, id, { successorId, ...(!hasEnded && { endedOn: by.today }) });
      await this.actions.gather(manager, { meetingId: successorId }, by);
      if (hasEnded) continue;
      await this.audit.record(manager, by, 'meeting.changed', { type: 'meeting', id, areaId });
    }
  }

  /** What had no meeting until now belongs to the nearest one above its new place. */
  private async gather(manager: EntityManager, intoId: string, by: Caller): Promise<void> {
    const { meetingId } = (await this.sessions.areaWithMeeting(manager, intoId, by.today))!;
    if (meetingId !== null) await this.actions.gather(manager, { meetingId }, by);
  }

  /** The area itself, and its direct children today. */
  private async hangBelow(manager: EntityManager, area: Area, intoId: string, today: string): Promise<void> {
    await this.areas.hang(manager, area, intoId, today);
    const below = await rows<{ id: string }>(
      manager,
      `SELECT p."areaId" AS "id" FROM "area_parents" p WHERE p."parentId" = $1 AND ${inForce('p', '$2')}`,
      [area.id, today],
    );
    const children = await manager.findBy(Area, { id: In(below.map(({ id }) => id)), mergedIntoId: IsNull() });
    for (const child of children) await this.areas.hang(manager, child, intoId, today);
  }
}
