import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Action } from '../../actions/action.entity.js';
import { ActionHistory, type LockedAction } from '../../actions/history/action-history.service.js';
import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import type { Change } from '../../actions/history/action-update.entity.js';
import { lastRowOf } from '../../actions/history/action-state.js';
import { ActionChanges } from '../../actions/changes/action-changes.service.js';
import { presentDay } from '../../actions/history/history.rules.js';
import type { PlannedChange } from '../../actions/planned-change.js';
import { auditEntriesOf } from '../../actions/changes/change-audit.rules.js';
import { mergedWith, plannedChange } from '../../actions/changes/planned-changes.rules.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { chunks, execute, inForce, Params, rows } from '../../platform/database/rows.js';
import { updateRowsOf } from '../../platform/database/writes.js';
import { ContactResolver, questionKey } from '../../directory/people/contact-resolver.service.js';
import type { Organisation } from '../../directory/organisations/organisation.entity.js';
import { withMerged } from './mergers.rules.js';
import type { Recorded } from './transfer-invitations.service.js';

interface Merger {
  mergedId: string;
  into: Pick<Organisation, 'id' | 'name'>;
}

/** SQL for "an open action of which the organisation is owner, co-owner or party". */
const IS_ITS = `a."closedOn" IS NULL AND NOT a."isWithdrawn" AND (a."ownerId" = $1
  OR a."id" IN (SELECT c."actionId" FROM "action_co_owners" c WHERE c."organisationId" = $1)
  OR a."id" IN (SELECT p."actionId" FROM "action_parties" p WHERE p."organisationId" = $1))`;

/** Transfers an organisation's open work, and its access to it, to the organisation it is merged into. */
@Injectable()
export class TransferActions {
  constructor(
    private readonly history: ActionHistory,
    private readonly changes: ActionChanges,
    private readonly answering: ContactResolver,
  ) {}

  /** Open actions and the items of sessions not yet closed; finished work keeps the old organisation. */
  async handOver(manager: EntityManager, merger: Merger, by: Caller): Promise<Recorded[]> {
    const found = await rows<{ id: string }>(
      manager,
      `SELECT a."id" FROM "actions" a WHERE ${IS_ITS} ORDER BY a."id"`,
      [merger.mergedId],
    );
    const entries: Recorded[] = [];
    for (const some of chunks(found.map(({ id }) => id))) {
      const locked = await this.history.lockAll(manager, some);
      const open = locked.filter(({ closedOn, isWithdrawn }) => closedOn === null && !isWithdrawn);
      entries.push(...(await this.changeParties(manager, open, merger)));
      const known = open.map((action) => ({ ...action, partyIds: partiesAfter(action, merger) }));
      const named = await this.named(manager, open, merger, by.today);
      const changes = known.flatMap((action) => changesOf(action, merger, named, by));
      await this.changes.write(manager, changes, { isMerger: true });
      entries.push(...changes.flatMap(auditEntriesOf));
    }
    return [...entries, ...(await changeItemParties(manager, merger))];
  }

  /**
   * Per action the person named with the new owner: the one named before or, if the merger would change the answering
   * contact, the one who answered until yesterday. The action keeps its person, and links in mails sent earlier keep
   * working. Members only.
   */
  private async named(
    manager: EntityManager,
    actions: LockedAction[],
    { mergedId, into }: Merger,
    today: string,
  ): Promise<Map<string, string>> {
    const members = await membersOf(manager, into.id, today);
    const ask = (organisationId: string, day: string, isAsBefore: boolean) =>
      this.answering.resolve(
        manager,
        actions.map(({ areaId }) => ({ organisationId, areaId })),
        day,
        isAsBefore,
      );
    const [before, after] = [await ask(mergedId, addDays(today, -1), true), await ask(into.id, today, false)];
    const named = new Map<string, string>();
    for (const { id, areaId, ownerPersonId } of actions) {
      const until = before.get(questionKey({ organisationId: mergedId, areaId }))?.personId;
      const since = after.get(questionKey({ organisationId: into.id, areaId }))?.personId;
      const person = ownerPersonId ?? (until === since ? undefined : until);
      if (person !== undefined && members.has(person)) named.set(id, person);
    }
    return named;
  }

