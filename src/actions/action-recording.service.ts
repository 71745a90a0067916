import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Areas } from '../directory/areas/areas.service.js';
import { newId } from '../platform/common/ids.js';
import { type FieldError, forbidden, invalid } from '../platform/common/problems.js';
import { execute, row, type Source } from '../platform/database/rows.js';
import { insertRow } from '../platform/database/writes.js';
import { ActionHistory } from './action-history.service.js';
import { ActionReferences, type Item, partyGaps } from './action-references.service.js';
import { ActionSessions, type Sitting } from './action-sessions.service.js';
import { applyChange, isComplete } from './actions.rules.js';
import type { ActionState, Change } from './action-update.entity.js';
import type { CreateActionDto } from './actions.dto.js';
import { deadlineMistakes } from './deadlines.rules.js';

export interface Recorded {
  id: string;
  areaId: string;
  isConfidential: boolean;
  partyIds: string[];
}

interface Origin {
  areaId: string;
  meetingId: string | null;
  session: Sitting | null;
}

/** Makes new actions: where they come from, their number, their first state. */
@Injectable()
export class ActionRecording {
  constructor(
    private readonly areas: Areas,
    private readonly sessions: ActionSessions,
    private readonly references: ActionReferences,
    private readonly history: ActionHistory,
  ) {}

  /** Records an action; with a session it may lack owner and deadline until that closes. `recordedOn`: the day it was agreed. */
  async record(
    manager: EntityManager,
    input: CreateActionDto,
    session: Sitting | null,
    recordedOn: string,
    by: Caller,
  ): Promise<Recorded> {
    const origin = await this.originOf(manager, input, session, by);
    if (!isPermittedIn(by, 'actions.write', origin.areaId)) throw forbidden();
    const item = input.agendaItemId
      ? await this.references.item(manager, input.agendaItemId, session?.id ?? null, by)
      : undefined;
    const isConfidential = input.isConfidential === true || item?.isConfidential === true;
    const partyIds = isConfidential ? [...new Set([...(item?.partyIds ?? []), ...(input.partyIds ?? [])])] : [];
    const blank = blankOf(input, origin.areaId, isConfidential, recordedOn);
    const wanted = wantedBy(input);
    const gaps = [...deadlineMistakes(wanted), ...confidentialGaps(input, isConfidential, item)];
    if (!session && !isComplete({ ...blank, ownerId: input.ownerId ?? null, dueKind: wanted.dueKind ?? null })) {
      gaps.push(...missing(input, wanted));
    }
    if (isConfidential) gaps.push(...partyGaps(partyIds, input, by));
    gaps.push(...(await this.references.gaps(manager, input, by)));
    if (gaps.length > 0) throw invalid(gaps);
    const change = await this.sessions.filledIn(manager, origin.meetingId, wanted, recordedOn);
    const { state } = applyChange(blank, change, { effectiveOn: recordedOn, isAtOrigin: true });
    const id = await this.insert(manager, input, origin, state);
    for (const organisationId of state.coOwnerIds) {
      await insertRow(manager, 'action_co_owners', { actionId: id, organisationId });
    }
    for (const organisationId of partyIds) await insertRow(manager, 'action_parties', { actionId: id, organisationId });
    await this.history.begin(manager, id, state, { by, sessionId: session?.id });
    return { id, areaId: origin.areaId, isConfidential, partyIds };
  }

  private async insert(
    manager: EntityManager,
    input: CreateActionDto,
    origin: Origin,
    { coOwnerIds: _, ...state }: ActionState,
  ): Promise<string> {
    const id = newId();
    const [number] = await this.reserveNumbers(manager, state.areaId, state.isConfidential, 1);
    const fields = fieldsOfNew(input, origin.meetingId, origin.session?.id ?? null);
    await insertRow(manager, 'actions', { id, number, ...fields, ...state });
    return id;
  }

  /**
   * The next numbers of an area: `BOS-12`, or `BOS-V3` in the series of the confidential ones. The area stays locked, so no
   * number is given twice.
   */
  async reserveNumbers(
    manager: EntityManager,
    areaId: string,
    isConfidential: boolean,
    count: number,
  ): Promise<string[]> {
    const counter = isConfidential ? 'lastConfidentialNumber' : 'lastActionNumber';
    await execute(manager, `UPDATE "areas" SET "${counter}" = "${counter}" + $1 WHERE "id" = $2`, [count, areaId]);
    const area = await row<{ code: string; last: number }>(
      manager,
      `SELECT "code", "${counter}" AS "last" FROM "areas" WHERE "id" = $1`,
      [areaId],
    );
    const { code, last } = area!;
    return Array.from({ length: count }, (_, n) => `${code}-${isConfidential ? 'V' : ''}${last - count + 1 + n}`);
  }

