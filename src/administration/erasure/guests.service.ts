import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import type { EntityManager } from 'typeorm';
import { Attendance } from '../../meetings/attendance/attendance.entity.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { execute, orderOf, pageOf, Params, row } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { ERASED_NAME } from '../../minutes/name-book.rules.js';
import { MinutesName } from '../../minutes/minutes-name.entity.js';
import { takeOutNames } from '../copies/copies.js';
import type { GuestErasureView, GuestListDto, GuestView } from './guests.dto.js';
import { NameOccurrences } from './name-occurrences.service.js';

const SORT = { heldOn: 's."heldOn"', name: 'natural_key(t."name")' };
const COLUMNS = `t."id", t."name", t."isListed", t."sessionId", g."name" AS "meetingName", s."heldOn", g."areaId", t."version"`;
const SHAPE = { isListed: 'boolean' } as const;
/** The key in minutes of a guest whom the attendance no longer lists. Such a row never changes, so its version is 1. */
const IS_FORMER = `n."personId" IS NULL AND n."name" IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM "attendances" x WHERE x."sessionId" = m."sessionId" AND x."guestName" = n."name")`;
const FROM = `(
    SELECT a."id", a."guestName" AS "name", a."sessionId", a."version", TRUE AS "isListed" FROM "attendances" a
    WHERE a."guestName" IS NOT NULL AND a."guestName" <> '${ERASED_NAME}'
    UNION ALL
    SELECT n."id", n."name", m."sessionId", 1, FALSE AS "isListed" FROM "minutes_names" n
    JOIN "minutes" m ON m."id" = n."minutesId" WHERE ${IS_FORMER}
  ) t JOIN "sessions" s ON s."id" = t."sessionId" JOIN "meetings" g ON g."id" = s."meetingId"`;

type Listed = Pick<GuestView, 'id' | 'name' | 'sessionId'>;

/** Attendees of sessions without an account: their names can be erased too, while every hash stays valid. */
@Injectable()
export class Guests {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly nameOccurrences: NameOccurrences,
  ) {}

  /** The guests with a name of sessions in the caller's areas, newest session first. */
  list(query: GuestListDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 's."heldOn" DESC, t."id"');
    const { reader } = this.database;
    const params = new Params();
    const conditions = [isOwn(caller, params)];
    if (query.q) conditions.push(this.database.dialect.contains(['t."name"'], query.q, params));
    const where = conditions.join(' AND ');
    return pageOf<GuestView>(reader, { select: COLUMNS, from: FROM, where, orderBy, params, shape: SHAPE }, query);
  }

  /** One guest; 404 if not in the caller's areas, or if the name has been erased. */
  async read(id: string, caller: Caller): Promise<GuestView> {
    const params = new Params();
    const sql = `SELECT ${COLUMNS} FROM ${FROM} WHERE t."id" = ${params.add(id)} AND ${isOwn(caller, params)}`;
    const guest = await row<GuestView>(this.database.reader, sql, params.values, SHAPE);
    if (!guest) throw notFound();
    return guest;
  }

  /**
   * Permanently erases the name of a guest, from the attendance and from behind its key in every version of the minutes
   * of that session, and from stored responses; returns the texts that contain it. Former versions also lose the names of
   * guests whom the attendance no longer lists, since one of them may be an earlier spelling. A guest whom it no longer
   * lists is erased alone. 404 like `read`.
   */
  async erase(id: string, version: number, by: Caller): Promise<GuestErasureView> {
    const { name, sessionId, areaId, isListed } = await this.read(id, by);
    await this.transactions.removeForGood(async (manager) => {
      if (isListed) await this.eraseListed(manager, { id, name, sessionId }, version);
      else await this.eraseFormer(manager, id, version);
      await takeOutNames(manager, { id, names: [name] });
      await this.audit.record(manager, by, 'guest.erased', { type: 'attendance', id, areaId });
    });
    return { id, places: await this.nameOccurrences.find([name], by) };
  }

  private async eraseListed(manager: EntityManager, { id, name, sessionId }: Listed, version: number): Promise<void> {
    mustMatch(await lockOne(manager, Attendance, id), version);
    await updateRow(manager, Attendance, id, { guestName: ERASED_NAME });
    await execute(
      manager,
      `UPDATE "minutes_names" SET "name" = NULL, "function" = NULL WHERE "personId" IS NULL
       AND "minutesId" IN (SELECT m."id" FROM "minutes" m WHERE m."sessionId" = $2)
       AND ("name" = $1 OR NOT EXISTS (
         SELECT 1 FROM "attendances" t WHERE t."sessionId" = $2 AND t."guestName" = "minutes_names"."name"))`,
      [name, sessionId],
    );
  }

  private async eraseFormer(manager: EntityManager, id: string, version: number): Promise<void> {
    await lockOne(manager, MinutesName, id);
    mustMatch({ version: 1 }, version);
    await execute(manager, 'UPDATE "minutes_names" SET "name" = NULL, "function" = NULL WHERE "id" = $1', [id]);
  }
}

/** SQL for "of a session in the caller's areas". */
const isOwn = (caller: Caller, params: Params): string =>
  inPermittedAreas(caller, 'erasure.read', 'g."areaId"', params);
