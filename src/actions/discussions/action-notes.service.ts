import { Injectable } from '@nestjs/common';
import { readableNotes, readableSessions } from '../../meetings/meetings.access.js';
import type { Caller } from '../../platform/access/caller.js';
import type { Page, PagingDto } from '../../platform/common/paging.js';
import { forbidden } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { pageOf, Params } from '../../platform/database/rows.js';
import { ActionReading } from '../action-reading.service.js';
import type { DiscussionOutcome } from './discussion.entity.js';

/** A session's note about an action; its minutes have the same words. */
export interface ActionNoteView {
  /** The discussion of the action in that session. */
  id: string;
  actionId: string;
  sessionId: string;
  heldOn: string;
  meetingName: string;
  outcome: DiscussionOutcome | null;
  note: string;
}

/** The notes of sessions as a part of the history of an action: read from the discussions, never copied. */
@Injectable()
export class ActionNotes {
  constructor(
    private readonly database: Database,
    private readonly reading: ActionReading,
  ) {}

  /**
   * The notes in order of session: those of a session that the caller writes in at once, the others when its minutes
   * were sent. 404 if the action is hidden from the caller, 403 if they may read its public text only.
   */
  async list(actionId: string, query: PagingDto, caller: Caller): Promise<Page<ActionNoteView>> {
    const action = await this.reading.read(actionId, caller);
    if (!('allowed' in action)) throw forbidden();
    return this.of(actionId, query, caller);
  }

  /** The same for an action that the caller is known to be allowed to read in full. */
  of(actionId: string, query: PagingDto, caller: Caller): Promise<Page<ActionNoteView>> {
    const params = new Params();
    const where = `d."actionId" = ${params.add(actionId)} AND d."note" IS NOT NULL
      AND ${readableSessions(caller, params)} AND ${readableNotes(caller, params)}`;
    return pageOf<ActionNoteView>(
      this.database.reader,
      {
        select: 'd."id", d."actionId", d."sessionId", s."heldOn", m."name" AS "meetingName", d."outcome", d."note"',
        from: `"discussions" d JOIN "sessions" s ON s."id" = d."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"`,
        where,
        orderBy: 's."heldOn", s."id"',
        params,
      },
      query,
    );
  }
}
