import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import type { Page } from '../platform/common/paging.js';
import { Database } from '../platform/database/database.js';
import { ActionLists } from './action-lists.service.js';
import { ActionReading } from './action-reading.service.js';
import { ActionRecording } from './action-recording.service.js';
import type { SessionOrId } from '../meetings/meetings.access.js';
import { ActionSessions } from './action-sessions.service.js';
import { ActionUpdates } from './action-updates.service.js';
import type { CreateUpdateDto } from './history/action-updates.dto.js';
import type { EnteredUpdateView } from './history/action-updates.views.js';
import type { ActionListDto, ChangeActionDto, CreateActionDto, CreateSessionActionDto } from './actions.dto.js';
import type { TableLine } from './tables/action-table.rules.js';
import type { ActionLine, ActionView, PublicActionLine } from './actions.views.js';
import { untoldAmong } from './recipients/untold-actions.js';
import { ActionEdits } from './changes/action-edits.service.js';

/** Operations on actions. */
@Injectable()
export class Actions {
  constructor(
    private readonly database: Database,
    private readonly sessions: ActionSessions,
    private readonly lists: ActionLists,
    private readonly reading: ActionReading,
    private readonly recording: ActionRecording,
    private readonly updates: ActionUpdates,
    private readonly edits: ActionEdits,
  ) {}

  /** Whether its owner has not been notified of it yet, because it was imported from an old list. */
  async isUntold(id: string): Promise<boolean> {
    return (await untoldAmong(this.database.reader, [id])).size > 0;
  }

  /** A page of the actions the caller may read, in full or as published. Empty for an unknown area; 400 for an unknown sort. */
  list(query: ActionListDto, caller: Caller): Promise<Page<ActionLine | PublicActionLine>> {
    return this.lists.list(query, caller);
  }

  /** The same list with its items as JSON text; undefined where `list` has to be used instead. */
  texts(query: ActionListDto, caller: Caller): Promise<Page<string> | undefined> {
    return this.lists.texts(query, caller);
  }

  /** A whole list, for a table. */
  table(query: ActionListDto, caller: Caller): Promise<TableLine[]> {
    return this.lists.table(query, caller);
  }

  /** The actions with these numbers that the caller may read in full. */
  numbered(numbers: readonly string[], caller: Caller): Promise<ActionLine[]> {
    return this.lists.numbered(numbers, caller);
  }

  /** The same, with what they serve. */
  async numberedForTable(numbers: readonly string[], caller: Caller) {
    return this.lists.forTable(await this.lists.numbered(numbers, caller), caller);
  }

  /** The actions recorded in a session, including incomplete ones; in the order of recording. */
  async listOfSession(ref: SessionOrId, query: ActionListDto, caller: Caller) {
    const { id } = typeof ref === 'string' ? await this.sessions.find(this.database.reader, ref, caller) : ref;
    return this.lists.list({ ...query, session: id }, caller, true);
  }

  /** One action, in full or as published; 404 if the caller may not know it. */
  read(id: string, caller: Caller): Promise<ActionView | PublicActionLine> {
    return this.reading.read(id, caller);
  }

  /** Records an action between sessions and notifies its owner the same day; owner and deadline are required. */
  record(input: CreateActionDto, by: Caller): Promise<ActionView> {
    return this.recording.record(input, by);
  }

  /** Records an action in an open session, on the day of the session. */
  recordInSession(sessionId: string, input: CreateSessionActionDto, by: Caller): Promise<ActionView> {
    return this.recording.recordInSession(sessionId, input, by);
  }

  /** The same inside the caller's transaction. */
  recordAtTable(
    manager: EntityManager,
    sessionId: string,
    input: CreateSessionActionDto,
    by: Caller,
  ): Promise<ActionView> {
    return this.recording.recordAtTable(manager, sessionId, input, by);
  }

  /** Enters an update: a status, deadline, owner, handing back or comment. */
  update(id: string, input: CreateUpdateDto, by: Caller): Promise<EnteredUpdateView> {
    return this.updates.enter(id, input, by);
  }

  /** The same inside the caller's transaction. */
  updateWithin(manager: EntityManager, id: string, input: CreateUpdateDto, by: Caller): Promise<EnteredUpdateView> {
    return this.updates.enterWithin(manager, id, input, by);
  }

  /** Edits fields other than status, deadline and owner. */
  change(id: string, input: ChangeActionDto, version: number, by: Caller): Promise<ActionView> {
    return this.edits.change(id, input, version, by);
  }

  /** The same inside the caller's transaction. */
  changeWithin(
    manager: EntityManager,
    id: string,
    input: ChangeActionDto,
    version: number,
    by: Caller,
  ): Promise<ActionView> {
    return this.edits.changeWithin(manager, id, input, version, by);
  }

  /** Withdraws an action recorded by mistake, while its session is open; the number is not reused. */
  withdraw(id: string, reason: string, version: number, by: Caller): Promise<ActionView> {
    return this.edits.withdraw(id, reason, version, by);
  }
}
