import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AgendaItem } from '../meetings/agenda/agenda-item.entity.js';
import { partiesOf } from '../meetings/agenda/held-items.js';
import { Agenda } from '../meetings/agenda/agenda.service.js';
import { areNumbersSentOf } from '../meetings/agenda/sent-numbers.js';
import { Invitation } from '../meetings/invitation.entity.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { RowHistory } from '../platform/database/row-history.js';
import { notEnded, row, rows } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { lockOne } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { Meeting } from '../meetings/meeting.entity.js';
import { Session } from '../meetings/session.entity.js';
import { IS_IN_USE } from './item-removal.service.js';
import { isLeftOverSql } from '../meetings/agenda/item-states.rules.js';

interface Waiting extends Pick<AgendaItem, 'id' | 'kind' | 'title' | 'state' | 'proposedById' | 'isConfidential'> {
  /** Where it already waits: on the agenda of a session that will not be held before this one. */
  copyId: string | null;
}

/** SQL for the items `c` of sessions `cs` to which item `i` was carried over. */
const COPIES = `FROM "agenda_items" c JOIN "sessions" cs ON cs."id" = c."sessionId"
  WHERE c."carriedFromId" = i."id" AND cs."state" <> 'cancelled'`;

/**
 * SQL for whether `c` moves to the session ($2 its day, $4 its id): its own session was not held on its day ($3 is today),
 * or is later and its agenda has not been sent yet.
 */
const MOVES_HERE = `(cs."state" = 'planned' AND cs."id" <> $4 AND c."state" IN ('accepted', 'proposed')
  AND (cs."heldOn" < $3 OR (cs."heldOn" > $2 AND NOT ${areNumbersSentOf('cs')})))`;

/**
 * What waits for a session of a meeting ($1), or of one that it replaced in a merger of areas: topics left undiscussed in
 * its closed sessions up to that day, since fixed items are on every agenda anyway; unanswered proposals; and the topics
 * of a cancelled session. Items carried over to a cancelled session are left out, because they are carried over again
 * from their origin.
 */
const WAITING = `SELECT i."id", i."kind", i."title", i."state", i."proposedById", i."isConfidential",
    (SELECT c."id" ${COPIES} LIMIT 1) AS "copyId"
  FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId"
  WHERE s."meetingId" IN (SELECT m."id" FROM "meetings" m WHERE m."id" = $1 OR m."successorId" = $1)
    AND NOT EXISTS (SELECT 1 ${COPIES} AND NOT ${MOVES_HERE})
    AND ((s."state" = 'closed' AND s."heldOn" <= $2 AND i."kind" = 'topic' AND ${isLeftOverSql('i')})
      OR (s."state" = 'closed' AND i."state" = 'proposed')
      OR (s."state" = 'cancelled' AND i."carriedFromId" IS NULL
        AND (i."state" = 'proposed' OR (i."kind" = 'topic' AND i."state" = 'accepted'))))
  ORDER BY s."heldOn", i."position", i."id"`;

/** Copies `i` of items discussed in a session ($1) after all, on agendas that have not been sent, with nothing of their own. */
const SUPERFLUOUS = `SELECT i."id", i."sessionId" FROM "agenda_items" origin
  JOIN "agenda_items" i ON i."carriedFromId" = origin."id" JOIN "sessions" s ON s."id" = i."sessionId"
  WHERE origin."sessionId" = $1 AND origin."state" <> 'proposed' AND NOT ${isLeftOverSql('origin')}
    AND s."state" = 'planned' AND i."version" = 1 AND NOT ${areNumbersSentOf('s')} AND NOT ${IS_IN_USE}
    AND NOT EXISTS (SELECT 1 FROM "files" p WHERE p."kind" = 'agenda_item' AND p."thingId" = i."id")
    AND NOT EXISTS (SELECT 1 FROM "questions" q WHERE q."agendaItemId" = i."id")
    AND NOT EXISTS (SELECT 1 FROM "initiatives" n WHERE n."agendaItemId" = i."id")`;

/** SQL for the topic of a session ($1) with a title ($2) that is on its agenda already, by hand or as a standing one. */
const TWIN = `SELECT i."id" FROM "agenda_items" i WHERE i."sessionId" = $1 AND i."title" = $2 AND i."kind" = 'topic'
  AND i."state" = 'accepted' AND i."carriedFromId" IS NULL AND NOT i."isConfidential" ORDER BY i."position" LIMIT 1`;

/**
 * Carries agenda items over to a later session, by reference to their origin, as soon as there is one, so that they are on
 * the agenda that people are invited with. Repeating it adds nothing.
 */
