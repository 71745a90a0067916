import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { forgetTreatments } from '../actions/discussions/treatments.js';
import type { Caller } from '../platform/access/caller.js';
import { ACTION_PARTIES, ITEM_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict, notFound } from '../platform/common/problems.js';
import { RowHistory } from '../platform/database/row-history.js';
import { execute, Params, row, type Source } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { lockSession } from '../meetings/meetings.access.js';
import { Session } from '../meetings/session.entity.js';
import { SessionViews } from '../meetings/session-views.service.js';
import type { SessionView } from '../meetings/sessions.dto.js';
import { forgetCurrent } from './current-item/forget-current.js';
import { hasOutcomeSql } from '../meetings/agenda/item-states.rules.js';

/**
 * SQL for whether anything was written in session `s` since it was opened, or whether it was closed before; limited to
 * actions `a` that satisfy `ofAction` and agenda items `i` that satisfy `ofItem`.
 */
const isWritten = (ofAction: string, ofItem: string): string => `(s."reopeningReason" IS NOT NULL
    OR EXISTS (SELECT 1 FROM "actions" a WHERE a."sessionId" = s."id" AND NOT a."isWithdrawn" AND ${ofAction})
    OR EXISTS (SELECT 1 FROM "action_updates" u JOIN "actions" a ON a."id" = u."actionId"
      WHERE u."sessionId" = s."id" AND NOT a."isWithdrawn" AND ${ofAction})
    OR EXISTS (SELECT 1 FROM "discussions" d JOIN "actions" a ON a."id" = d."actionId"
      WHERE d."sessionId" = s."id" AND (d."outcome" IS NOT NULL OR d."note" IS NOT NULL) AND ${ofAction})
    OR EXISTS (SELECT 1 FROM "agenda_items" i WHERE i."sessionId" = s."id" AND (i."notes" IS NOT NULL
      OR i."decision" IS NOT NULL OR ${hasOutcomeSql('i')}) AND ${ofItem})
    OR EXISTS (SELECT 1 FROM "minutes" m WHERE m."adoptedInId" = s."id"))`;

/** SQL for attendance that only somebody at the table records: a reply to an invitation cannot. */
const AT_TABLE = `("status" = 'absent' OR ("guestName" IS NOT NULL AND "replacesId" IS NULL))`;
/** SQL for whether such attendance was recorded in session `s`. */
const IS_SEATED = `EXISTS (SELECT 1 FROM "attendances" WHERE "sessionId" = s."id" AND ${AT_TABLE})`;

interface Recorded {
  /** The session then keeps its day. */
  isWritten: boolean;
  /** Attendance that is not a reply to an invitation. */
  isSeated: boolean;
}

/** Undoes the accidental opening of a session. */
@Injectable()
export class OpeningUndo {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly views: SessionViews,
    private readonly former: RowHistory,
  ) {}

  /**
   * Makes an open session planned again; the actions that its opening took over wait for the next opening. 409 once anything was
   * recorded that the caller may know of: what is hidden from the caller must not affect the response, so it stays in
   * the session instead. A chair of the area (else 403) can discard the attendance recorded at the table with it.
   */
  undo(id: string, version: number, discardsAttendance: boolean, by: Caller): Promise<SessionView> {
    return this.transactions.run(async (manager) => {
      const permission = discardsAttendance ? 'sessions.plan' : 'sessions.write';
      const { session, meeting } = await lockSession(manager, id, by, permission);
      mustMatch(session, version);
      if (session.state !== 'open')
        throw conflict('SESSION_NOT_OPEN', 'Only the opening of an open session can be undone.');
      if (discardsAttendance)
        await execute(manager, `DELETE FROM "attendances" WHERE "sessionId" = $1 AND ${AT_TABLE}`, [id]);
      else if ((await this.recordedIn(manager, id, by)).isSeated) throw begun();
      await this.takeBack(manager, id, by);
      await this.audit.record(manager, by, 'session.opening_undone', { type: 'session', id, areaId: meeting.areaId });
      return this.views.one(manager, id, by);
    });
  }

  /** Makes a locked open session planned again, in the transaction of a change. 409 once anything was written in it. */
  async takeBack(manager: EntityManager, id: string, by: Caller): Promise<void> {
    if ((await this.recordedIn(manager, id, by)).isWritten) throw begun();
    await this.giveBack(manager, id);
    const planned = { state: 'planned', openedAt: null } as const;
    await this.former.keep(manager, 'sessions', id, planned);
    await updateRow(manager, Session, id, planned);
  }

  /** What was recorded in a session so far, as far as the caller may know: what its page can show them. */
  async recordedIn(source: Source, sessionId: string, caller: Caller): Promise<Recorded> {
    const params = new Params();
    const written = isWritten(knownTo(caller, 'a', ACTION_PARTIES, params), knownTo(caller, 'i', ITEM_PARTIES, params));
    const found = await row<Recorded>(
      source,
      `SELECT ${written} AS "isWritten", ${IS_SEATED} AS "isSeated" FROM "sessions" s WHERE s."id" = ${params.add(sessionId)}`,
      params.values,
      { isWritten: 'boolean', isSeated: 'boolean' },
    );
    if (!found) throw notFound();
    return found;
  }

  private async giveBack(manager: EntityManager, sessionId: string): Promise<void> {
    await forgetTreatments(manager, sessionId);
    await forgetCurrent(manager, sessionId);
    const unsaid = '"outcome" IS NULL AND "note" IS NULL';
    await execute(manager, `DELETE FROM "discussions" WHERE "sessionId" = $1 AND ${unsaid}`, [sessionId]);
  }
}

const begun = () => conflict('SESSION_BEGUN', 'The opening of this session can no longer be undone. Close it instead.');
