import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { Action } from '../actions/action.entity.js';
import { type Asked, askedInSession } from '../actions/discussions/asked-discussions.js';
import { type LastTime, lastTimes } from '../actions/discussions/last-time.js';
import { stepsForSession } from '../actions/escalations/session-steps.js';
import { daysOverdue, statusOn } from '../actions/overdue.rules.js';
import { readableNotes, readableSessions } from '../meetings/meetings.access.js';
import type { Caller } from '../platform/access/caller.js';
import { ACTION_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { Clock } from '../platform/common/clock.js';
import { notFound } from '../platform/common/problems.js';
import { Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import type { DiscussedStep, DiscussionView } from './discussions.dto.js';
import { type Days, inOrderOfUrgency } from './discussions.rules.js';

type Found = Omit<DiscussionView, 'section' | 'daysOverdue' | 'escalations' | 'asked' | 'lastTime'> &
  Pick<Action, 'resumeOn' | 'closedOn'>;

const SHAPE = shapeOf(Action);
const COLUMNS = `d."id", d."sessionId", d."actionId", d."kind", d."outcome", d."note", a."number", a."title", a."status",
  a."resumeOn", a."ownerId", o."name" AS "ownerName", a."dueKind", a."dueOn", a."checkOn", a."closedOn",
  a."isHandedBack", a."isConfidential", d."version"`;
const FROM = `"discussions" d JOIN "actions" a ON a."id" = d."actionId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
  JOIN "sessions" s ON s."id" = d."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"`;

/** The discussions of a session as its readers see them. */
@Injectable()
export class DiscussionViews {
  constructor(private readonly clock: Clock) {}

  /** One discussion as returned by changes. */
  async one(manager: EntityManager, id: string, sessionId: string, by: Caller): Promise<DiscussionView> {
    return (await this.inOrder(manager, sessionId, by)).find((one) => one.id === id)!;
  }

  /** The actions reported done that the session accepted, as known to the caller. */
  async accepted(manager: EntityManager, sessionId: string, by: Caller): Promise<DiscussionView[]> {
    const all = await this.inOrder(manager, sessionId, by);
    return all.filter(({ section, outcome }) => section === 'reported_done' && outcome === 'accepted');
  }

  /** All of a session as the caller knows them, in order of urgency: read in parallel, so not for a transaction. */
  async inOrderAtOnce(source: DataSource, sessionId: string, caller: Caller): Promise<DiscussionView[]> {
    return ordered(
      ...(await Promise.all([
        this.found(source, sessionId, caller),
        this.days(source, sessionId),
        this.escalations(source, sessionId),
        lastTimes(source, sessionId, caller),
        askedInSession(source, sessionId, caller),
      ])),
    );
  }

  /** The same in a transaction. */
  async inOrder(source: Source, sessionId: string, caller: Caller): Promise<DiscussionView[]> {
    const found = await this.found(source, sessionId, caller);
    if (found.length === 0) return [];
    const days = await this.days(source, sessionId);
    const escalations = await this.escalations(source, sessionId);
    const last = await lastTimes(source, sessionId, caller);
    return ordered(found, days, escalations, last, await askedInSession(source, sessionId, caller));
  }

  /** The row of one discussion; 404 if hidden from the caller. */
  async known(source: Source, id: string, caller: Caller): Promise<Found> {
    const params = new Params();
    const found = await row<Found>(
      source,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE d."id" = ${params.add(id)} AND NOT a."isWithdrawn"
         AND ${readableSessions(caller, params)} AND ${knownTo(caller, 'a', ACTION_PARTIES, params)}`,
      params.values,
      SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  private found(source: Source, sessionId: string, caller: Caller): Promise<Found[]> {
    const params = new Params();
    return rows<Found>(
      source,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE d."sessionId" = ${params.add(sessionId)} AND NOT a."isWithdrawn"
         AND ${knownTo(caller, 'a', ACTION_PARTIES, params)} AND ${readableNotes(caller, params)}`,
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
