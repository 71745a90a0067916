import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { ACTION_PARTIES, ITEM_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { Attendances } from './attendance/attendances.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict, type FieldError } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { execute, Params, rows, type Source } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { NEXT_VERSION, updateRow } from '../platform/database/writes.js';
import { lockSession } from '../meetings/meetings.access.js';
import type { MinutesForm } from '../meetings/meeting.entity.js';
import { Session } from '../meetings/session.entity.js';
import { mustNotLieAhead } from '../meetings/sessions.rules.js';
import { SessionViews } from '../meetings/session-views.service.js';
import type { SessionView } from '../meetings/sessions.dto.js';
import {
  type ActionAtClosing,
  hasContent,
  hiddenGaps,
  type ItemAtClosing,
  missingAtClosing,
} from './sessions.rules.js';
import { HiddenGaps } from './hidden-gaps.service.js';
import { forgetCurrent } from './room-screen/forget-current.js';
import { quietly, SessionMoments } from './session-moments.service.js';

/** Closes a session that was held. */
@Injectable()
export class Closings {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly moments: SessionMoments,
    private readonly attendances: Attendances,
    private readonly hidden: HiddenGaps,
    private readonly views: SessionViews,
  ) {}

  /**
   * Closes an open session if nothing is missing; else 409 `CANNOT_CLOSE` listing each missing thing, nothing is saved.
   */
  close(id: string, version: number, by: Caller): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, id, by);
      mustMatch(session, version);
      if (session.state === 'closed') return this.views.one(manager, id, by);
      if (session.state !== 'open') throw conflict('SESSION_NOT_OPEN', 'Only an open session can be closed.');
      mustNotLieAhead(session, this.clock.today());
      const items = await this.items(manager, id, by);
      const actions = await this.actions(manager, id, by);
      const missing = missingAtClosing(items, actions, meeting.minutesForm);
      if (missing.length > 0) throw conflict('CANNOT_CLOSE', 'This session is not complete yet.', missing);
      const gaps = hiddenGaps(items, actions, meeting.minutesForm);
      await this.hidden.passOver(manager, meeting.areaId, gaps.items, quietly(by));
      await this.hidden.complete(manager, session, gaps.actions, quietly(by));
      await this.markDiscussed(manager, items);
      await forgetCurrent(manager, id);
      await this.attendances.fillIn(manager, session, meeting, by);
      const closedAt = this.clock.moment();
      await updateRow(manager, Session, id, { state: 'closed', closedAt });
      await this.moments.closed(manager, await manager.findOneByOrFail(Session, { id }), by);
      await this.audit.record(manager, by, 'session.closed', { type: 'session', id, areaId: meeting.areaId });
      return this.views.one(manager, id, by);
    });
  }

  /** What is missing to close an open session now, as far as the caller may know it. */
  async missing(id: string, form: MinutesForm, caller: Caller): Promise<FieldError[]> {
    const { reader } = this.database;
    const [items, actions] = await Promise.all([this.items(reader, id, caller), this.actions(reader, id, caller)]);
    return missingAtClosing(items, actions, form);
  }

  /**
   * A confidential action under an open topic is hidden from others: if it counted, the topic would look empty to them.
   */
  private items(source: Source, sessionId: string, by: Caller): Promise<ItemAtClosing[]> {
    const params = new Params();
    const session = params.add(sessionId);
    return rows<ItemAtClosing>(
      source,
      `SELECT i."id", i."number", i."kind", i."state", i."notes", i."decision",
         EXISTS (SELECT 1 FROM "actions" act WHERE act."sessionId" = i."sessionId" AND act."agendaItemId" = i."id" AND NOT act."isWithdrawn"
           AND (i."isConfidential" OR NOT act."isConfidential")) AS "hasAction",
         ${knownTo(by, 'i', ITEM_PARTIES, params)} AS "isKnown"
       FROM "agenda_items" i WHERE i."sessionId" = ${session} ORDER BY i."position", i."id"`,
      params.values,
      { hasAction: 'boolean', isKnown: 'boolean' },
    );
  }

  private actions(source: Source, sessionId: string, by: Caller): Promise<ActionAtClosing[]> {
    const params = new Params();
    const session = params.add(sessionId);
    const known = knownTo(by, 'a', ACTION_PARTIES, params);
    return rows<ActionAtClosing>(
      source,
      `SELECT a."id", a."number", a."ownerId", a."dueKind", a."dueOn",
         (a."isHandedBack" AND (s."reopeningReason" IS NOT NULL OR NOT ${known})) AS "isReturned", ${known} AS "isKnown"
       FROM "actions" a JOIN "sessions" s ON s."id" = a."sessionId" WHERE a."sessionId" = ${session} AND NOT a."isWithdrawn" ORDER BY a."recordedOn", a."id"`,
      params.values,
      { isReturned: 'boolean', isKnown: 'boolean' },
    );
  }

  private async markDiscussed(manager: EntityManager, items: readonly ItemAtClosing[]): Promise<void> {
    const treated = items.filter((item) => item.kind === 'topic' && item.state === 'accepted' && hasContent(item));
    for (const { id } of treated) {
      const sql = `UPDATE "agenda_items" SET "state" = 'discussed', ${NEXT_VERSION} WHERE "id" = $1`;
      await execute(manager, sql, [id]);
    }
  }
}
