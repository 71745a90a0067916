import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { AgendaItem } from './agenda-item.entity.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { AgendaItemListDto, AgendaItemView } from './agenda-items.dto.js';
import { paperCount } from './papers-of-items.js';
import { readableNotes, readableSession, readableSessions, type SessionOrId } from '../meetings.access.js';
import { isOnAgendaSql } from './item-states.rules.js';

const SHAPE = { ...shapeOf(AgendaItem), partyIds: 'json' } as const;
const FROM = `"agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"
  LEFT JOIN "organisations" o ON o."id" = i."proposedById"`;

/**
 * The columns of an item; its position counts only items visible to the caller, so that no gap reveals others. Until
 * its minutes have been sent, only those who write in the session see what was said and decided about it.
 */
function columns(source: Source, caller: Caller, params: Params): string {
  const isTold = readableNotes(caller, params);
  const papers = paperCount('i', (earlier) => knownTo(caller, earlier, ITEM_PARTIES, params));
  const parties = dialectOf(source).jsonList('party."organisationId"');
  return `i."id", i."sessionId", i."number",
    (SELECT count(*) FROM "agenda_items" other WHERE other."sessionId" = i."sessionId"
      AND (other."position" < i."position" OR (other."position" = i."position" AND other."id" <= i."id"))
      AND ${knownTo(caller, 'other', ITEM_PARTIES, params)}) AS "position",
    i."kind", i."title", CASE WHEN ${isTold} THEN i."notes" END AS "notes", CASE WHEN ${isTold} THEN i."decision" END AS "decision",
    CASE WHEN NOT ${isOnAgendaSql('i')} OR ${isTold} THEN i."state" ELSE 'accepted' END AS "state", i."proposedById", o."name" AS "proposedByName",
    i."plannedMinutes", ${papers} AS "fileCount", i."declineReason", i."isConfidential",
    (SELECT origin."id" FROM "agenda_items" origin WHERE origin."id" = i."carriedFromId"
      AND ${knownTo(caller, 'origin', ITEM_PARTIES, params)}) AS "carriedFromId",
    (SELECT ${parties} FROM "agenda_item_parties" party WHERE party."agendaItemId" = i."id") AS "partyIds", i."version"`;
}

/** Views of agenda items for a caller; records in the audit trail who reads confidential ones. */
@Injectable()
export class AgendaItemViews {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** The items of a session in agenda order. */
  async list(ref: SessionOrId, query: AgendaItemListDto, caller: Caller) {
    if (query.sort !== undefined && query.sort !== 'position') {
      throw invalid([{ field: 'sort', message: 'sort must be one of position' }]);
    }
    const session = await readableSession(this.database.reader, ref, caller);
    const params = new Params();
    const conditions = [`i."sessionId" = ${params.add(session.id)}`, knownTo(caller, 'i', ITEM_PARTIES, params)];
    if (query.state) conditions.push(`i."state" = ${params.add(query.state)}`);
    const page = await pageOf<AgendaItemView>(
      this.database.reader,
      {
        select: columns(this.database.reader, caller, params),
        from: FROM,
        where: conditions.join(' AND '),
        orderBy: 'i."position", i."id"',
        params,
        shape: SHAPE,
      },
      query,
    );
    const { items } = page;
    if (items.some(({ isConfidential }) => isConfidential)) {
      const partyIds = items.filter((item) => item.isConfidential).flatMap((item) => item.partyIds);
      await this.noteReading(caller, { type: 'session', id: session.id, areaId: session.areaId, partyIds });
    }
    return page;
  }

  /** One item, to be read; 404 if the caller may not know it. */
  async read(id: string, caller: Caller): Promise<AgendaItemView> {
    const item = await this.one(this.database.reader, id, caller);
    if (item.isConfidential) {
      const { areaId } = await readableSession(this.database.reader, item.sessionId, caller);
      await this.noteReading(caller, { type: 'agenda_item', id, areaId, partyIds: item.partyIds });
    }
    return item;
  }

  /** One item as returned by changes; 404 if the caller may not know it. */
  async one(source: Source, id: string, caller: Caller): Promise<AgendaItemView> {
    const params = new Params();
    const select = columns(source, caller, params);
    const found = await row<AgendaItemView>(
      source,
      `SELECT ${select} FROM ${FROM} WHERE i."id" = ${params.add(id)}
         AND ${readableSessions(caller, params)} AND ${knownTo(caller, 'i', ITEM_PARTIES, params)}`,
      params.values,
      SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  async knownIds(source: Source, sessionId: string, caller: Caller): Promise<string[]> {
    const params = new Params();
    const sql = `SELECT i."id" FROM "agenda_items" i WHERE i."sessionId" = ${params.add(sessionId)} AND ${knownTo(caller, 'i', ITEM_PARTIES, params)}`;
    return (await rows<{ id: string }>(source, sql, params.values)).map(({ id }) => id);
  }

  /** Reading confidential text is recorded once per request: who, what and when, never the text itself. */
  private noteReading(
    caller: Caller,
    subject: { type: string; id: string; areaId: string; partyIds: string[] },
  ): Promise<void> {
    return this.transactions.run((manager) =>
      this.audit.record(manager, caller, 'agenda_item.read', { ...subject, isConfidential: true }),
    );
  }
}