  private async originOf(
    manager: EntityManager,
    input: CreateActionDto,
    session: Sitting | null,
    by: Caller,
  ): Promise<Origin> {
    const gap = (field: string, message: string) => invalid([{ field, message: `${field} ${message}` }]);
    if (!session && !input.meetingId) {
      if (!input.areaId)
        throw invalid([{ field: 'areaId', message: 'areaId must name the area' }, ...missing(input, wantedBy(input))]);
      const area = await this.areaWithMeeting(manager, input.areaId, by.today);
      if (!area) throw gap('areaId', 'is not an area where actions are recorded');
      return { areaId: input.areaId, meetingId: area.meetingId, session: null };
    }
    const meeting = session
      ? { id: session.meetingId, areaId: session.areaId }
      : await row<{ id: string; areaId: string }>(manager, 'SELECT "id", "areaId" FROM "meetings" WHERE "id" = $1', [
          input.meetingId!,
        ]);
    if (!meeting) throw gap('meetingId', 'is not a meeting');
    const areaId = input.areaId ?? meeting.areaId;
    if (areaId !== meeting.areaId && !(await this.areas.idsBelow(meeting.areaId, by.today, manager)).includes(areaId)) {
      throw gap('areaId', 'must be the area of the meeting or one below it');
    }
    return { areaId, meetingId: meeting.id, session };
  }

  /** An area that was not merged into another, with its meeting: that of the professionals first. */
  areaWithMeeting(source: Source, areaId: string, today: string) {
    return row<{ meetingId: string | null }>(
      source,
      `SELECT (SELECT m."id" FROM "meetings" m WHERE m."areaId" = a."id" AND (m."endedOn" IS NULL OR m."endedOn" >= $2)
         ORDER BY CASE m."kind" WHEN 'professionals' THEN 0 ELSE 1 END, m."id" LIMIT 1) AS "meetingId"
       FROM "areas" a WHERE a."id" = $1 AND a."mergedIntoId" IS NULL`,
      [areaId, today],
    );
  }
}

const BLANK: Omit<
  ActionState,
  'title' | 'areaId' | 'theme' | 'coOwnerIds' | 'isPublic' | 'isConfidential' | 'recordedOn'
> = {
  status: 'open',
  statusReason: null,
  resumeOn: null,
  ownerId: null,
  ownerPersonId: null,
  dueKind: null,
  dueOn: null,
  originalDueOn: null,
  postponements: 0,
  checkOn: null,
  realisation: null,
  result: null,
  resultSize: null,
  doneOn: null,
  closedOn: null,
  isHandedBack: false,
  isWithdrawn: false,
};

/** A new action before its owner and deadline. */
export function blankOf(
  input: CreateActionDto,
  areaId: string,
  isConfidential: boolean,
  recordedOn: string,
): ActionState {
  const { title, theme = null, isPublic = false, coOwnerIds = [] } = input;
  return { ...BLANK, title, areaId, theme, isPublic, isConfidential, coOwnerIds, recordedOn };
}

/** What an action has beside its state and its number, as it is stored. */
export const fieldsOfNew = (input: CreateActionDto, meetingId: string | null, sessionId: string | null) => ({
  details: input.details ?? null,
  meetingId,
  sessionId,
  agendaItemId: input.agendaItemId ?? null,
  requestedById: input.requestedById ?? null,
  reference: input.reference ?? null,
  followsOnId: input.followsOnId ?? null,
  goalId: input.goalId ?? null,
  opgaveId: input.opgaveId ?? null,
  contribution: input.contribution ?? null,
  publicText: input.publicText ?? null,
  expectedResult: input.expectedResult ?? null,
});

/** Owner and deadline, of which a first state is made. */
export function wantedBy({ ownerId, ownerPersonId, dueKind, dueOn, checkOn }: CreateActionDto): Change {
  return { ownerId, ownerPersonId, dueKind: dueKind ?? (dueOn ? 'date' : undefined), dueOn, checkOn };
}

function missing(input: CreateActionDto, wanted: Change): FieldError[] {
  const gaps: FieldError[] = [];
  if (!input.ownerId) gaps.push({ field: 'ownerId', message: 'ownerId must name who does it' });
  if (!wanted.dueKind)
    gaps.push({ field: 'dueOn', message: 'dueOn, or another dueKind, must say when it is to be done' });
  return gaps;
}

function confidentialGaps(input: CreateActionDto, isConfidential: boolean, item: Item | undefined): FieldError[] {
  const gaps: FieldError[] = [];
  if (input.agendaItemId && !item) {
    gaps.push({ field: 'agendaItemId', message: 'agendaItemId is not an item of this session' });
  }
  if (input.isConfidential === false && item?.isConfidential) {
    gaps.push({ field: 'isConfidential', message: 'an action of a confidential item is confidential' });
  }
  if (!isConfidential && input.partyIds) {
    gaps.push({ field: 'partyIds', message: 'partyIds belongs to a confidential action' });
  }
  if (isConfidential && input.isPublic) {
    gaps.push({ field: 'isPublic', message: 'a confidential action is never public' });
  }
  return gaps;
}
