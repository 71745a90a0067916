import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { Action } from '../actions/action.entity.js';
import { ActionParty } from '../actions/action-party.entity.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict, invalid } from '../platform/common/problems.js';
import { Params, row, rows } from '../platform/database/rows.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { AgendaItem } from '../meetings/agenda/agenda-item.entity.js';
import { AgendaItemParty } from '../meetings/agenda/agenda-item-party.entity.js';
import { AgendaItemViews } from '../meetings/agenda/agenda-item-views.service.js';
import type { AgendaItemView } from '../meetings/agenda/agenda-items.dto.js';
import { holdItem, partyViolation } from '../meetings/agenda/held-items.js';
import type { Meeting } from '../meetings/meeting.entity.js';
import { Session } from '../meetings/session.entity.js';
import { choosableOf } from '../directory/organisations/merged.conditions.js';
import { standsInSentMinutes } from '../actions/changes/sent-minutes.js';
import { SessionMoments } from './session-moments.service.js';

interface Held {
  item: AgendaItem;
  session: Session;
}
interface Change {
  added: string[];
  removed: string[];
}

/** Changes who may know a confidential item; its actions and the items carried over from it follow. */
@Injectable()
export class ItemParties {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly views: AgendaItemViews,
    private readonly moments: SessionMoments,
  ) {}

  /**
   * Replaces the parties of an item, of its actions, and of the items it was carried over to and their actions. Once
   * the minutes of any of these were sent, parties can be added but not removed (409). A party that does an action of
   * the item cannot be removed either. Draft minutes are composed again.
   */
  put(id: string, partyIds: string[], version: number, by: Caller): Promise<AgendaItemView> {
    const wanted = [...new Set(partyIds)];
    return this.transactions.run(async (manager) => {
      const { item, session, meeting, partyIds: before, subject } = await holdItem(manager, id, 'sessions.plan', by);
      mustMatch(item, version);
      if (!item.isConfidential) throw conflict('ITEM_NOT_CONFIDENTIAL', 'Only confidential items have parties.');
      const added = wanted.filter((one) => !before.includes(one));
      const areChoosable = (await choosableOf(manager, added)).length === added.length;
      const violation = partyViolation(wanted, areChoosable, by);
      if (violation) throw invalid([violation]);
      const removed = before.filter((one) => !wanted.includes(one));
      if (added.length + removed.length === 0) return this.views.one(manager, id, by);
      const family = [{ item, session }, ...(await carriedFrom(manager, id))];
      if (removed.length > 0) {
        for (const one of family) {
          if ((await wasSentOut(manager, one.session.id)) || (await haveActionsSent(manager, one.item.id))) {
            throw conflict('MINUTES_SENT', 'Once the minutes are sent, parties can be added but not removed.');
          }
          await mustDoNothing(manager, one.item.id, removed);
        }
      }
      for (const one of family) await this.change(manager, one, { added, removed }, meeting, by);
      await this.audit.record(manager, by, 'agenda_item.parties_changed', { ...subject, partyIds: wanted });
      return this.views.one(manager, id, by);
    });
  }

  private async change(
    manager: EntityManager,
    { item: { id }, session }: Held,
    { added, removed }: Change,
    meeting: Meeting,
    by: Caller,
  ): Promise<void> {
    const known = (await manager.findBy(AgendaItemParty, { agendaItemId: id })).map((one) => one.organisationId);
    await updateRow(manager, AgendaItem, id);
    await manager.delete(AgendaItemParty, { agendaItemId: id, organisationId: In(removed) });
    for (const organisationId of added.filter((one) => !known.includes(one))) {
      await manager.insert(AgendaItemParty, { agendaItemId: id, organisationId });
    }
    await this.follow(manager, id, { added, removed }, meeting, by);
    const isConcept = session.state === 'closed' && !(await wasSentOut(manager, session.id));
    if (isConcept) await this.moments.partiesChanged(manager, session, by);
  }

  private async follow(
    manager: EntityManager,
    itemId: string,
    { added, removed }: Change,
    meeting: Meeting,
    by: Caller,
  ): Promise<void> {
    for (const { id } of await actionsOf(manager, itemId)) {
      const known = (await manager.findBy(ActionParty, { actionId: id })).map((one) => one.organisationId);
      const fresh = added.filter((one) => !known.includes(one));
      await manager.delete(ActionParty, { actionId: id, organisationId: In(removed) });
      for (const organisationId of fresh) await manager.insert(ActionParty, { actionId: id, organisationId });
      await updateRow(manager, Action, id);
      const partyIds = [...known.filter((one) => !removed.includes(one)), ...fresh];
      const subject = { type: 'action', id, areaId: meeting.areaId, isConfidential: true, partyIds };
      await this.audit.record(manager, by, 'action.parties_changed', subject);
    }
  }
}