@Injectable()
export class ItemCarryOver {
  constructor(
    private readonly agenda: Agenda,
    private readonly clock: Clock,
    private readonly former: RowHistory,
  ) {}

  /** Brings what has come to wait since the session was planned. */
  async atOpening(manager: EntityManager, session: Session): Promise<void> {
    await this.takeWaiting(manager, session);
    // Agendas from before numbers followed the order may still have them out of order.
    await this.agenda.renumber(manager, session.id);
  }

  /**
   * Carries over what waits for this session. Proposals remain proposals, so that the chair answers them for the next
   * session; topics have already been accepted.
   */
  async takeWaiting(manager: EntityManager, session: Session): Promise<void> {
    const { id: sessionId, meetingId, heldOn } = session;
    const meetings = await manager.find(Meeting, { where: [{ id: meetingId }, { successorId: meetingId }] });
    const standing = new Set(meetings.flatMap(({ defaultAgenda }) => defaultAgenda.map(({ title }) => title)));
    const values = [meetingId, heldOn, this.clock.today(), sessionId];
    for (const item of await rows<Waiting>(manager, WAITING, values, shapeOf(AgendaItem))) {
      if (item.state === 'accepted' && standing.has(item.title)) continue;
      if (item.copyId) await this.agenda.move(manager, item.copyId, sessionId);
      else {
        const carriedId = await this.carry(manager, sessionId, item);
        if (session.state === 'planned') await this.bringGuests(manager, session, item.id, carriedId);
      }
    }
  }

  /**
   * Carries what waits to the next planned session; if there is none, the next one to be planned takes it. What was
   * treated after all, in a session that was reopened, no longer waits there.
   */
  async passOn(manager: EntityManager, { id, meetingId, heldOn }: Session): Promise<void> {
    for (const copy of await rows<Pick<AgendaItem, 'id' | 'sessionId'>>(manager, SUPERFLUOUS, [id])) {
      await lockOne(manager, Session, copy.sessionId);
      await this.agenda.remove(manager, copy);
    }
    const next = await row<{ id: string }>(
      manager,
      `SELECT s."id" FROM "sessions" s WHERE s."meetingId" = $1 AND s."state" = 'planned' AND s."heldOn" >= $2
       ORDER BY s."heldOn", s."startTime", s."id" LIMIT 1`,
      [meetingId, heldOn],
    );
    if (next) await this.takeWaiting(manager, await lockOne(manager, Session, next.id));
  }

  /**
   * Who was invited only for an item that was not treated comes where it is treated instead. Not once that session is open:
   * nobody told them of it, and they would be absent.
   */
  private async bringGuests(manager: EntityManager, session: Session, originId: string, itemId: string): Promise<void> {
    const seats = await rows<Pick<Invitation, 'organisationId' | 'personId' | 'role' | 'fromOn' | 'untilOn'>>(
      manager,
      `SELECT DISTINCT n."organisationId", n."personId", n."role", n."fromOn", n."untilOn" FROM "invitations" n
       JOIN "agenda_items" i ON i."id" = n."agendaItemId" JOIN "sessions" s ON s."id" = i."sessionId"
       WHERE (i."id" = $1 OR i."carriedFromId" = $1)
         AND (s."state" = 'cancelled' OR ${isLeftOverSql('i')}) AND ${notEnded('n', '$2')}`,
      [originId, session.heldOn],
      shapeOf(Invitation),
    );
    const bySeat = new Map(seats.map((seat) => [`${seat.organisationId} ${seat.personId}`, seat]));
    for (const seat of bySeat.values()) {
      const id = newId();
      await this.former.keepAbsence(manager, 'invitations', id);
      await manager.insert(Invitation, { id, meetingId: session.meetingId, ...seat, agendaItemId: itemId });
    }
  }

  /** Returns the id of the item on the later agenda. */
  private async carry(manager: EntityManager, sessionId: string, { id, copyId: _, ...item }: Waiting): Promise<string> {
    const isTopic = item.state !== 'proposed';
    const twin = isTopic && !item.isConfidential && (await row<{ id: string }>(manager, TWIN, [sessionId, item.title]));
    if (twin) {
      await updateRow(manager, AgendaItem, twin.id, { carriedFromId: id });
      return twin.id;
    }
    const partyIds = await partiesOf(manager, { id, isConfidential: item.isConfidential });
    const state = isTopic ? 'accepted' : 'proposed';
    return this.agenda.add(manager, sessionId, { ...item, state, carriedFromId: id, partyIds });
  }
}
