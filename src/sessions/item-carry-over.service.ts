import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RowHistory } from '../platform/database/row-history.js';
import { newId } from '../platform/common/ids.js';
import { Invitation } from '../meetings/invitation.entity.js';
import { AgendaItem } from '../meetings/agenda/agenda-item.entity.js';
import { AgendaItemParty } from '../meetings/agenda/agenda-item-party.entity.js';
import { Agenda } from '../meetings/agenda/agenda.service.js';
import { notEnded, row, rows } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { lockOne } from '../platform/database/transactions.js';
import { Meeting } from '../meetings/meeting.entity.js';
import { Session } from '../meetings/session.entity.js';

type Carried = Pick<AgendaItem, 'id' | 'kind' | 'title' | 'state' | 'proposedById' | 'isConfidential'>;

const NOT_CARRIED_YET = `NOT EXISTS (SELECT 1 FROM "agenda_items" c JOIN "sessions" cs ON cs."id" = c."sessionId"
  WHERE c."carriedFromId" = i."id" AND cs."state" <> 'cancelled')`;
const COLUMNS = 'i."id", i."kind", i."title", i."state", i."proposedById", i."isConfidential"';

/** SQL for "of this meeting ($1), or of one that it replaced in a merger of areas". */
const ITS = `s."meetingId" IN (SELECT m."id" FROM "meetings" m WHERE m."id" = $1 OR m."successorId" = $1)`;

/** Topics left undiscussed in the closed sessions of a meeting up to a day; fixed items are on every agenda anyway. */
const UNTREATED = `SELECT ${COLUMNS} FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId"
  WHERE ${ITS} AND s."state" = 'closed' AND s."heldOn" <= $2 AND i."kind" = 'topic'
    AND i."state" IN ('not_discussed', 'adjourned') AND ${NOT_CARRIED_YET}
  ORDER BY s."heldOn", i."position", i."id"`;

/**
 * Unanswered proposals, and the topics of a cancelled session. Items carried over to a cancelled session are left out,
 * because they are carried over again from their origin.
 */
const WAITING = `SELECT ${COLUMNS} FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId"
  WHERE ${ITS} AND ${NOT_CARRIED_YET}
    AND ((s."state" IN ('closed', 'cancelled') AND i."state" = 'proposed')
      OR (s."state" = 'cancelled' AND i."kind" = 'topic' AND i."state" = 'accepted'))
    AND (s."state" = 'closed' OR i."carriedFromId" IS NULL)
  ORDER BY s."heldOn", i."position", i."id"`;

/** Carries agenda items over to a later session, by reference to their origin. Repeating it adds nothing. */
@Injectable()
export class ItemCarryOver {
  constructor(
    private readonly agenda: Agenda,
    private readonly former: RowHistory,
  ) {}

  /** What an opening takes over: undiscussed topics, and waiting items. */
  async atOpening(manager: EntityManager, session: Session): Promise<void> {
    const untreated = await this.find(manager, UNTREATED, [session.meetingId, session.heldOn]);
    for (const item of untreated) await this.carry(manager, session.id, { ...item, state: 'accepted' });
    await this.takeWaiting(manager, session);
    // Agendas from before numbers followed the order may still have them out of order.
    await this.agenda.renumber(manager, session.id);
  }

  /**
   * Carries over waiting items. Proposals remain proposals, so that the chair answers them for the next session; topics
   * on a cancelled agenda have already been accepted.
   */
  async takeWaiting(manager: EntityManager, session: Session): Promise<void> {
    const { meetingId } = session;
    const meetings = await manager.find(Meeting, { where: [{ id: meetingId }, { successorId: meetingId }] });
    const standing = new Set(meetings.flatMap(({ defaultAgenda }) => defaultAgenda.map(({ title }) => title)));
    for (const item of await this.find(manager, WAITING, [meetingId])) {
      if (item.state === 'accepted' && standing.has(item.title)) continue;
      const carriedId = await this.carry(manager, session.id, item);
      if (session.state === 'planned') await this.bringGuests(manager, session, item.id, carriedId);
    }
  }

  /**
   * Who was invited for an item of a cancelled session only, comes where it is treated instead. Not once that session is
   * open: nobody told them of it, and they would be absent.
   */
  private async bringGuests(manager: EntityManager, session: Session, originId: string, itemId: string): Promise<void> {
    const seats = await rows<Pick<Invitation, 'organisationId' | 'personId' | 'role' | 'fromOn' | 'untilOn'>>(
      manager,
      `SELECT DISTINCT i."organisationId", i."personId", i."role", i."fromOn", i."untilOn" FROM "invitations" i
       JOIN "agenda_items" item ON item."id" = i."agendaItemId" JOIN "sessions" s ON s."id" = item."sessionId"
       WHERE (item."id" = $1 OR item."carriedFromId" = $1) AND s."state" = 'cancelled' AND ${notEnded('i', '$2')}`,
      [originId, session.heldOn],
      shapeOf(Invitation),
    );
    const seen = new Set<string>();
    for (const seat of seats) {
      const key = `${seat.organisationId} ${seat.personId}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const id = newId();
      await this.former.keepAbsence(manager, 'invitations', id);
      await manager.insert(Invitation, { id, meetingId: session.meetingId, ...seat, agendaItemId: itemId });
    }
  }

  /** Carries waiting items to the next planned session; if there is none, the next one to be planned takes them. */
  async passOn(manager: EntityManager, { meetingId, heldOn }: Session): Promise<void> {
    const next = await row<{ id: string }>(
      manager,
      `SELECT s."id" FROM "sessions" s WHERE s."meetingId" = $1 AND s."state" = 'planned' AND s."heldOn" >= $2
       ORDER BY s."heldOn", s."startTime", s."id" LIMIT 1`,
      [meetingId, heldOn],
    );
    if (next) await this.takeWaiting(manager, await lockOne(manager, Session, next.id));
  }

  private find(manager: EntityManager, sql: string, values: string[]): Promise<Carried[]> {
    return rows<Carried>(manager, sql, values, shapeOf(AgendaItem));
  }

  private async carry(manager: EntityManager, sessionId: string, { id, ...item }: Carried): Promise<string> {
    const parties = item.isConfidential ? await manager.findBy(AgendaItemParty, { agendaItemId: id }) : [];
    const partyIds = parties.map(({ organisationId }) => organisationId);
    return this.agenda.add(manager, sessionId, { ...item, carriedFromId: id, partyIds });
  }
}