/** The items carried over from an item, directly or indirectly, with their sessions locked. */
async function carriedFrom(manager: EntityManager, itemId: string): Promise<Held[]> {
  const found = await rows<{ id: string; sessionId: string }>(
    manager,
    `WITH RECURSIVE "carried" ("id", "sessionId") AS (
       SELECT i."id", i."sessionId" FROM "agenda_items" i WHERE i."carriedFromId" = $1
       UNION SELECT i."id", i."sessionId" FROM "agenda_items" i JOIN "carried" c ON i."carriedFromId" = c."id")
     SELECT "id", "sessionId" FROM "carried" ORDER BY "id"`,
    [itemId],
  );
  const held: Held[] = [];
  for (const { id, sessionId } of found) {
    const session = await lockOne(manager, Session, sessionId);
    held.push({ session, item: await manager.findOneByOrFail(AgendaItem, { id }) });
  }
  return held;
}

/** SQL for the actions of an item; uses the index on their session. */
const ofItem = (item: string): string =>
  `a."agendaItemId" = ${item} AND a."sessionId" = (SELECT i."sessionId" FROM "agenda_items" i WHERE i."id" = ${item})`;

function actionsOf(manager: EntityManager, itemId: string): Promise<{ id: string }[]> {
  const sql = `SELECT a."id" FROM "actions" a WHERE ${ofItem('$1')} AND a."isConfidential" ORDER BY a."id"`;
  return rows<{ id: string }>(manager, sql, [itemId]);
}

/** Whether the minutes of the session were ever sent, even if they are a draft again. */
async function wasSentOut(manager: EntityManager, sessionId: string): Promise<boolean> {
  const sql = 'SELECT "id" FROM "minutes" WHERE "sessionId" = $1 AND "sentAt" IS NOT NULL';
  return (await row(manager, sql, [sessionId])) !== undefined;
}

/** Whether an action of the item is in sent minutes of another session. */
async function haveActionsSent(manager: EntityManager, itemId: string): Promise<boolean> {
  for (const { id } of await actionsOf(manager, itemId)) if (await standsInSentMinutes(manager, id)) return true;
  return false;
}

/** The owner and co-owners of an action must be among its parties, so they cannot be removed. */
async function mustDoNothing(manager: EntityManager, itemId: string, organisationIds: string[]): Promise<void> {
  const params = new Params();
  const item = params.add(itemId);
  const gone = params.list(organisationIds);
  const busy = await row(
    manager,
    `SELECT a."id" FROM "actions" a WHERE ${ofItem(item)} AND a."isConfidential" AND NOT a."isWithdrawn"
       AND (a."ownerId" IN (${gone}) OR EXISTS (SELECT 1 FROM "action_co_owners" c
         WHERE c."actionId" = a."id" AND c."organisationId" IN (${gone})))`,
    params.values,
  );
  if (busy)
    throw conflict(
      'PARTY_HAS_ACTION',
      'An organisation that owns or co-owns an action of this item must remain one of its parties.',
    );
}
