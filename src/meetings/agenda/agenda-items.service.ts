import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedAt } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { row } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { choosableOf } from '../../directory/organisations/merged.conditions.js';
import { AgendaItem } from './agenda-item.entity.js';
import { AgendaItemViews } from './agenda-item-views.service.js';
import { agendaItemViolation, orderAfterMove } from './agenda-items.rules.js';
import type { AcceptanceDto, AgendaItemView, ChangeAgendaItemDto, CreateAgendaItemDto } from './agenda-items.dto.js';
import { Agenda } from './agenda.service.js';
import { mustNotBeAdopted } from '../adopted-minutes.js';
import { Meeting } from '../meeting.entity.js';
import { mayReadSession } from '../meetings.access.js';
import { Participants } from '../participants.service.js';
import { Session } from '../session.entity.js';
import { holdItem, partyViolation } from './held-items.js';
import { isOnAgenda } from './item-states.rules.js';

/** Operations on agenda items: propose or add, accept or decline, edit, move. */
@Injectable()
export class AgendaItems {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly agenda: Agenda,
    private readonly views: AgendaItemViews,
    private readonly participants: Participants,
  ) {}

  /** Chairs of the area, and those named for the session, add an accepted item; partners at the table propose one before the session. */
  add(sessionId: string, input: CreateAgendaItemDto, by: Caller): Promise<AgendaItemView> {
    return this.transactions.run((manager) => this.addWithin(manager, sessionId, input, by), by.once);
  }

  /** The same inside the caller's transaction. */
  async addWithin(
    manager: EntityManager,
    sessionId: string,
    input: CreateAgendaItemDto,
    by: Caller,
  ): Promise<AgendaItemView> {
    const { title, kind = 'topic', isConfidential = false, partyIds = [], plannedMinutes } = input;
    const session = await lockOne(manager, Session, sessionId);
    const meeting = await manager.findOneByOrFail(Meeting, { id: session.meetingId });
    if (!mayReadSession(by, session, meeting)) throw notFound();
    const isChair = isPermittedAt(by, 'sessions.write', { id: sessionId, areaId: meeting.areaId });
    if (!isChair && !by.meetingIds.includes(meeting.id)) throw forbidden();
    mustTakeItems(session, isChair);
    const seat = isChair ? null : await this.ownSeat(manager, meeting, by);
    const proposedById = input.proposedById ?? seat;
    await this.mustBeComplete(manager, { ...input, proposedById }, isChair ? 'anyone' : seat, by);
    const state = isChair ? 'accepted' : 'proposed';
    const fields = {
      kind,
      title,
      state,
      proposedById,
      carriedFromId: null,
      isConfidential,
      partyIds,
      plannedMinutes,
    } as const;
    const id = await this.agenda.add(manager, sessionId, fields);
    await this.audit.record(manager, by, isChair ? 'agenda_item.added' : 'agenda_item.proposed', {
      type: 'agenda_item',
      id,
      areaId: meeting.areaId,
      isConfidential,
      partyIds,
    });
    return this.views.one(manager, id, by);
  }

  /** Changes the text, outcome or position of an item; notes and decisions only while the session is open. */
  change(id: string, input: ChangeAgendaItemDto, version: number, by: Caller): Promise<AgendaItemView> {
    const { position, ...fields } = input;
    return this.transactions.run(async (manager) => {
      const { item, session, subject } = await holdItem(manager, id, 'sessions.write', by);
      mustMatch(item, version);
      await mustNotBeAdopted(manager, session);
      if (fields.proposedById) await mustBeOrganisation(manager, fields.proposedById);
      const violation = agendaItemViolation(input, item, session.state);
      if (violation) throw conflict(violation.code, violation.detail);
      await updateRow(manager, AgendaItem, id, fields);
      if (position !== undefined) await this.move(manager, item, position, by);
      await this.audit.record(manager, by, 'agenda_item.changed', subject);
      return this.views.one(manager, id, by);
    });
  }

  /** Accepts or declines a proposal; repeating the same answer has no effect. */
  answer(id: string, input: AcceptanceDto, version: number, by: Caller): Promise<AgendaItemView> {
    if (!input.isAccepted && input.reason === undefined) {
      throw invalid([{ field: 'reason', message: 'reason is required when an item is declined' }]);
    }
    const state = input.isAccepted ? 'accepted' : 'declined';
    const declineReason = input.isAccepted ? null : input.reason!;
    return this.transactions.run(async (manager) => {
      const { item, session, subject } = await holdItem(manager, id, 'sessions.write', by);
      mustMatch(item, version);
      if (item.state === state && item.declineReason === declineReason) return this.views.one(manager, id, by);
      if (session.state !== 'planned' && session.state !== 'open') {
        throw conflict('SESSION_CLOSED', 'This session is closed or cancelled.');
      }
      if (isOnAgenda(item)) {
        throw conflict('ITEM_NOT_PROPOSED', 'Only proposed items can be accepted or declined.');
      }
      await mustNotBeCarried(manager, id);
      await updateRow(manager, AgendaItem, id, { state, declineReason });
      await this.agenda.renumber(manager, session.id, input.isAccepted ? id : undefined);
      await this.audit.record(manager, by, `agenda_item.${state}`, subject);
      return this.views.one(manager, id, by);
    });
  }

  private async move(manager: EntityManager, item: AgendaItem, place: number, by: Caller): Promise<void> {
    const placed = await this.agenda.inOrder(manager, item.sessionId);
    const known = new Set(await this.views.knownIds(manager, item.sessionId, by));
    const ids = placed.map(({ id }) => id);
    const order = orderAfterMove(ids, item.id, place, (id) => known.has(id));
    const byId = new Map(placed.map((one) => [one.id, one]));
    await this.agenda.place(
      manager,
      order.map((id) => byId.get(id)!),
    );
    await this.agenda.renumber(manager, item.sessionId);
  }

  /** The organisation the caller represents at the table, else their first one. */
  private async ownSeat(manager: EntityManager, meeting: Meeting, by: Caller): Promise<string | null> {
    const expected = await this.participants.of(manager, meeting.id, meeting.areaId, by.today);
    const seat = expected.find(({ personId }) => personId === by.personId)?.organisationId;
    return seat ?? by.memberOfIds[0] ?? null;
  }

  private async mustBeComplete(
    manager: EntityManager,
    item: { proposedById: string | null; isConfidential?: boolean; partyIds?: string[] },
    seat: 'anyone' | string | null,
    by: Caller,
  ): Promise<void> {
    const { proposedById, isConfidential = false, partyIds = [] } = item;
    const errors: FieldError[] = [];
    const named = [...new Set([...partyIds, ...(proposedById ? [proposedById] : [])])];
    const found = await choosableOf(manager, named);
    const proposers = seat === 'anyone' ? found : [seat, ...by.memberOfIds];
    if (proposedById !== null && !proposers.includes(proposedById)) {
      const whose = seat === 'anyone' ? 'an' : 'your';
      errors.push({ field: 'proposedById', message: `proposedById is not ${whose} organisation` });
    }
    const areChoosable = partyIds.every((id) => found.includes(id));
    const violation =
      isConfidential || !areChoosable
        ? partyViolation(partyIds, areChoosable, by)
        : partyIds.length > 0 && { field: 'partyIds', message: 'only confidential items have parties' };
    if (violation) errors.push(violation);
    if (errors.length > 0) throw invalid(errors);
  }
}

async function mustBeOrganisation(manager: EntityManager, id: string): Promise<void> {
  if ((await choosableOf(manager, [id])).length > 0) return;
  throw invalid([{ field: 'proposedById', message: 'proposedById is not an organisation' }]);
}

function mustTakeItems(session: Session, isChair: boolean): void {
  if (session.state === 'planned' || (isChair && session.state === 'open')) return;
  throw conflict('SESSION_NOT_PLANNED', 'Items can no longer be added to the agenda of this session.');
}

/** Once a session was closed, its unanswered proposals are on the agenda of the next one, even if it is reopened. */
async function mustNotBeCarried(manager: EntityManager, id: string): Promise<void> {
  const later = await row<{ heldOn: string }>(
    manager,
    `SELECT s."heldOn" FROM "agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId"
     WHERE i."carriedFromId" = $1 AND s."state" <> 'cancelled'`,
    [id],
  );
  if (later) throw conflict('ITEM_CARRIED', `This item is now on the agenda of ${later.heldOn}.`);
}
