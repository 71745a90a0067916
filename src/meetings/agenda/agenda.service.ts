import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/common/ids.js';
import { execute, rows } from '../../platform/database/rows.js';
import { lockOne } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { AgendaItem } from './agenda-item.entity.js';
import { orderWithNew } from './agenda-items.rules.js';
import { numbersInOrder, orderByNumber } from './agenda-numbers.rules.js';
import { areNumbersSent } from './sent-numbers.js';
import { AgendaItemParty } from './agenda-item-party.entity.js';
import { Session } from '../session.entity.js';

type NewItem = Pick<AgendaItem, 'kind' | 'title' | 'state' | 'proposedById' | 'carriedFromId' | 'isConfidential'> & {
  partyIds: string[];
  plannedMinutes?: number;
};

/** Until it gets its number, in the same transaction. */
const UNNUMBERED = '~';

interface Placed {
  id: string;
  kind: AgendaItem['kind'];
  position: number;
}

/** Numbers and orders the items of a session, which the caller must have locked. */
@Injectable()
export class Agenda {
  /** Adds an item, topics before the rondvraag, numbered by its position; returns its id. */
  async add(manager: EntityManager, sessionId: string, { partyIds, ...item }: NewItem): Promise<string> {
    const id = newId();
    const number = await this.firstNumber(manager, sessionId, item.isConfidential);
    const placed = await this.inOrder(manager, sessionId);
    const position = placed.length + 1;
    const unwritten = { notes: null, decision: null, declineReason: null };
    await manager.insert(AgendaItem, { id, sessionId, number, position, ...unwritten, ...item });
    for (const organisationId of new Set(partyIds)) {
      await manager.insert(AgendaItemParty, { agendaItemId: id, organisationId });
    }
    await this.placeNew(manager, sessionId, placed, { id, kind: item.kind, position });
    return id;
  }

  /** Moves an item, with its papers and guests, to the agenda of another session, as if it were added there. */
  async move(manager: EntityManager, id: string, sessionId: string): Promise<void> {
    const { kind, isConfidential, sessionId: formerId } = await manager.findOneByOrFail(AgendaItem, { id });
    await lockOne(manager, Session, formerId);
    const number = await this.firstNumber(manager, sessionId, isConfidential);
    const placed = await this.inOrder(manager, sessionId);
    const position = placed.length + 1;
    await updateRow(manager, AgendaItem, id, { sessionId, number, position });
    await this.placeNew(manager, sessionId, placed, { id, kind, position });
    await this.renumber(manager, formerId);
  }

  /** Removes an item to which nothing refers. */
  async remove(manager: EntityManager, { id, sessionId }: Pick<AgendaItem, 'id' | 'sessionId'>): Promise<void> {
    await manager.delete(AgendaItemParty, { agendaItemId: id });
    await manager.delete(AgendaItem, id);
    await this.renumber(manager, sessionId);
  }

  /**
   * Numbers the items that are not confidential in agenda order, unless their numbers have been sent; `added` was just
   * added or accepted. Confidential ones keep theirs, since a changed number would reveal one that others may not know
   * of. Like a change of position, this is not an edit of an item: its version stays the same.
   */
  async renumber(manager: EntityManager, sessionId: string, added?: string): Promise<void> {
    const items = await rows<Pick<AgendaItem, 'id' | 'number' | 'state'>>(
      manager,
      `SELECT i."id", i."number", i."state" FROM "agenda_items" i WHERE i."sessionId" = $1 AND NOT i."isConfidential"
       ORDER BY i."position", i."id"`,
      [sessionId],
    );
    const isFixed = await areNumbersSent(manager, sessionId);
    const numbers = numbersInOrder(items, isFixed, added);
    const changed = items.filter(({ id, number }) => numbers.get(id) !== number);
    const give = (id: string, number: string) =>
      execute(manager, 'UPDATE "agenda_items" SET "number" = $1 WHERE "id" = $2', [number, id]);
    // Two items of a session never have the same number, not even temporarily.
    for (const [index, { id }] of changed.entries()) await give(id, `${UNNUMBERED}${index}`);
    for (const { id } of changed) await give(id, numbers.get(id)!);
    if (isFixed && added !== undefined && numbers.has(added))
      await this.place(manager, orderByNumber(await this.inOrder(manager, sessionId), added, items, numbers));
  }

  /** A number that no other item of the session has; one of a confidential item is final. */
  private async firstNumber(manager: EntityManager, sessionId: string, isConfidential: boolean): Promise<string> {
    if (!isConfidential) return UNNUMBERED;
    const session = await manager.findOneByOrFail(Session, { id: sessionId });
    const lastConfidentialItemNumber = session.lastConfidentialItemNumber + 1;
    await manager.update(Session, sessionId, { lastConfidentialItemNumber });
    return `V${lastConfidentialItemNumber}`;
  }

  private async placeNew(manager: EntityManager, sessionId: string, others: Placed[], added: Placed): Promise<void> {
    await this.place(manager, orderWithNew(others, added));
    await this.renumber(manager, sessionId, added.id);
  }

  /** The items of a session in agenda order. */
  inOrder(manager: EntityManager, sessionId: string): Promise<Placed[]> {
    return rows<Placed>(
      manager,
      `SELECT i."id", i."kind", i."position" FROM "agenda_items" i WHERE i."sessionId" = $1 ORDER BY i."position", i."id"`,
      [sessionId],
    );
  }

  /** Assigns positions 1, 2, 3 … A change of position is not an edit of an item: its version stays the same. */
  async place(manager: EntityManager, order: readonly Placed[]): Promise<void> {
    for (const [index, { id, position }] of order.entries()) {
      if (position === index + 1) continue;
      await execute(manager, 'UPDATE "agenda_items" SET "position" = $1 WHERE "id" = $2', [index + 1, id]);
    }
  }
}
