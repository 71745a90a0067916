import { Injectable } from '@nestjs/common';
import type { AuditOperation } from '../../platform/audit/operations.js';
import type { EntityManager } from 'typeorm';
import type { Subject } from '../../platform/access/caller.js';
import { Attendance } from '../../meetings/attendance/attendance.entity.js';
import { cameFor } from '../../meetings/attendance/attendance.conditions.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { newId } from '../../platform/common/ids.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { notEnded, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { insertRows, overwriteRows, updateRow } from '../../platform/database/writes.js';
import { INVITATION_ROLES, type Invitation, type InvitationRole } from '../../meetings/invitation.entity.js';
import type { Contact } from '../../directory/people/contact.entity.js';
import type { Membership } from '../../directory/people/membership.entity.js';
import type { Period } from '../../directory/people/periods.rules.js';
import { cutOn, uncovered } from './mergers.rules.js';

/** The object recorded in the audit trail. */
export interface Recorded {
  operation: AuditOperation;
  subject: Subject;
}

interface Seat extends Period {
  id: string;
  organisationId: string | null;
  version: number;
}

type Placed = Invitation & { areaId: string; isHeldToday: boolean };

/** Moves an organisation's members, contacts and invitations to the organisation it is merged into. */
@Injectable()
export class TransferInvitations {
  constructor(private readonly former: RowHistory) {}

  /** Old rows end yesterday, or are voided if they begin later; new ones begin wherever the organisation has none. */
  async move(manager: EntityManager, mergedId: string, intoId: string, today: string): Promise<Recorded[]> {
    return [
      ...(await this.moveMemberships(manager, mergedId, intoId, today)),
      ...(await this.moveContacts(manager, mergedId, intoId, today)),
      ...(await this.moveInvitations(manager, mergedId, intoId, today)),
      ...(await this.moveAttendances(manager, mergedId, intoId, today)),
    ];
  }

  private async moveMemberships(manager: EntityManager, mergedId: string, intoId: string, today: string) {
    const find = (organisationId: string) => unended<Membership>(manager, 'memberships', organisationId, today);
    const isSame = (one: Membership, other: Membership) => one.personId === other.personId;
    const moved = movedOf(await find(mergedId), await find(intoId), intoId, isSame, () => today);
    return write(manager, 'memberships', moved, ({ id }) => ({ type: 'membership', id }));
  }

  private async moveContacts(manager: EntityManager, mergedId: string, intoId: string, today: string) {
    const find = (organisationId: string) => unended<Contact>(manager, 'contacts', organisationId, today);
    const isSame = (one: Contact, other: Contact) => one.areaId === other.areaId;
    const moved = movedOf(await find(mergedId), await find(intoId), intoId, isSame, () => today);
    return write(manager, 'contacts', moved, ({ id, areaId }) => ({ type: 'contact', id, areaId }));
  }

  /** If a session of today is already closed, the old organisation attended it, so the new one starts tomorrow. */
  private async moveInvitations(manager: EntityManager, mergedId: string, intoId: string, today: string) {
    const placed = await rows<Placed>(
      manager,
      `SELECT i.*, m."areaId", EXISTS (SELECT 1 FROM "sessions" h WHERE h."meetingId" = i."meetingId" AND h."heldOn" = $2
         AND h."state" = 'closed') AS "isHeldToday"
       FROM "invitations" i JOIN "meetings" m ON m."id" = i."meetingId"
       LEFT JOIN "agenda_items" item ON item."id" = i."agendaItemId" LEFT JOIN "sessions" s ON s."id" = item."sessionId"
       WHERE i."organisationId" = $1 AND ${notEnded('i', '$2')} AND (s."id" IS NULL OR s."state" IN ('planned', 'open'))
       ORDER BY i."fromOn", i."id"`,
      [mergedId, today],
      { isHeldToday: 'boolean' },
    );
    const areas = new Map(placed.map(({ meetingId, areaId }) => [meetingId, areaId]));
    const heldToday = new Set(placed.filter(({ isHeldToday }) => isHeldToday).map(({ meetingId }) => meetingId));
    const own = placed.map(({ areaId: _, isHeldToday: __, ...invitation }): Invitation => invitation);
    const others = await unended<Invitation>(manager, 'invitations', intoId, today);
    const firstOn = ({ meetingId }: Invitation) => (heldToday.has(meetingId) ? addDays(today, 1) : today);
    const moved = movedOf(own, others, intoId, isSameSeat, firstOn);
    for (const { id, untilOn } of moved.ended) await this.former.keep(manager, 'invitations', id, { untilOn });
    for (const { id } of moved.begun) await this.former.keepAbsence(manager, 'invitations', id);
    return write(manager, 'invitations', moved, ({ id, meetingId }) => {
      return { type: 'invitation', id, areaId: areas.get(meetingId)! };
    });
  }

  /** Replies to sessions in the future or still open today are moved to the new organisation. */
  private async moveAttendances(manager: EntityManager, mergedId: string, intoId: string, today: string) {
    const found = await rows<{ id: string; areaId: string } & Pick<Attendance, 'organisationId' | 'alsoForIds'>>(
      manager,
      `SELECT t."id", m."areaId", t."organisationId", t."alsoForIds" FROM "attendances" t
       JOIN "sessions" s ON s."id" = t."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE ${cameFor('t', '$1')} AND s."heldOn" >= $2 AND s."state" IN ('planned', 'open') ORDER BY t."id"`,
      [mergedId, today],
      shapeOf(Attendance),
    );
    for (const { id, organisationId, alsoForIds } of found) {
      const first = organisationId === mergedId ? intoId : organisationId;
      const others = (alsoForIds ?? []).map((one) => (one === mergedId ? intoId : one)).filter((one) => one !== first);
      const moved = { organisationId: first, alsoForIds: others.length > 0 ? [...new Set(others)] : null };
      await this.former.keep(manager, 'attendances', id, moved);
      await updateRow(manager, Attendance, id, moved);
    }
    return found.map(({ id, areaId }) => {
      return { operation: 'attendance.changed' as const, subject: { type: 'attendance', id, areaId } };
    });
  }
}

const isHeavier = (role: InvitationRole, than: InvitationRole): boolean =>
  INVITATION_ROLES.indexOf(role) <= INVITATION_ROLES.indexOf(than);

/** Whether the other invitation gives the same seat, in the same role or a higher one. */
const isSameSeat = (one: Invitation, other: Invitation): boolean =>
  one.meetingId === other.meetingId &&
  one.personId === other.personId &&
  one.agendaItemId === other.agendaItemId &&
  isHeavier(other.role, one.role);

function unended<T extends Seat>(manager: EntityManager, table: string, organisationId: string, today: string) {
  const sql = `SELECT * FROM "${table}" t WHERE t."organisationId" = $1 AND ${notEnded('t', '$2')} ORDER BY t."fromOn", t."id"`;
  return rows<T>(manager, sql, [organisationId, today]);
}

/** What ends and what begins when the seats of one organisation go to another that may already have some. */
function movedOf<T extends Seat>(
  own: readonly T[],
  others: readonly T[],
  intoId: string,
  isSame: (one: T, other: T) => boolean,
  firstOn: (one: T) => string,
): { ended: T[]; begun: T[] } {
  const ended: T[] = [];
  const begun: T[] = [];
  for (const one of own) {
    const { before, after } = cutOn(one, firstOn(one));
    ended.push({ ...before, version: one.version + 1 });
    if (after.untilOn !== null && after.untilOn < after.fromOn) continue;
    const taken = [...others, ...begun].filter((other) => isSame(one, other));
    for (const period of uncovered(after, taken)) {
      begun.push({ ...one, ...period, id: newId(), organisationId: intoId, version: 1 });
    }
  }
  return { ended, begun };
}

const TYPES = { memberships: 'membership', contacts: 'contact', invitations: 'invitation' } as const;

async function write<T extends Seat>(
  manager: EntityManager,
  table: 'memberships' | 'contacts' | 'invitations',
  { ended, begun }: { ended: T[]; begun: T[] },
  subjectOf: (one: T) => Subject,
): Promise<Recorded[]> {
  const stored = (all: T[]) => all.map((one) => Object.fromEntries(Object.entries(one)));
  await overwriteRows(manager, table, stored(ended), ['untilOn', 'version']);
  await insertRows(manager, table, stored(begun));
  return [
    ...ended.map((one) => ({ operation: `${TYPES[table]}.changed` as const, subject: subjectOf(one) })),
    ...begun.map((one) => ({ operation: `${TYPES[table]}.created` as const, subject: subjectOf(one) })),
  ];
}
