import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AgendaItem } from '../meetings/agenda/agenda-item.entity.js';
import { AgendaItemParty } from '../meetings/agenda/agenda-item-party.entity.js';
import { Agenda } from '../meetings/agenda/agenda.service.js';
import { row, rows } from '../platform/database/rows.js';
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
  constructor(private readonly agenda: Agenda) {}

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
      await this.carry(manager, session.id, item);
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

  private async carry(manager: EntityManager, sessionId: string, { id, ...item }: Carried): Promise<void> {
    const parties = item.isConfidential ? await manager.findBy(AgendaItemParty, { agendaItemId: id }) : [];
    const partyIds = parties.map(({ organisationId }) => organisationId);
    await this.agenda.add(manager, sessionId, { ...item, carriedFromId: id, partyIds });
  }
}
