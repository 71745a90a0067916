import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Meeting, MinutesForm } from '../meetings/meeting.entity.js';
import type { Session } from '../meetings/session.entity.js';
import type { Caller } from '../platform/access/caller.js';
import { ACTION_PARTIES, ITEM_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { conflict, type FieldError } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { execute, Params, rows, type Source } from '../platform/database/rows.js';
import { NEXT_VERSION } from '../platform/database/writes.js';
import { HiddenGaps } from './hidden-gaps.service.js';
import { quietly } from './session-moments.service.js';
import {
  type ActionAtClosing,
  hasContent,
  hiddenGaps,
  type ItemAtClosing,
  missingAtClosing,
} from './sessions.rules.js';

/** Whether a session can be closed: what is missing from its items and actions. */
@Injectable()
export class Completeness {
  constructor(
    private readonly database: Database,
    private readonly hidden: HiddenGaps,
  ) {}

  /**
   * Throws 409 `CANNOT_CLOSE`, which lists everything missing that `by` may know. Otherwise completes what is hidden
   * from them and marks the topics with content as discussed.
   */
  async settle(
    manager: EntityManager,
    { id, heldOn, meetingId }: Session,
    meeting: Meeting,
    by: Caller,
  ): Promise<void> {
    const items = await this.items(manager, id, by);
    const actions = await this.actions(manager, id, by);
    const missing = missingAtClosing(items, actions, meeting.minutesForm);
    if (missing.length > 0) throw conflict('CANNOT_CLOSE', 'This session is not complete yet.', missing);
    const gaps = hiddenGaps(items, actions, meeting.minutesForm);
    await this.hidden.passOver(manager, meeting.areaId, gaps.items, quietly(by));
    await this.hidden.complete(manager, { id, heldOn, meetingId }, gaps.actions, quietly(by));
    await this.markDiscussed(manager, items);
  }

  /** Reads what tells what is missing to close an open session now, by the form of its minutes, as far as the caller may know. */
  async read(id: string, caller: Caller): Promise<(form: MinutesForm) => FieldError[]> {
    const { reader } = this.database;
    const [items, actions] = await Promise.all([this.items(reader, id, caller), this.actions(reader, id, caller)]);
    return (form) => missingAtClosing(items, actions, form);
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
