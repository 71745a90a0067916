import { HttpException, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller, Subject } from '../../platform/access/caller.js';
import { ActionHistory, fieldsOf, type LockedAction } from '../action-history.service.js';
import { ActionRecording } from '../action-recording.service.js';
import { ActionSessions } from '../action-sessions.service.js';
import type { HistoryRow } from '../history.rules.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { Turns } from '../../platform/common/turns.js';
import { chunks, execute, Params } from '../../platform/database/rows.js';
import { insertRows, overwriteRows } from '../../platform/database/writes.js';
import { choosableOf } from '../../directory/organisations/merged.conditions.js';
import { type Draft, draftOf, type Facts, type Wish } from './drafts.js';

export interface Refusal {
  at: number;
  why: string;
  /** Someone changed the action since it was read. */
  isOutdated: boolean;
}

/** What the rules refuse of a list; nothing of it was written. */
export class RefusedRows extends Error {
  constructor(readonly refusals: readonly Refusal[]) {
    super('Some rows are refused.');
  }
}

/** Records and changes thousands of actions in one transaction, by the same rules as one by one, with few statements. */
@Injectable()
export class BulkActions {
  constructor(
    private readonly history: ActionHistory,
    private readonly recording: ActionRecording,
    private readonly sessions: ActionSessions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * All of it or nothing: throws `RefusedRows` with every row that the rules refuse. Answers the numbers of the new actions
   * by their place in the list.
   */
  async carryOut(manager: EntityManager, wishes: readonly Wish[], by: Caller): Promise<Map<number, string>> {
    const facts = await this.gather(manager, wishes, by);
    const drafts: Draft[] = [];
    const refusals: Refusal[] = [];
    const turns = new Turns();
    for (const wish of wishes) {
      await turns.give();
      try {
        if (wish.action) mustMatch(facts.actions.get(wish.action.id) ?? { version: 0 }, wish.action.version);
        drafts.push(draftOf(wish, facts, by));
      } catch (error) {
        refusals.push(refusalOf(wish.at, error));
      }
    }
    if (refusals.length > 0) throw new RefusedRows(refusals);
    const numbers = await this.number(manager, drafts);
    await this.write(manager, drafts);
    await this.audit.recordAll(manager, by, this.entriesOf(drafts));
    return numbers;
  }

  /** What is recorded of them in the audit trail. */
  entriesOf(drafts: readonly Draft[]): { operation: string; subject: Subject }[] {
    return drafts.flatMap(({ action, operations }) => {
      const { id, areaId, isConfidential, partyIds } = action;
      const subject = { type: 'action', id, areaId, isConfidential, partyIds };
      return operations.map((operation) => ({ operation: `action.${operation}`, subject }));
    });
  }

  private async gather(manager: EntityManager, wishes: readonly Wish[], by: Caller): Promise<Facts> {
    const locked: LockedAction[] = [];
    const ids = wishes.flatMap(({ action }) => (action ? [action.id] : []));
    for (const some of chunks(ids.toSorted())) locked.push(...(await this.history.lockAll(manager, some)));
    const actions = new Map(locked.map((action) => [action.id, action]));
    const meetings = new Map<string, string | null>();
    for (const areaId of new Set(wishes.flatMap(({ record }) => (record ? [record.input.areaId] : [])))) {
      const area = await this.recording.areaWithMeeting(manager, areaId, by.today);
      if (area) meetings.set(areaId, area.meetingId);
    }
    const meetingIds = new Set([...meetings.values(), ...locked.map(({ meetingId }) => meetingId)]);
    const first = wishes.map(dayOf).reduce((earliest, day) => (day < earliest ? day : earliest), by.today);
    const sessions = await this.sessions.ofAll(
      manager,
      [...meetingIds].filter((id) => id !== null),
      first,
    );
    return {
      actions,
      meetings,
      sessions: grouped(sessions, ({ meetingId }) => meetingId),
      histories: await this.histories(manager, wishes, actions, by.today),
      organisationIds: await this.organisations(manager, wishes),
    };
  }

  /** Whole histories only where something is entered before what was entered last. */
  private async histories(
    manager: EntityManager,
    wishes: readonly Wish[],
    actions: ReadonlyMap<string, LockedAction>,
    today: string,
  ): Promise<Map<string, HistoryRow[]>> {
    const found = new Map<string, HistoryRow[]>();
    const needed = wishes.flatMap((wish) => {
      const action = wish.action && actions.get(wish.action.id);
      const isAfter = action && dayOf(wish) >= action.lastEffectiveOn && today >= action.lastEffectiveOn;
      return action && !isAfter ? [action] : [];
    });
    for (const some of chunks(needed)) {
      for (const [id, history] of await this.history.all(manager, some)) found.set(id, history);
    }
    return found;
  }

  private async organisations(manager: EntityManager, wishes: readonly Wish[]): Promise<Set<string>> {
    const wanted = wishes.flatMap(({ record, update, edit }) => [
      record?.input.ownerId,
      ...(record?.input.coOwnerIds ?? []),
      update?.ownerId,
      ...(edit?.coOwnerIds ?? []),
    ]);
    const found = new Set<string>();
    for (const some of chunks([...new Set(wanted)].filter((id) => id !== undefined))) {
      for (const id of await choosableOf(manager, some)) found.add(id);
    }
    return found;
  }

  private async number(manager: EntityManager, drafts: readonly Draft[]): Promise<Map<number, string>> {
    const numbers = new Map<number, string>();
    const fresh = drafts.filter(({ before }) => before === null);
    for (const [areaId, own] of grouped(fresh, ({ action }) => action.areaId)) {
      const reserved = await this.recording.reserveNumbers(manager, areaId, false, own.length);
      for (const [n, { at, action }] of own.entries()) {
        action.number = reserved[n];
        numbers.set(at, reserved[n]);
      }
    }
    return numbers;
  }

  /** Writes what was worked out, without the audit trail. */
  async write(manager: EntityManager, drafts: readonly Draft[]): Promise<void> {
    const fresh = drafts.filter(({ before }) => before === null);
    const known = drafts.filter(({ before }) => before !== null);
    await insertRows(manager, 'actions', fresh.map(storedAction));
    await overwriteRows(manager, 'actions', known.map(storedAction), changedColumns(known));
    await this.writeCoOwners(manager, drafts);
    const at = this.clock.moment();
    const updates = drafts.flatMap(({ action, appended }) =>
      appended.map(({ one, told }) => fieldsOf(action.id, one, told, at)),
    );
    await insertRows(manager, 'action_updates', updates);
  }

  private async writeCoOwners(manager: EntityManager, drafts: readonly Draft[]): Promise<void> {
    const changed = drafts.filter(
      ({ action, before }) => String(action.coOwnerIds) !== String(before?.coOwnerIds ?? []),
    );
    for (const some of chunks(changed.filter(({ before }) => before !== null))) {
      const params = new Params();
      const theirs = params.list(some.map(({ action }) => action.id));
      await execute(manager, `DELETE FROM "action_co_owners" WHERE "actionId" IN (${theirs})`, params.values);
    }
    const links = changed.flatMap(({ action }) =>
      action.coOwnerIds.map((organisationId) => ({ actionId: action.id, organisationId })),
    );
    await insertRows(manager, 'action_co_owners', links);
  }
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}

/** The earliest day that a wish is about, as far as it names one. */
const dayOf = ({ record, update }: Wish): string => record?.recordedOn ?? update?.effectiveOn ?? '9999-12-31';

const storedAction = ({ action }: Draft) => {
  const { coOwnerIds: _, partyIds: __, isOriginOpen: ___, lastSequence: ____, lastEffectiveOn: _____, ...row } = action;
  return row;
};

/** The columns of which any of the actions has another value than it had. */
function changedColumns(drafts: readonly Draft[]): string[] {
  const changed = new Set<string>();
  for (const draft of drafts) {
    const before = draft.before as unknown as Record<string, unknown>;
    for (const [column, value] of Object.entries(storedAction(draft))) {
      if (value !== before[column]) changed.add(column);
    }
  }
  return [...changed];
}

function refusalOf(at: number, error: unknown): Refusal {
  if (!(error instanceof HttpException) || error.getStatus() >= 500) throw error;
  const { errors, message } = error.getResponse() as { errors?: { message: string }[]; message?: string };
  const why = errors?.map((one) => one.message).join('; ') ?? message ?? 'it is refused';
  return { at, why, isOutdated: error.getStatus() === 412 };
}
