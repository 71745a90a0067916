import { Injectable } from '@nestjs/common';
import type { Caller, Subject } from '../../platform/access/caller.js';
import { ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Audit } from '../../platform/audit/audit.service.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { conflict, forbidden, invalid } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { AgendaItem } from '../../meetings/agenda/agenda-item.entity.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { Minutes } from '../minutes.entity.js';
import type { VisibleMinutes } from '../minutes-visibility.js';
import { MinutesService } from '../minutes.service.js';
import type { CreateRemarkDto, RemarkView } from './remarks.dto.js';
import { VersionWriter } from '../version-writer.service.js';
import { isOnAgendaSql } from '../../meetings/agenda/item-states.rules.js';

const SELECT = `e."id", m."sessionId", e."itemNumber", e."text", e."kind" = 'objection' AS "isObjection", p."name" AS "by", e."at"`;
const FROM = `"minutes_events" e JOIN "minutes" m ON m."id" = e."minutesId" LEFT JOIN "people" p ON p."id" = e."byId"`;
const SHAPE = { isObjection: 'boolean' } as const;

/** The participants' remarks on sent minutes; shown when the minutes are to be adopted. */
@Injectable()
export class Remarks {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly minutes: MinutesService,
    private readonly versions: VersionWriter,
    private readonly audit: Audit,
  ) {}

  async list(sessionId: string, query: PagingDto, caller: Caller) {
    const minutes = await this.minutes.visible(this.database.reader, sessionId, caller);
    mustBeAtTable(minutes, caller);
    const orderBy = orderOf(query.sort, { at: 'e."at"' }, 'e."id"');
    const params = new Params();
    const where = `e."minutesId" = ${params.add(minutes.id)} AND ${readable(caller, params)}`;
    const page = await pageOf<RemarkView>(
      this.database.reader,
      { select: SELECT, from: FROM, where, orderBy, params, shape: SHAPE },
      query,
    );
    await this.logConfidential(page.items, { type: 'minutes', id: minutes.id, areaId: minutes.areaId }, caller);
    return page;
  }

  /** Records in the audit trail that remarks on confidential items were read; nothing if there are none. */
  async logConfidential(read: readonly RemarkView[], subject: Subject, caller: Caller): Promise<void> {
    if (!read.some(({ itemNumber }) => itemNumber !== null && isConfidentialNumber(itemNumber))) return;
    await this.transactions.run((manager) =>
      this.audit.record(manager, caller, 'remarks.confidential_read', { ...subject, isConfidential: true }),
    );
  }

  /** All remarks on these minutes visible to the caller, oldest first, by the id of the minutes. */
  async of(source: Source, minutesIds: readonly string[], caller: Caller): Promise<Map<string, RemarkView[]>> {
    const params = new Params();
    const found = await rows<RemarkView & { minutesId: string }>(
      source,
      `SELECT e."minutesId", ${SELECT} FROM ${FROM}
       WHERE e."minutesId" IN (${params.list(minutesIds)}) AND ${readable(caller, params)} ORDER BY e."id"`,
      params.values,
      SHAPE,
    );
    const remarks = new Map<string, RemarkView[]>();
    for (const { minutesId, ...remark } of found) remarks.set(minutesId, [...(remarks.get(minutesId) ?? []), remark]);
    return remarks;
  }

  /** Adds a remark; 409 before the minutes are sent and once they are adopted. */
  add(sessionId: string, input: CreateRemarkDto, by: Caller): Promise<RemarkView> {
    return this.transactions.run(async (manager) => {
      const visible = await this.minutes.visible(manager, sessionId, by);
      mustBeAtTable(visible, by);
      const minutes = await lockOne(manager, Minutes, visible.id);
      if (minutes.state === 'adopted')
        throw conflict('MINUTES_ADOPTED', 'These minutes are adopted and can no longer change.');
      if (visible.state !== 'sent')
        throw conflict('MINUTES_NOT_SENT', 'Remarks can only be added to minutes that were sent.');
      const itemNumber = input.itemNumber ?? null;
      const isConfidential = itemNumber !== null && (await this.mustKnowItem(manager, sessionId, itemNumber, by));
      const id = await this.versions.note(manager, minutes, by, {
        kind: input.isObjection ? 'objection' : 'remark',
        sessionId,
        text: input.text,
        itemNumber,
      });
      const subject = { type: 'minutes', id: minutes.id, areaId: visible.areaId, isConfidential };
      await this.audit.record(manager, by, 'minutes.remarked', subject);
      return (await row<RemarkView>(manager, `SELECT ${SELECT} FROM ${FROM} WHERE e."id" = $1`, [id], SHAPE))!;
    }, by.once);
  }

  /** 400 for a number not on the agenda as visible to this caller; else whether the item is confidential. */
  private async mustKnowItem(source: Source, sessionId: string, number: string, by: Caller): Promise<boolean> {
    const params = new Params();
    const item = await row<{ isConfidential: boolean }>(
      source,
      `SELECT i."isConfidential" FROM "agenda_items" i WHERE i."sessionId" = ${params.add(sessionId)}
         AND i."number" = ${params.add(number)} AND ${isOnAgendaSql('i')}
         AND ${knownTo(by, 'i', ITEM_PARTIES, params)}`,
      params.values,
      shapeOf(AgendaItem),
    );
    if (!item)
      throw invalid([{ field: 'itemNumber', message: 'itemNumber is not the number of an item of this session' }]);
    return item.isConfidential;
  }
}

/** Confidential items have a number series of their own. */
const isConfidentialNumber = (number: string): boolean => number.startsWith('V');

/** Remarks are restricted to the table: chairs and participants. */
function mustBeAtTable({ mayWrite, meetingId }: VisibleMinutes, caller: Caller): void {
  if (!mayWrite && !caller.meetingIds.includes(meetingId)) throw forbidden();
}

/** SQL for "a remark, and not about an item this caller may not know". */
const readable = (
  caller: Caller,
  params: Params,
): string => `e."kind" IN ('remark', 'objection') AND e."text" IS NOT NULL
  AND (e."itemNumber" IS NULL OR EXISTS (SELECT 1 FROM "agenda_items" i WHERE i."sessionId" = m."sessionId"
    AND i."number" = e."itemNumber" AND ${knownTo(caller, 'i', ITEM_PARTIES, params)}))`;
