import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ActionChanges } from '../../actions/changes/action-changes.service.js';
import { auditEntriesOf } from '../../actions/changes/change-audit.rules.js';
import { Meeting } from '../../meetings/meeting.entity.js';
import { mustBePermitted } from '../../meetings/meetings.access.js';
import type { MeetingView } from '../../meetings/meetings.dto.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, type FieldError, invalid } from '../../platform/common/problems.js';
import { chunks, Params, row, rows } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { MeetingActions } from './meeting-actions.service.js';
import type { EndedActionDto, EndMeetingDto } from './meeting-endings.dto.js';

/** Ends a series: each of its open actions moves to another meeting, continues without one, or is cancelled. */
@Injectable()
export class MeetingEndings {
  constructor(
    private readonly meetings: Meetings,
    private readonly transactions: Transactions,
    private readonly changes: ActionChanges,
    private readonly moves: MeetingActions,
    private readonly audit: Audit,
  ) {}

  /**
   * All or nothing. 400 for an action that is not an open one of this meeting, or a meeting the caller may not write
   * in; 409 `SESSIONS_AHEAD` while a session is open, or planned after the last day.
   */
  end(id: string, input: EndMeetingDto, version: number, by: Caller): Promise<MeetingView> {
    return this.transactions.run(async (manager) => {
      const meeting = await lockOne(manager, Meeting, id);
      mustBePermitted(by, 'meetings.write', meeting);
      mustMatch(meeting, version);
      await mustBeOver(manager, id, input.endedOn);
      const { actions = [], restToId, endedOn, allowsWrittenAdoption = meeting.allowsWrittenAdoption } = input;
      await this.mustBeTakers(manager, meeting, input, by);
      await this.mustBeItsOwn(manager, id, actions, by);
      await this.cancel(manager, meeting, actions, by);
      await this.move(manager, meeting, input, by);
      await updateRow(manager, Meeting, id, { endedOn, allowsWrittenAdoption });
      for (const takerId of takersIn(actions, restToId)) await this.moves.gather(manager, { meetingId: takerId }, by);
      await this.audit.record(manager, by, 'meeting.ended', { type: 'meeting', id, areaId: meeting.areaId });
      return this.meetings.read(id, by, manager);
    });
  }

  /**
   * The same for a series that got a last day as one of its fields, in the caller's transaction: 409 `ACTIONS_UNDECIDED`
   * while it has open actions the caller may know. Others continue without a meeting, so that nothing shows they exist.
   */
  async endUndecided(manager: EntityManager, id: string, endedOn: string, by: Caller): Promise<void> {
    const { name } = await manager.findOneByOrFail(Meeting, { id });
    await mustBeOver(manager, id, endedOn);
    const params = new Params();
    const known = knownTo(by, 'a', ACTION_PARTIES, params);
    const sql = `SELECT a."id", ${known} AS "isKnown" FROM "actions" a
      WHERE a."meetingId" = ${params.add(id)} AND a."closedOn" IS NULL AND NOT a."isWithdrawn" ORDER BY a."id"`;
    const shape = { isKnown: 'boolean' } as const;
    const open = await rows<{ id: string; isKnown: boolean }>(manager, sql, params.values, shape);
    if (open.some(({ isKnown }) => isKnown))
      throw conflict('ACTIONS_UNDECIDED', 'This meeting has open actions. End it with PUT /v1/meetings/{id}/ending.');
    const hidden = open.map((action) => action.id);
    await this.moves.move(manager, hidden, { meetingId: null, comment: withoutMeeting(name) }, by);
  }

