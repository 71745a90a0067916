import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ActionHistory, type LockedAction } from '../../actions/history/action-history.service.js';
import { lastRowOf } from '../../actions/history/action-state.js';
import { ActionChanges } from '../../actions/changes/action-changes.service.js';
import { auditEntriesOf } from '../../actions/changes/change-audit.rules.js';
import { plannedChange } from '../../actions/changes/planned-changes.rules.js';
import { laterViolations } from '../../actions/deadlines.rules.js';
import { askedBy, presentDay } from '../../actions/history/history.rules.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Grants } from '../../directory/people/grants.service.js';
import { Person } from '../../directory/people/person.entity.js';
import { Invitation } from '../../meetings/invitation.entity.js';
import { Session } from '../../meetings/session.entity.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, invalid } from '../../platform/common/problems.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { chunks, inForce, notEnded, Params, rows } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { cutOn } from '../mergers/mergers.rules.js';
import type { ChairChangeView, ChangeChairDto } from './chair-changes.dto.js';

const REASON = 'Andere voorzitter';
const UNDATED = { dueOn: null, status: 'open' } as const;

type Held = Pick<Invitation, 'id' | 'meetingId' | 'organisationId' | 'fromOn' | 'untilOn'> & { areaId: string };

/**
 * Replaces the chair of an area from a day on: the role, the meetings, the planned sessions and the chair's own
 * actions.
 */
