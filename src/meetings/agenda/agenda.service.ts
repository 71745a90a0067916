import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../../platform/common/ids.js';
import { execute, rows } from '../../platform/database/rows.js';
import { AgendaItem } from './agenda-item.entity.js';
import { nextNumber, orderWithNew } from './agenda-items.rules.js';
import { AgendaItemParty } from './agenda-item-party.entity.js';
import { Session } from '../session.entity.js';

export type NewItem = Pick<
  AgendaItem,
  'kind' | 'title' | 'state' | 'proposedById' | 'carriedFromId' | 'isConfidential'
> & {
  partyIds: string[];
};

interface Placed {
  id: string;
  kind: AgendaItem['kind'];
  position: number;
}

/** Numbers and orders the items of a session, which the caller must have locked. */
@Injectable()
export class Agenda {
  /** Adds an item with the next number of its series, topics before the rondvraag; returns its id. */
  async add(manager: EntityManager, sessionId: string, { partyIds, ...item }: NewItem): Promise<string> {
    const session = await manager.findOneByOrFail(Session, { id: sessionId });
    const id = newId();
    const number = nextNumber(session, item.isConfidential);
    const placed = await this.inOrder(manager, sessionId);
    await manager.insert(AgendaItem, {
      id,
      sessionId,
      number,
      position: placed.length + 1,
      notes: null,
      decision: null,
      declineReason: null,
      ...item,
    });
    const counter = item.isConfidential ? 'lastConfidentialItemNumber' : 'lastItemNumber';
    await manager.update(Session, sessionId, { [counter]: session[counter] + 1 });
    for (const organisationId of new Set(partyIds)) {
      await manager.insert(AgendaItemParty, { agendaItemId: id, organisationId });
    }
    const order = orderWithNew(placed, { id, kind: item.kind, position: placed.length + 1 });
    await this.place(manager, order);
    return id;
  }

  /** The items of a session in agenda order. */
  inOrder(manager: EntityManager, sessionId: string): Promise<Placed[]> {
    return rows<Placed>(
      manager,
      `SELECT i."id", i."kind", i."position" FROM "agenda_items" i WHERE i."sessionId" = $1 ORDER BY i."position", i."id"`,
      [sessionId],
    );
  }

  /** Assigns positions 1, 2, 3 … Changing a position is no edit of an item: version and number stay the same. */
  async place(manager: EntityManager, order: readonly Placed[]): Promise<void> {
    for (const [index, { id, position }] of order.entries()) {
      if (position === index + 1) continue;
      await execute(manager, 'UPDATE "agenda_items" SET "position" = $1 WHERE "id" = $2', [index + 1, id]);
    }
  }
}