  private async changeParties(manager: EntityManager, actions: LockedAction[], merger: Merger): Promise<Recorded[]> {
    const changed = actions.filter(({ partyIds }) => partyIds.includes(merger.mergedId));
    const ids = changed.map(({ id }) => id);
    await replaceParty(manager, { table: 'action_parties', key: 'actionId' }, ids, merger);
    // Actions that it owns or co-owns already get a new version from the transfer itself.
    const rest = changed.filter((action) => !isDoneBy(action, merger.mergedId));
    await updateRowsOf(
      manager,
      Action,
      rest.map(({ id }) => id),
    );
    return changed.map((action) => {
      const { id, areaId, isConfidential } = action;
      const subject = { type: 'action', id, areaId, isConfidential, partyIds: partiesAfter(action, merger) };
      return { operation: 'action.parties_changed', subject };
    });
  }
}

const partiesAfter = ({ partyIds }: LockedAction, { mergedId, into }: Merger): string[] =>
  withMerged(partyIds, mergedId, into.id);

const isDoneBy = ({ ownerId, coOwnerIds }: LockedAction, organisationId: string): boolean =>
  ownerId === organisationId || coOwnerIds.includes(organisationId);

/** The changes to an action of which the organisation is owner or co-owner. */
function changeOf({ ownerId, coOwnerIds }: LockedAction, { mergedId, into }: Merger, person: string | null): Change {
  const isCoOwner = coOwnerIds.includes(mergedId);
  const also = isCoOwner
    ? { coOwnerIds: withMerged(coOwnerIds, mergedId, into.id).filter((id) => id !== ownerId) }
    : {};
  if (ownerId !== mergedId) return { ...also, edited: true };
  return { ...also, ownerId: into.id, ownerPersonId: person };
}

function changesOf(
  action: LockedAction,
  merger: Merger,
  named: ReadonlyMap<string, string>,
  by: Caller,
): PlannedChange[] {
  if (!isDoneBy(action, merger.mergedId)) return [];
  const change = changeOf(action, merger, named.get(action.id) ?? null);
  const comment = mergedWith(merger.into.name);
  const entry = { change, effectiveOn: presentDay(action, by.today), isAtOrigin: false };
  return [plannedChange(action, [lastRowOf(action)], entry, { by, comment })];
}

async function membersOf(manager: EntityManager, organisationId: string, day: string): Promise<Set<string>> {
  const sql = `SELECT m."personId" FROM "memberships" m WHERE m."organisationId" = $1 AND ${inForce('m', '$2')}`;
  const members = await rows<{ personId: string }>(manager, sql, [organisationId, day]);
  return new Set(members.map(({ personId }) => personId));
}

async function changeItemParties(manager: EntityManager, merger: Merger): Promise<Recorded[]> {
  const found = await rows<{ id: string; areaId: string }>(
    manager,
    `SELECT i."id", m."areaId" FROM "agenda_item_parties" p JOIN "agenda_items" i ON i."id" = p."agendaItemId"
     JOIN "sessions" s ON s."id" = i."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"
     WHERE p."organisationId" = $1 AND s."state" IN ('planned', 'open') ORDER BY i."id"`,
    [merger.mergedId],
  );
  const ids = found.map(({ id }) => id);
  await replaceParty(manager, { table: 'agenda_item_parties', key: 'agendaItemId' }, ids, merger);
  await updateRowsOf(manager, AgendaItem, ids);
  return found.map(({ id, areaId }) => {
    const subject = { type: 'agenda_item', id, areaId, isConfidential: true, partyIds: [merger.into.id] };
    return { operation: 'agenda_item.parties_changed', subject };
  });
}

/** Replaces the old organisation by the new one, or removes it if the new one already was a party. */
async function replaceParty(
  manager: EntityManager,
  { table, key }: { table: 'action_parties' | 'agenda_item_parties'; key: 'actionId' | 'agendaItemId' },
  ids: readonly string[],
  { mergedId, into }: Merger,
): Promise<void> {
  for (const some of chunks(ids)) {
    const params = new Params();
    const merged = params.add(mergedId);
    const theirs = `"organisationId" = ${merged} AND "${key}" IN (${params.list(some)})`;
    const known = [...params.values];
    const fresh = params.add(into.id);
    await execute(
      manager,
      `UPDATE "${table}" SET "organisationId" = ${fresh} WHERE ${theirs} AND NOT EXISTS (SELECT 1 FROM "${table}" other
         WHERE other."${key}" = "${table}"."${key}" AND other."organisationId" = ${fresh})`,
      params.values,
    );
    await execute(manager, `DELETE FROM "${table}" WHERE ${theirs}`, known);
  }
}