@Injectable()
export class ChairChanges {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly areas: Areas,
    private readonly grants: Grants,
    private readonly former: RowHistory,
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
  ) {}

  /**
   * All or nothing. The role, the seats and the sessions change on that day; the actions immediately. 400 if either is
   * not an active person, if both are the same, or if the later deadline has passed; 409 `NO_CHAIR_HERE` if the
   * outgoing person does not chair exactly this area.
   */
  change(input: ChangeChairDto, by: Caller): Promise<ChairChangeView> {
    return this.transactions.run(async (manager) => {
      await mustDiffer(manager, input);
      const passed = laterViolations(input, UNDATED, by.today);
      if (passed.length > 0) throw invalid(passed);
      const areaIds = await this.areas.idsBelow(input.areaId, by.today);
      await this.moveGrant(manager, input, by);
      const meetings = await this.moveSeats(manager, input, areaIds, by);
      const sessions = await this.moveSessions(manager, input, areaIds, by);
      const moved = await this.moveActions(manager, input, areaIds, by);
      return { areaId: input.areaId, fromOn: input.fromOn, meetings, sessions, ...moved };
    }, by.once);
  }

  private async moveGrant(manager: EntityManager, input: ChangeChairDto, by: Caller): Promise<void> {
    const { areaId, fromPersonId, toPersonId, fromOn } = input;
    const chairing = (personId: string) =>
      rows<{ id: string; fromOn: string; untilOn: string | null; version: number }>(
        manager,
        `SELECT g."id", g."fromOn", g."untilOn", g."version" FROM "grants" g WHERE g."personId" = $1 AND g."areaId" = $2
           AND g."role" = 'chair' AND ${notEnded('g', '$3')} ORDER BY g."fromOn", g."id"`,
        [personId, areaId, fromOn],
      );
    const held = await chairing(fromPersonId);
    if (held.length === 0) throw conflict('NO_CHAIR_HERE', 'This person is not a chair of this area on that day.');
    for (const grant of held) {
      const untilOn = cutOn(grant, fromOn).before.untilOn!;
      await this.grants.alter(manager, grant.id, { untilOn }, grant.version, by);
    }
    if ((await chairing(toPersonId)).length > 0) return;
    await this.grants.add(manager, { personId: toPersonId, role: 'chair', areaId, fromOn }, by);
  }

  /** The seats as a chair, in the meetings of these areas; returns the number of meetings. */
  private async moveSeats(manager: EntityManager, input: ChangeChairDto, areaIds: string[], by: Caller) {
    const { fromPersonId, toPersonId, fromOn } = input;
    const seats = (personId: string) => {
      const params = new Params();
      const sql = `SELECT i."id", i."meetingId", i."organisationId", i."fromOn", i."untilOn", m."areaId" FROM "invitations" i
        JOIN "meetings" m ON m."id" = i."meetingId" WHERE i."role" = 'chair' AND i."agendaItemId" IS NULL
          AND i."personId" = ${params.add(personId)} AND m."areaId" IN (${params.list(areaIds)})
          AND ${notEnded('i', params.add(fromOn))} ORDER BY i."fromOn", i."id"`;
      return rows<Held>(manager, sql, params.values);
    };
    const taken = new Set((await seats(toPersonId)).map(({ meetingId }) => meetingId));
    const left = await seats(fromPersonId);
    for (const seat of left) {
      const { untilOn } = cutOn(seat, fromOn).before;
      await this.former.keep(manager, 'invitations', seat.id, { untilOn });
      await updateRow(manager, Invitation, seat.id, { untilOn });
      await this.audit.record(manager, by, 'invitation.changed', {
        type: 'invitation',
        id: seat.id,
        areaId: seat.areaId,
      });
      if (!taken.has(seat.meetingId)) await this.seat(manager, seat, input, by);
      taken.add(seat.meetingId);
    }
    return new Set(left.map(({ meetingId }) => meetingId)).size;
  }

  private async seat(manager: EntityManager, { meetingId, areaId }: Held, input: ChangeChairDto, by: Caller) {
    const id = newId();
    await this.former.keepAbsence(manager, 'invitations', id);
    await manager.insert(Invitation, {
      ...{ id, meetingId, organisationId: null, personId: input.toPersonId, role: 'chair', agendaItemId: null },
      ...{ fromOn: input.fromOn, untilOn: null },
    });
    await this.audit.record(manager, by, 'invitation.created', { type: 'invitation', id, areaId });
  }

  /** The planned sessions from that day on that name the outgoing chair as voorzitter or notulist. */
  private async moveSessions(manager: EntityManager, input: ChangeChairDto, areaIds: string[], by: Caller) {
    const { fromPersonId, toPersonId, fromOn } = input;
    const params = new Params();
    const person = params.add(fromPersonId);
    const found = await rows<Pick<Session, 'id' | 'chairId' | 'secretaryId'> & { areaId: string }>(
      manager,
      `SELECT s."id", s."chairId", s."secretaryId", m."areaId" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE s."state" = 'planned' AND s."heldOn" >= ${params.add(fromOn)} AND m."areaId" IN (${params.list(areaIds)})
         AND (s."chairId" = ${person} OR s."secretaryId" = ${person}) ORDER BY s."id"`,
      params.values,
    );
    const next = (id: string | null) => (id === fromPersonId ? toPersonId : id);
    for (const { id, chairId, secretaryId, areaId } of found) {
      await updateRow(manager, Session, id, { chairId: next(chairId), secretaryId: next(secretaryId) });
      await this.audit.record(manager, by, 'session.changed', { type: 'session', id, areaId });
    }
    return found.length;
  }

  /** The open actions in these areas assigned to the outgoing chair. */
  private async moveActions(manager: EntityManager, input: ChangeChairDto, areaIds: string[], by: Caller) {
    const { fromPersonId, toPersonId, laterDueOn } = input;
    const params = new Params();
    const own = await rows<{ id: string }>(
      manager,
      `SELECT a."id" FROM "actions" a WHERE a."ownerPersonId" = ${params.add(fromPersonId)} AND a."closedOn" IS NULL
         AND NOT a."isWithdrawn" AND a."areaId" IN (${params.list(areaIds)}) ORDER BY a."id"`,
      params.values,
    );
    const sql = `SELECT m."organisationId" FROM "memberships" m WHERE m."personId" = $1 AND ${inForce('m', '$2')}`;
    const members = await rows<{ organisationId: string }>(manager, sql, [toPersonId, by.today]);
    const isOwn = (ownerId: string | null) => members.some(({ organisationId }) => organisationId === ownerId);
    const isLater = (action: LockedAction) =>
      laterDueOn !== undefined && action.dueOn !== null && laterViolations(input, action, by.today).length === 0;
    let [actions, postponed] = [0, 0];
    for (const some of chunks(own.map(({ id }) => id))) {
      const locked = await this.history.lockAll(manager, some);
      const moved = locked.map((action) => {
        const owner = { ownerId: action.ownerId, ownerPersonId: isOwn(action.ownerId) ? toPersonId : null };
        const change = isLater(action) ? { ...owner, ...askedBy({ laterDueOn, reason: REASON }) } : owner;
        const entry = { change, effectiveOn: presentDay(action, by.today), isAtOrigin: false };
        return plannedChange(action, [lastRowOf(action)], entry, { by, comment: REASON });
      });
      await this.changes.write(manager, moved);
      await this.audit.recordAll(manager, by, moved.flatMap(auditEntriesOf));
      actions += locked.filter(({ ownerId }) => isOwn(ownerId)).length;
      postponed += locked.filter(isLater).length;
    }
    return { actions, actionsOfOthers: own.length - actions, postponed };
  }
}

async function mustDiffer(manager: EntityManager, { fromPersonId, toPersonId }: ChangeChairDto): Promise<void> {
  const isOne = await manager.existsBy(Person, { id: toPersonId, active: true });
  if (!isOne) throw invalid([{ field: 'toPersonId', message: 'toPersonId is not an active person' }]);
  if (fromPersonId === toPersonId)
    throw invalid([{ field: 'toPersonId', message: 'toPersonId must be another person than fromPersonId' }]);
}
