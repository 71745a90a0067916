import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { newId } from '../../platform/common/ids.js';
import { type FieldError, forbidden, invalid } from '../../platform/common/problems.js';
import { row } from '../../platform/database/rows.js';
import { mayReadMeeting } from '../../meetings/meetings.access.js';
import { mayWrite } from '../action-access.rules.js';
import { ActionReferences, type Item } from '../references/action-references.service.js';
import { ActionSessions } from '../action-sessions.service.js';
import type { CreateActionDto } from '../actions.dto.js';
import { ActionChanges } from './action-changes.service.js';
import { missingAtFirst, type Origin, plannedNew, wantedBy } from './new-actions.rules.js';
import type { Entered } from './change-request.js';
import { partyViolations } from '../references/references.rules.js';
import type { SessionRef } from './session-refs.rules.js';
import { dueKindViolations, dependsOnSession } from '../deadlines.rules.js';

interface Recorded {
  id: string;
  areaId: string;
  isConfidential: boolean;
  partyIds: string[];
}

/** The origin of an action, before its parties are known. */
type Place = Pick<Origin, 'areaId' | 'meetingId' | 'sessionId'>;

/** Records new actions: their origin, number and first state. */
@Injectable()
export class NewActions {
  constructor(
    private readonly areas: Areas,
    private readonly sessions: ActionSessions,
    private readonly references: ActionReferences,
    private readonly changes: ActionChanges,
  ) {}

  /**
   * Records an action; in a session, owner and deadline may follow until it closes. `recordedOn`: the day it was
   * agreed.
   */
  async record(
    manager: EntityManager,
    input: CreateActionDto,
    session: SessionRef | null,
    recordedOn: string,
    by: Caller,
    entered?: Entered,
  ): Promise<Recorded> {
    const place = await this.placeOf(manager, input, session, by);
    if (!mayWrite(by, place)) throw forbidden();
    const item = input.agendaItemId
      ? await this.references.item(manager, input.agendaItemId, place.sessionId, by)
      : undefined;
    const isConfidential = input.isConfidential === true || item?.isConfidential === true;
    const partyIds = isConfidential ? [...new Set([...(item?.partyIds ?? []), ...(input.partyIds ?? [])])] : [];
    const wanted = wantedBy(input);
    const violations = [...dueKindViolations(wanted), ...confidentialViolations(input, isConfidential, item)];
    if (!session) violations.push(...missingAtFirst(input));
    if (isConfidential) violations.push(...partyViolations(partyIds, input, by));
    violations.push(...(await this.references.violations(manager, input, by)));
    if (violations.length > 0) throw invalid(violations);
    const sessions = dependsOnSession(wanted) ? await this.sessions.of(manager, place.meetingId, recordedOn) : [];
    const origin = { ...place, recordedOn, isConfidential, partyIds };
    const context = { by, sessionId: session?.id, recordedAt: entered?.at };
    const asked = { ...input, requestedById: input.requestedById ?? item?.proposedById ?? undefined };
    const change = plannedNew(asked, origin, sessions, context, entered?.newId ?? newId);
    await this.changes.write(manager, [change]);
    const { id, areaId } = change.action;
    return { id, areaId, isConfidential, partyIds };
  }

  private async placeOf(
    manager: EntityManager,
    input: CreateActionDto,
    session: SessionRef | null,
    by: Caller,
  ): Promise<Place> {
    const violation = (field: string, message: string) => invalid([{ field, message: `${field} ${message}` }]);
    if (!session && !input.meetingId) {
      if (!input.areaId) throw invalid([{ field: 'areaId', message: 'areaId is required' }, ...missingAtFirst(input)]);
      const area = await this.sessions.areaWithMeeting(manager, input.areaId, by.today);
      if (!area) throw violation('areaId', 'is not an area where actions are recorded');
      return { areaId: input.areaId, meetingId: area.meetingId, sessionId: null };
    }
    const meeting = session
      ? { id: session.meetingId, areaId: session.areaId }
      : await row<{ id: string; areaId: string }>(manager, 'SELECT "id", "areaId" FROM "meetings" WHERE "id" = $1', [
          input.meetingId!,
        ]);
    if (!meeting || !(session || mayReadMeeting(by, meeting))) throw violation('meetingId', 'is not a meeting');
    const areaId = input.areaId ?? meeting.areaId;
    if (areaId !== meeting.areaId && !(await this.areas.idsBelow(meeting.areaId, by.today, manager)).includes(areaId)) {
      throw violation('areaId', 'must be the area of the meeting or one below it');
    }
    return { areaId, meetingId: meeting.id, sessionId: session?.id ?? null };
  }
}

function confidentialViolations(input: CreateActionDto, isConfidential: boolean, item: Item | undefined): FieldError[] {
  const violations: FieldError[] = [];
  if (input.agendaItemId && !item) {
    violations.push({ field: 'agendaItemId', message: 'agendaItemId is not an item of this session' });
  }
  if (input.isConfidential === false && item?.isConfidential) {
    violations.push({ field: 'isConfidential', message: 'an action of a confidential item must be confidential' });
  }
  if (!isConfidential && input.partyIds) {
    violations.push({ field: 'partyIds', message: 'partyIds is only allowed for a confidential action' });
  }
  if (isConfidential && input.isPublic) {
    violations.push({ field: 'isPublic', message: 'a confidential action cannot be public' });
  }
  return violations;
}
