import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { choosableOf } from '../../directory/organisations/merged.conditions.js';
import { grouped } from '../../platform/common/grouped.js';
import { flatInTurns, LongTask } from '../../platform/common/long-task.js';
import { chunks, Params, rows } from '../../platform/database/rows.js';
import { ActionHistory, type LockedAction } from '../history/action-history.service.js';
import { ActionReferences } from '../references/action-references.service.js';
import { ActionSessions } from '../action-sessions.service.js';
import { dependsOnSession, isCheckAnswered, type Planned } from '../deadlines.rules.js';
import { askedBy, type HistoryRow } from '../history/history.rules.js';
import { lastRowOf } from '../history/action-state.js';
import type { ChangeFacts, ChangeRequest } from './change-request.js';
import { editedOn, namedIn } from './edits.rules.js';
import { dayOf, meetingOf, noteKey, referencesOf, sessionOf } from './planned-changes.rules.js';
import type { References } from '../references/references.rules.js';
import type { SessionRef } from './session-refs.rules.js';

/** A request with its action, and the days of its changes. */
interface DatedRequest {
  request: ChangeRequest;
  action: LockedAction | undefined;
  updatedOn: string | undefined;
  editedOn: string | undefined;
}

type Meetings = ReadonlyMap<string, string | null>;

/**
 * Reads the facts against which requests are validated: a fixed number of statements for thousands of requests, and for
 * a single one no statement that it does not need.
 */
@Injectable()
export class ChangeFactsService {
  constructor(
    private readonly history: ActionHistory,
    private readonly references: ActionReferences,
    private readonly sessions: ActionSessions,
  ) {}

  /** Locks sessions before actions, and each in the order of their ids, so that concurrent calls do not deadlock. */
  async gather(manager: EntityManager, requests: readonly ChangeRequest[]): Promise<ChangeFacts> {
    const sessions = await this.heldSessions(manager, requests);
    const actions = await this.lockedActions(manager, requests);
    const dated: DatedRequest[] = [];
    const turns = new LongTask();
    for (const request of requests) {
      dated.push(datedOf(request, actions, sessions));
      await turns.yieldToEventLoop();
    }
    const meetings = await this.meetings(manager, requests);
    const histories = await this.histories(manager, dated);
    return {
      sessions,
      actions,
      meetings,
      histories,
      planned: await this.planned(manager, dated, meetings),
      notes: await this.notes(manager, requests),
      successors: await successorsOf(manager, dated),
      known: await this.known(manager, dated, histories),
    };
  }

  private async heldSessions(
    manager: EntityManager,
    requests: readonly ChangeRequest[],
  ): Promise<Map<string, SessionRef>> {
    const ids = [...new Set(requests.flatMap(({ update }) => update?.sessionId ?? []))];
    return ids.length === 0 ? new Map() : this.sessions.holdAll(manager, ids);
  }

  private async lockedActions(
    manager: EntityManager,
    requests: readonly ChangeRequest[],
  ): Promise<Map<string, LockedAction>> {
    const locked: LockedAction[] = [];
    const ids = [...new Set(requests.flatMap(({ action }) => action?.id ?? []))];
    const turns = new LongTask();
    for (const some of chunks(ids.toSorted())) {
      locked.push(...(await this.history.lockAll(manager, some)));
      await turns.yieldToEventLoop();
    }
    return new Map(locked.map((action) => [action.id, action]));
  }

  private async meetings(manager: EntityManager, requests: readonly ChangeRequest[]): Promise<Meetings> {
    const meetings = new Map<string, string | null>();
    for (const { record, by } of requests) {
      if (!record || meetings.has(record.input.areaId)) continue;
      const area = await this.sessions.areaWithMeeting(manager, record.input.areaId, by.today);
      if (area) meetings.set(record.input.areaId, area.meetingId);
    }
    return meetings;
  }

  /** Full histories, only for actions with an entry dated before their last one. */
  private async histories(manager: EntityManager, dated: readonly DatedRequest[]): Promise<Map<string, HistoryRow[]>> {
    const needed = dated.flatMap(({ action, ...days }) =>
      action && [days.updatedOn, days.editedOn].some((day) => day !== undefined && day < action.lastEffectiveOn)
        ? [action]
        : [],
    );
    const found = new Map<string, HistoryRow[]>();
    const turns = new LongTask();
    for (const some of chunks(needed)) {
      await turns.yieldToEventLoop();
      for (const [id, history] of await this.history.all(manager, some)) found.set(id, history);
    }
    return found;
  }

