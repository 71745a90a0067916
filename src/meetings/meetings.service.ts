import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { Areas } from '../directory/areas/areas.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import { forbidden, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { RowHistory } from '../platform/database/row-history.js';
import { orderOf, pageOf, Params, row, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { lockOne } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { Invitation } from './invitation.entity.js';
import { Meeting } from './meeting.entity.js';
import { mustBePermitted, readableMeetings } from './meetings.access.js';
import type { ChangeMeetingDto, CreateMeetingDto, MeetingListDto, MeetingView } from './meetings.dto.js';
import { DEFAULT_AGENDA } from './meetings.rules.js';
import { isCurrentArea, NOT_AN_AREA } from '../directory/areas/current-areas.js';

const SORT = { name: 'natural_key(m."name")', kind: 'm."kind"', area: 'natural_key(a."name")' };
const SHAPE = {
  ...shapeOf(Meeting),
} as const;
const COLUMNS = `m."id", m."areaId", a."name" AS "areaName", m."kind", m."name", m."rhythm", m."startTime", m."durationMinutes",
  m."place", m."defaultAgenda", m."minutesForm", m."skipsHolidays", m."allowsWrittenAdoption", m."isOpenToReaders",
  coalesce(m."hasOpenAnnex", FALSE) AS "hasOpenAnnex",   m."endedOn", m."version"`;
const FROM = '"meetings" m JOIN "areas" a ON a."id" = m."areaId"';
const NOTHING_YET = { rhythm: null, startTime: null, durationMinutes: null, place: null };

/** The meeting series of the areas. */
@Injectable()
export class Meetings {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly former: RowHistory,
  ) {}

  /** A page of the meetings the caller may read. Empty for an unknown area; 400 for an unknown sort. */
  async list(query: MeetingListDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(m."name"), m."id"');
    const params = new Params();
    const conditions = [readableMeetings(caller, params)];
    if (query.area) {
      conditions.push(`m."areaId" IN (${params.list(await this.areas.idsBelow(query.area, this.clock.today()))})`);
    }
    if (query.kind) conditions.push(`m."kind" = ${params.add(query.kind)}`);
    if (query.q) conditions.push(this.database.dialect.contains(['m."name"'], query.q, params));
    return pageOf<MeetingView>(
      this.database.reader,
      { select: COLUMNS, from: FROM, where: conditions.join(' AND '), orderBy, params, shape: SHAPE },
      query,
    );
  }

  /** Adds a series, of which the caller becomes one of the chairs, in the caller's transaction; returns its id. */
  async add(manager: EntityManager, input: CreateMeetingDto, by: Caller): Promise<string> {
    await this.mustBeOwnArea(manager, input.areaId, by);
    const id = newId();
    await manager.insert(Meeting, {
      id,
      ...NOTHING_YET,
      defaultAgenda: DEFAULT_AGENDA,
      minutesForm: 'full',
      endedOn: null,
      rhythmSince: input.rhythm === undefined ? null : by.today,
      ...input,
    });
    await manager.insert(Invitation, {
      id: newId(),
      meetingId: id,
      organisationId: null,
      personId: by.personId,
      role: 'chair',
      agendaItemId: null,
      fromOn: by.today,
      untilOn: null,
    });
    await this.audit.record(manager, by, 'meeting.created', { type: 'meeting', id, areaId: input.areaId });
    return id;
  }

  /** Changes a series in the caller's transaction. */
  async alter(manager: EntityManager, id: string, input: ChangeMeetingDto, version: number, by: Caller): Promise<void> {
    const meeting = await lockOne(manager, Meeting, id);
    mustBePermitted(by, 'meetings.write', meeting);
    mustMatch(meeting, version);
    if (input.areaId !== undefined) await this.mustBeOwnArea(manager, input.areaId, by);
    const hasNewRhythm = input.rhythm !== undefined && input.rhythm !== meeting.rhythm;
    const rhythmSince = hasNewRhythm ? by.today : meeting.rhythmSince;
    await this.former.keep(manager, 'meetings', id, input);
    await updateRow(manager, Meeting, id, { ...input, rhythmSince });
    await this.audit.record(manager, by, 'meeting.changed', { type: 'meeting', id, areaId: meeting.areaId });
  }

  /** One meeting; 404 if the caller may not know it. */
  async read(id: string, caller: Caller, source: Source = this.database.reader): Promise<MeetingView> {
    const params = new Params();
    const ofTheirs = `EXISTS (SELECT 1 FROM "sessions" own WHERE own."meetingId" = m."id" AND own."id" IN (${params.list(caller.sessionIds)}))`;
    const found = await row<MeetingView>(
      source,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE m."id" = ${params.add(id)}
         AND (${readableMeetings(caller, params)} OR ${ofTheirs})`,
      params.values,
      SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  private async mustBeOwnArea(manager: EntityManager, areaId: string, by: Caller): Promise<void> {
    if (!(await isCurrentArea(manager, areaId))) throw invalid([NOT_AN_AREA]);
    if (!isPermittedIn(by, 'meetings.write', areaId)) throw forbidden();
  }
}
