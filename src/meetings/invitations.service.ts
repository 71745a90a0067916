import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { ITEM_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { conflict, type FieldError, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { RowHistory } from '../platform/database/row-history.js';
import { inForce, orderOf, pageOf, Params, row, rows, type Source } from '../platform/database/rows.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { isChoosable } from '../directory/organisations/merged.conditions.js';
import { leftBefore } from '../directory/people/leaving.conditions.js';
import { Person } from '../directory/people/person.entity.js';
import { Invitation } from './invitation.entity.js';
import type { ChangeInvitationDto, CreateInvitationDto, InvitationListDto, InvitationView } from './invitations.dto.js';
import { Meeting } from './meeting.entity.js';
import { mustBePermitted, readableMeetings } from './meetings.access.js';
import { TableWelcome } from './table-welcome.service.js';

const SORT = { organisation: 'natural_key(o."name")', fromOn: 'i."fromOn"', role: 'i."role"' };
const COLUMNS = `i."id", i."meetingId", i."organisationId", o."name" AS "organisationName", i."personId",
  p."name" AS "personName", i."role", i."agendaItemId", i."fromOn", i."untilOn", i."version"`;
const FROM = `"invitations" i JOIN "meetings" m ON m."id" = i."meetingId"
  LEFT JOIN "organisations" o ON o."id" = i."organisationId" LEFT JOIN "people" p ON p."id" = i."personId"
  LEFT JOIN "agenda_items" item ON item."id" = i."agendaItemId"`;

/** An invitation for a confidential item reveals that item, so it is visible to the item's parties only. */
const known = (caller: Caller, params: Params): string =>
  `${readableMeetings(caller, params)} AND (i."agendaItemId" IS NULL OR ${knownTo(caller, 'item', ITEM_PARTIES, params)})`;

@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly former: RowHistory,
    private readonly welcome: TableWelcome,
  ) {}

  async list(meetingId: string, query: InvitationListDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(o."name"), i."id"');
    await this.mustBeReadable(meetingId, caller);
    const params = new Params();
    const conditions = [`i."meetingId" = ${params.add(meetingId)}`, known(caller, params)];
    if (query.on) conditions.push(inForce('i', params.add(query.on)));
    if (query.role) conditions.push(`i."role" = ${params.add(query.role)}`);
    return pageOf<InvitationView>(
      this.database.reader,
      { select: COLUMNS, from: FROM, where: conditions.join(' AND '), orderBy, params },
      query,
    );
  }

  create(meetingId: string, input: CreateInvitationDto, by: Caller): Promise<InvitationView> {
    return this.transactions.run(async (manager) => {
      const meeting = await this.lockMeeting(manager, meetingId, by);
      const id = await this.add(manager, meeting, input, by);
      await this.welcome.greetTable(manager, meeting, by.today);
      return this.view(manager, id, by);
    }, by.once);
  }

  /** Locks the meeting for a change of its table. 404 if hidden from the caller, 403 if they may not change it. */
  async lockMeeting(manager: EntityManager, meetingId: string, by: Caller): Promise<Meeting> {
    const meeting = await lockOne(manager, Meeting, meetingId);
    mustBePermitted(by, 'meetings.write', meeting);
    return meeting;
  }

  /** Adds a seat at a locked meeting in the caller's transaction, without a mail; returns the id. Errors as for `create`. */
  async add(manager: EntityManager, meeting: Meeting, input: CreateInvitationDto, by: Caller): Promise<string> {
    const nobody = { organisationId: null, personId: null, agendaItemId: null };
    const invitation = { ...nobody, fromOn: by.today, untilOn: null, ...input };
    await this.mustBeComplete(manager, meeting.id, invitation, true, by);
    await this.mustBeNew(manager, meeting.id, invitation);
    const id = newId();
    await this.former.keepAbsence(manager, 'invitations', id);
    await manager.insert(Invitation, { id, meetingId: meeting.id, ...invitation });
    await this.audit.record(manager, by, 'invitation.created', { type: 'invitation', id, areaId: meeting.areaId });
    return id;
  }

  change(id: string, input: ChangeInvitationDto, version: number, by: Caller): Promise<InvitationView> {
    return this.transactions.run(async (manager) => {
      await this.view(manager, id, by);
      const invitation = await lockOne(manager, Invitation, id);
      const meeting = await manager.findOneByOrFail(Meeting, { id: invitation.meetingId });
      mustBePermitted(by, 'meetings.write', meeting);
      mustMatch(invitation, version);
      const isOther = input.personId !== undefined && input.personId !== invitation.personId;
      await this.mustBeComplete(manager, meeting.id, { ...invitation, ...input }, isOther, by);
      await this.former.keep(manager, 'invitations', id, input);
      await updateRow(manager, Invitation, id, input);
      await this.welcome.greetTable(manager, meeting, by.today);
      await this.audit.record(manager, by, 'invitation.changed', { type: 'invitation', id, areaId: meeting.areaId });
      return this.view(manager, id, by);
    });
  }

  private async mustBeReadable(meetingId: string, caller: Caller): Promise<void> {
    const params = new Params();
    const sql = `SELECT 1 AS "found" FROM "meetings" m WHERE m."id" = ${params.add(meetingId)} AND ${readableMeetings(caller, params)}`;
    if (!(await row(this.database.reader, sql, params.values))) throw notFound();
  }

  private async view(source: Source, id: string, caller: Caller): Promise<InvitationView> {
    const params = new Params();
    const sql = `SELECT ${COLUMNS} FROM ${FROM} WHERE i."id" = ${params.add(id)} AND ${known(caller, params)}`;
    const found = await row<InvitationView>(source, sql, params.values);
    if (!found) throw notFound();
    return found;
  }

  private async mustBeComplete(
    manager: EntityManager,
    meetingId: string,
    invitation: Pick<Invitation, 'organisationId' | 'personId' | 'agendaItemId' | 'role' | 'fromOn' | 'untilOn'>,
    isPersonNew: boolean,
    by: Caller,
  ): Promise<void> {
    const { organisationId, personId, agendaItemId, role, fromOn, untilOn } = invitation;
    const errors: FieldError[] = [];
    if (role === 'chair' && !personId) errors.push({ field: 'personId', message: 'personId is required for a chair' });
    if (role !== 'chair' && !organisationId) {
      errors.push({ field: 'organisationId', message: 'organisationId is required for all but chairs' });
    }
    if (organisationId && !(await isChoosable(manager, organisationId))) {
      errors.push({ field: 'organisationId', message: 'organisationId is not an organisation, or has been merged' });
    }
    if (personId && !(await manager.existsBy(Person, { id: personId, active: true }))) {
      errors.push({ field: 'personId', message: 'personId is not an active person' });
    } else if (isPersonNew && role !== 'chair' && (await leftBefore(manager, invitation, by.today))) {
      errors.push({ field: 'personId', message: 'personId has left this organisation' });
    }
    if (agendaItemId && !(await isItemOf(manager, meetingId, agendaItemId, by))) {
      errors.push({ field: 'agendaItemId', message: 'agendaItemId is not an item of this meeting' });
    }
    if (untilOn && untilOn < fromOn) errors.push({ field: 'untilOn', message: `untilOn must not be before ${fromOn}` });
    if (errors.length > 0) throw invalid(errors);
  }

  /** Rejects a second invitation for the same seat on the same days. */
  private async mustBeNew(
    manager: EntityManager,
    meetingId: string,
    invitation: Pick<Invitation, 'organisationId' | 'personId' | 'agendaItemId' | 'fromOn' | 'untilOn'>,
  ): Promise<void> {
    const { organisationId, personId, agendaItemId, fromOn, untilOn } = invitation;
    const others = await rows<Pick<Invitation, 'organisationId' | 'personId' | 'agendaItemId'>>(
      manager,
      `SELECT i."organisationId", i."personId", i."agendaItemId" FROM "invitations" i
       WHERE i."meetingId" = $1 AND i."fromOn" <= $2 AND (i."untilOn" IS NULL OR i."untilOn" >= $3)`,
      [meetingId, untilOn ?? '9999-12-31', fromOn],
    );
    const isSame = (other: (typeof others)[number]) =>
      other.organisationId === organisationId && other.personId === personId && other.agendaItemId === agendaItemId;
    if (others.some(isSame)) throw conflict('ALREADY_INVITED', 'This organisation or person is already invited.');
  }
}

async function isItemOf(manager: EntityManager, meetingId: string, itemId: string, by: Caller): Promise<boolean> {
  const params = new Params();
  const sql = `SELECT 1 AS "found" FROM "agenda_items" item JOIN "sessions" s ON s."id" = item."sessionId"
    WHERE item."id" = ${params.add(itemId)} AND s."meetingId" = ${params.add(meetingId)} AND ${knownTo(by, 'item', ITEM_PARTIES, params)}`;
  return (await row(manager, sql, params.values)) !== undefined;
}