  /** The sessions of the meetings on whose next session a requested deadline or check date depends. */
  private async planned(
    manager: EntityManager,
    dated: readonly DatedRequest[],
    meetings: Meetings,
  ): Promise<Map<string, Planned[]>> {
    const wanted = await flatInTurns(dated, (one) => sessionsNeededBy(one, meetings));
    const ids = [...new Set(wanted.map(({ meetingId }) => meetingId))];
    if (ids.length === 0) return new Map();
    const first = wanted.map(({ day }) => day).reduce((earliest, day) => (day < earliest ? day : earliest));
    return grouped(await this.sessions.ofAll(manager, ids, first), ({ meetingId }) => meetingId);
  }

  private async notes(manager: EntityManager, requests: readonly ChangeRequest[]): Promise<Map<string, string>> {
    const said = requests.filter(({ update }) => update?.sessionId && !update.reason);
    const notes = new Map<string, string>();
    for (const some of chunks(said)) {
      const params = new Params();
      const sessions = params.list([...new Set(some.map(({ update }) => update!.sessionId!))]);
      const actions = params.list(some.flatMap(({ action }) => action?.id ?? []));
      const found = await rows<{ sessionId: string; actionId: string; note: string }>(
        manager,
        `SELECT "sessionId", "actionId", "note" FROM "discussions"
         WHERE "sessionId" IN (${sessions}) AND "actionId" IN (${actions}) AND "note" IS NOT NULL`,
        params.values,
      );
      for (const { sessionId, actionId, note } of found) notes.set(noteKey(sessionId, actionId), note);
    }
    return notes;
  }

  private async known(
    manager: EntityManager,
    dated: readonly DatedRequest[],
    histories: ReadonlyMap<string, HistoryRow[]>,
  ) {
    const all = await flatInTurns(dated, (one) =>
      wantedOf(one, histories).map((wanted) => ({ wanted, by: one.request.by })),
    );
    return this.references.known(manager, all);
  }
}

/**
 * Of the organisations that did, or know of, an action that is closed and may be reopened. Those that have not been merged
 * are locked, so that a merger either comes before this or finds the reopened action.
 */
async function successorsOf(
  manager: EntityManager,
  dated: readonly DatedRequest[],
): Promise<ChangeFacts['successors']> {
  const ids = dated.flatMap(({ request, action }) =>
    request.update && action?.closedOn ? organisationsOf(action) : [],
  );
  const successors = new Map<string, { id: string; name: string }>();
  for (const some of chunks([...new Set(ids)])) {
    const present = new Set(await choosableOf(manager, some));
    const merged = some.filter((id) => !present.has(id));
    if (merged.length === 0) continue;
    const params = new Params();
    const found = await rows<{ mergedId: string; id: string; name: string }>(
      manager,
      `SELECT o."id" AS "mergedId", i."id", i."name" FROM "organisations" o JOIN "organisations" i ON i."id" = o."mergedIntoId"
       WHERE o."id" IN (${params.list(merged)})`,
      params.values,
    );
    for (const { mergedId, id, name } of found) successors.set(mergedId, { id, name });
  }
  return successors;
}

const organisationsOf = ({ ownerId, coOwnerIds, partyIds }: LockedAction): string[] => [
  ...(ownerId ? [ownerId] : []),
  ...coOwnerIds,
  ...partyIds,
];

function datedOf(
  request: ChangeRequest,
  actions: ReadonlyMap<string, LockedAction>,
  sessions: ReadonlyMap<string, SessionRef>,
): DatedRequest {
  const { by, update, edit } = request;
  const action = request.action && actions.get(request.action.id);
  return {
    request,
    action,
    updatedOn: action && update && dayOf(action, update, sessionOf(request, { sessions }), by),
    editedOn: action && edit && editedOn(action, by),
  };
}

function sessionsNeededBy(
  { request, action, updatedOn }: DatedRequest,
  meetings: Meetings,
): { meetingId: string; day: string }[] {
  const { record, update } = request;
  const found: { meetingId: string; day: string }[] = [];
  const add = (meetingId: string | null | undefined, day: string) => meetingId && found.push({ meetingId, day });
  if (record && (dependsOnSession(record.input) || update)) add(meetings.get(record.input.areaId), record.recordedOn);
  if (!action || !update || updatedOn === undefined) return found;
  const asked = askedBy(update);
  if (dependsOnSession(asked) || isCheckAnswered(action, asked, updatedOn)) add(meetingOf(action), updatedOn);
  return found;
}

function wantedOf(
  { request, action, updatedOn }: DatedRequest,
  histories: ReadonlyMap<string, HistoryRow[]>,
): References[] {
  const { record, update, edit } = request;
  const wanted: References[] = record ? [record.input] : [];
  if (action && update && updatedOn) {
    wanted.push(referencesOf(update, histories.get(action.id) ?? [lastRowOf(action)], updatedOn));
  } else if (update) {
    wanted.push(update);
  }
  if (action && edit) wanted.push(namedIn(action, edit));
  return wanted;
}