  private async mustBeTakers(manager: EntityManager, meeting: Meeting, input: EndMeetingDto, by: Caller) {
    const { actions = [], restToId, endedOn } = input;
    const found = await manager.findBy(Meeting, { id: In(takersIn(actions, restToId)) });
    const isTaker = (id: string | null | undefined) =>
      found.some(
        (one) =>
          one.id === id &&
          one.id !== meeting.id &&
          (one.endedOn === null || one.endedOn > endedOn) &&
          isPermittedIn(by, 'meetings.write', one.areaId),
      );
    const errors: FieldError[] = actions.flatMap(({ fate, meetingId }, n) =>
      fate === 'meeting' && !isTaker(meetingId)
        ? [{ field: `actions.${n}.meetingId`, message: 'meetingId is not another of your meetings that continues' }]
        : [],
    );
    if (restToId !== null && !isTaker(restToId))
      errors.push({ field: 'restToId', message: 'restToId is not another of your meetings that continues' });
    if (errors.length > 0) throw invalid(errors);
  }

  private async mustBeItsOwn(manager: EntityManager, id: string, actions: readonly EndedActionDto[], by: Caller) {
    const known = new Set<string>();
    for (const some of chunks(actions)) {
      const params = new Params();
      const sql = `SELECT a."id" FROM "actions" a WHERE a."id" IN (${params.list(some.map(({ actionId }) => actionId))})
        AND a."meetingId" = ${params.add(id)} AND a."closedOn" IS NULL AND ${knownTo(by, 'a', ACTION_PARTIES, params)}`;
      for (const one of await rows<{ id: string }>(manager, sql, params.values)) known.add(one.id);
    }
    const errors = actions.flatMap(({ actionId }, n) =>
      known.has(actionId)
        ? []
        : [{ field: `actions.${n}.actionId`, message: 'actionId is not an open action of this meeting' }],
    );
    if (errors.length > 0) throw invalid(errors);
  }

  private async cancel(manager: EntityManager, { name }: Meeting, actions: readonly EndedActionDto[], by: Caller) {
    const update = { status: 'cancelled', reason: `Het overleg ${name} is gestopt.` } as const;
    for (const { actionId } of actions.filter(({ fate }) => fate === 'cancelled')) {
      const change = await this.changes.enter(manager, { by, action: { id: actionId }, update });
      await this.audit.recordAll(manager, by, auditEntriesOf(change));
    }
  }

  private async move(manager: EntityManager, { id, name }: Meeting, input: EndMeetingDto, by: Caller): Promise<void> {
    const { actions = [], restToId } = input;
    const chosen = new Map(actions.map(({ actionId, meetingId }) => [actionId, meetingId ?? null]));
    const sql = 'SELECT "id" FROM "actions" WHERE "meetingId" = $1 AND "closedOn" IS NULL ORDER BY "id"';
    const open = await rows<{ id: string }>(manager, sql, [id]);
    const takers = await manager.findBy(Meeting, { id: In(takersIn(actions, restToId)) });
    const takerOf = (actionId: string) => (chosen.has(actionId) ? chosen.get(actionId)! : restToId);
    for (const takerId of new Set(open.map((action) => takerOf(action.id)))) {
      const theirs = open.filter((action) => takerOf(action.id) === takerId).map((action) => action.id);
      const taker = takers.find((one) => one.id === takerId);
      const comment = taker ? `${name} is gestopt. Komt voortaan aan de orde in ${taker.name}.` : withoutMeeting(name);
      await this.moves.move(manager, theirs, { meetingId: takerId, comment }, by);
    }
  }
}

const withoutMeeting = (name: string): string => `${name} is gestopt. Gaat verder zonder overleg.`;

const takersIn = (actions: readonly EndedActionDto[], restToId: string | null): string[] => [
  ...new Set([...actions.map(({ meetingId }) => meetingId ?? null), restToId].filter((id) => id !== null)),
];

async function mustBeOver(manager: EntityManager, id: string, endedOn: string): Promise<void> {
  const sql = `SELECT 1 AS "one" FROM "sessions" s WHERE s."meetingId" = $1
    AND (s."state" = 'open' OR (s."state" = 'planned' AND s."heldOn" > $2)) LIMIT 1`;
  if (await row(manager, sql, [id, endedOn]))
    throw conflict('SESSIONS_AHEAD', 'A session of this meeting is open, or planned after its last day.');
}
