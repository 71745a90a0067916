import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Action } from '../actions/action.entity.js';
import type { CreateUpdateDto } from '../actions/action-updates.dto.js';
import { ActionUpdates } from '../actions/action-updates.service.js';
import { daysOverdue, statusOn } from '../actions/overdue.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { ACTION_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { RowHistory } from '../platform/database/row-history.js';
import { Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { amendTreatment, noteTreatment, noteTreatments } from '../actions/discussions/treatments.js';
import { type Asked, askedInSession } from '../actions/discussions/asked-discussions.js';
import { type LastTime, lastTimes } from '../actions/discussions/last-time.js';
import { stepsForSession } from '../actions/escalations/session-steps.js';
import {
  lockSession,
  readableNotes,
  readableSession,
  readableSessions,
  type SessionOrId,
} from '../meetings/meetings.access.js';
import type { Session } from '../meetings/session.entity.js';
import { hasBeenClosed } from '../meetings/sessions.rules.js';
import { Discussion } from '../actions/discussions/discussion.entity.js';
import type { ChangeDiscussionDto, DiscussedStep, DiscussionListDto, DiscussionView } from './discussions.dto.js';
import { type Days, inOrderOfUrgency } from './discussions.rules.js';

type Found = Omit<DiscussionView, 'section' | 'daysOverdue' | 'escalations' | 'asked' | 'lastTime'> &
  Pick<Action, 'resumeOn' | 'closedOn'>;

const SHAPE = shapeOf(Action);
const COLUMNS = `d."id", d."sessionId", d."actionId", d."kind", d."outcome", d."note", a."number", a."title", a."status",
  a."resumeOn", a."ownerId", o."name" AS "ownerName", a."dueKind", a."dueOn", a."checkOn", a."closedOn",
  a."isHandedBack", a."isConfidential", d."version"`;
const FROM = `"discussions" d JOIN "actions" a ON a."id" = d."actionId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
  JOIN "sessions" s ON s."id" = d."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"`;

/** The discussion of the actions that a session took over. */
@Injectable()
export class Discussions {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly updates: ActionUpdates,
    private readonly clock: Clock,
    private readonly former: RowHistory,
  ) {}

  /**
   * In order of discussion: urgent actions, the rest, those reported done. Empty until the minutes are sent for those who
   * do not write in the session.
   */
  async list(ref: SessionOrId, query: DiscussionListDto, caller: Caller) {
    const source = this.database.reader;
    const { id: sessionId, areaId } = await readableSession(source, ref, caller);
    const { page, pageSize, section } = query;
    // In parallel, which is not possible in a transaction.
    const whole = ordered(
      ...(await Promise.all([
        this.found(source, sessionId, caller),
        this.days(source, sessionId),
        this.escalations(source, sessionId),
        lastTimes(source, sessionId, caller),
        askedInSession(source, sessionId, caller),
      ])),
    );
    const all = section ? whole.filter((one) => one.section === section) : whole;
    const items = all.slice((page - 1) * pageSize, page * pageSize);
    if (items.some(({ isConfidential }) => isConfidential)) {
      await this.transactions.run((manager) =>
        this.audit.record(manager, caller, 'discussions.read', {
          type: 'session',
          id: sessionId,
          areaId,
          isConfidential: true,
        }),
      );
    }
    return { items, total: all.length, page, pageSize };
  }

  /** Records how an action was discussed; only while the session is open. */
  change(id: string, input: ChangeDiscussionDto, version: number, by: Caller): Promise<DiscussionView> {
    return this.transactions.run(async (manager) => {
      const { before, after } = await this.changeWithin(manager, id, input, version, by);
      if (after.outcome !== before.outcome) await noteTreatment(manager, id, before, this.clock.moment());
      return after;
    });
  }

  /** Records the discussion and updates the action in one transaction; the note serves as the reason of the update. */
  treat(
    id: string,
    input: ChangeDiscussionDto,
    update: Omit<CreateUpdateDto, 'sessionId'>,
    version: number,
    by: Caller,
  ): Promise<DiscussionView> {
    return this.transactions.run(async (manager) => {
      const { before, after } = await this.changeWithin(manager, id, input, version, by);
      const { sessionId, actionId } = after;
      await this.updates.enterWithin(manager, actionId, { ...update, sessionId }, by);
      await amendTreatment(manager, id, before);
      return this.view(manager, id, sessionId, by);
    });
  }

  /** Accepts every action reported done that has no outcome yet. Returns how many; 0 when repeated. */
  acceptReported(sessionId: string, by: Caller, version?: number): Promise<number> {
    return this.transactions.run(async (manager) => {
      const { session, meeting } = await lockSession(manager, sessionId, by);
      if (version !== undefined) mustMatch(session, version);
      if (session.state !== 'open')
        throw conflict('SESSION_NOT_OPEN', 'Actions can only be discussed in an open session.');
      const waiting = (await this.inOrder(manager, sessionId, by)).filter(
        ({ section, outcome }) => section === 'reported_done' && outcome === null,
      );
      for (const one of waiting) await this.write(manager, session, one.id, { outcome: 'accepted' });
      const presses = waiting.map((one) => ({ discussionId: one.id, before: one, updateId: null }));
      await noteTreatments(manager, presses, this.clock.moment());
      if (waiting.length === 0) return 0;
      const isConfidential = waiting.some((one) => one.isConfidential);
      const subject = { type: 'session', id: sessionId, areaId: meeting.areaId, isConfidential };
      await this.audit.record(manager, by, 'discussions.accepted', subject);
      return waiting.length;
    });
  }

  /** The actions reported done that the session accepted, as known to the caller. */
  async accepted(manager: EntityManager, sessionId: string, by: Caller): Promise<DiscussionView[]> {
    const all = await this.inOrder(manager, sessionId, by);
    return all.filter(({ section, outcome }) => section === 'reported_done' && outcome === 'accepted');
  }

  private async changeWithin(
    manager: EntityManager,
    id: string,
    input: ChangeDiscussionDto,
    version: number,
    by: Caller,
  ): Promise<{ before: Discussion; after: DiscussionView }> {
    const { session, discussion, subject } = await this.hold(manager, id, by);
    mustMatch(discussion, version);
    await this.write(manager, session, id, input);
    await this.audit.record(manager, by, 'discussion.changed', subject);
    return { before: discussion, after: await this.view(manager, id, session.id, by) };
  }

  /** One discussion as returned by changes. */
  async view(manager: EntityManager, id: string, sessionId: string, by: Caller): Promise<DiscussionView> {
    return (await this.inOrder(manager, sessionId, by)).find((one) => one.id === id)!;
  }

  /**
   * Locks the open session of a discussion; 404 if hidden from the caller, 403 if they may not change it, 409 if not
   * open.
   */
  async hold(manager: EntityManager, id: string, by: Caller) {
    const { sessionId, actionId, isConfidential } = await this.known(manager, id, by);
    const { session, meeting } = await lockSession(manager, sessionId, by);
    if (session.state !== 'open')
      throw conflict('SESSION_NOT_OPEN', 'Actions can only be discussed in an open session.');
    const subject = { type: 'action', id: actionId, areaId: meeting.areaId, isConfidential };
    return { session, discussion: await manager.findOneByOrFail(Discussion, { id }), subject };
  }

  /** Writes a discussion; if the session was closed before, the former state is kept for reviews. */
  async write(manager: EntityManager, session: Session, id: string, change: ChangeDiscussionDto): Promise<void> {
    if (hasBeenClosed(session)) await this.former.keep(manager, 'discussions', id, change);
    await updateRow(manager, Discussion, id, change);
  }

  private async inOrder(source: Source, sessionId: string, caller: Caller): Promise<DiscussionView[]> {
    const found = await this.found(source, sessionId, caller);
    if (found.length === 0) return [];
    const days = await this.days(source, sessionId);
    const escalations = await this.escalations(source, sessionId);
    const last = await lastTimes(source, sessionId, caller);
    return ordered(found, days, escalations, last, await askedInSession(source, sessionId, caller));
  }

  private found(source: Source, sessionId: string, caller: Caller): Promise<Found[]> {
    const params = new Params();
    return rows<Found>(
      source,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE d."sessionId" = ${params.add(sessionId)} AND NOT a."isWithdrawn"
         AND ${knownTo(caller, 'a', ACTION_PARTIES, params)} AND ${readableNotes(caller, 's', 'm', params)}`,
      params.values,
      SHAPE,
    );
  }

  /** Escalation steps by action; hidden actions have none, since nobody is asked about confidential actions. */
  private async escalations(source: Source, sessionId: string): Promise<Map<string, DiscussedStep[]>> {
    const found = new Map<string, DiscussedStep[]>();
    for (const { actionId, ...step } of await stepsForSession(source, sessionId)) {
      found.set(actionId, [...(found.get(actionId) ?? []), step]);
    }
    return found;
  }

  private async days(source: Source, sessionId: string): Promise<Days> {
    const days = (await row<Omit<Days, 'today'>>(
      source,
      `SELECT s."heldOn", (SELECT min(n."heldOn") FROM "sessions" n WHERE n."meetingId" = s."meetingId"
         AND n."state" = 'planned' AND n."heldOn" > s."heldOn") AS "nextOn"
       FROM "sessions" s WHERE s."id" = $1`,
      [sessionId],
    ))!;
    return { today: this.clock.today(), ...days };
  }

  private async known(source: Source, id: string, caller: Caller): Promise<Found> {
    const params = new Params();
    const found = await row<Found>(
      source,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE d."id" = ${params.add(id)} AND NOT a."isWithdrawn"
         AND ${readableSessions(caller, 's', 'm', params)} AND ${knownTo(caller, 'a', ACTION_PARTIES, params)}`,
      params.values,
      SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }
}

/** The discussions as shown, in order of urgency. */
function ordered(
  found: readonly Found[],
  days: Days,
  escalations: ReadonlyMap<string, DiscussedStep[]>,
  last: ReadonlyMap<string, LastTime>,
  asked: Asked,
): DiscussionView[] {
  // Mutates the rows, which were read for this: copying their many fields costs more than everything else here.
  const told = found.map((one) =>
    Object.assign(one, {
      escalations: escalations.get(one.actionId) ?? [],
      asked: asked.get(one.actionId) ?? null,
      lastTime: last.get(one.actionId) ?? null,
    }),
  );
  return inOrderOfUrgency(told, days).map(({ resumeOn, closedOn: _, version, ...one }) => {
    const { status, dueOn } = one;
    return Object.assign(one, {
      status: statusOn({ status, resumeOn }, days.today),
      daysOverdue: daysOverdue({ status, resumeOn, dueOn }, days.today),
      version,
    });
  });
}
