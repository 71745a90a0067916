import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import type { Page } from '../../platform/common/paging.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { orderOf, pageOf, Params, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { AgendaItem } from './agenda-item.entity.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { DecisionListDto, DecisionView } from './decisions.dto.js';
import { readableNotes, readableSessions } from '../meetings.access.js';

const SORT = { heldOn: 's."heldOn"' };
const NEWEST_FIRST = 's."heldOn" DESC, natural_key(m."name"), i."position", i."id"';
const FROM = `"agenda_items" i JOIN "sessions" s ON s."id" = i."sessionId" JOIN "meetings" m ON m."id" = s."meetingId"
  JOIN "areas" a ON a."id" = m."areaId"`;

function columns(source: Source): string {
  const dialect = dialectOf(source);
  return `i."id", a."code" || '-' || ${dialect.dayText('s."heldOn"')} || '/' || i."number" AS "number", i."title", i."decision", s."heldOn",
    i."sessionId", s."meetingId", m."name" AS "meetingName", m."areaId", a."name" AS "areaName", i."isConfidential",
    (SELECT ${dialect.jsonList('party."organisationId"')} FROM "agenda_item_parties" party WHERE party."agendaItemId" = i."id") AS "partyIds"`;
}

/** The register of decisions of all closed sessions. */
@Injectable()
export class Decisions {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
  ) {}

  /** The decisions visible to the caller; those of a reopened session return once it is closed, or sent, again. */
  async list(query: DecisionListDto, caller: Caller): Promise<Page<DecisionView>> {
    const orderBy = orderOf(query.sort, SORT, NEWEST_FIRST);
    const { reader } = this.database;
    const params = new Params();
    const where = [
      `s."state" = 'closed' AND i."decision" IS NOT NULL`,
      readableSessions(caller, params),
      readableNotes(caller, params),
      knownTo(caller, 'i', ITEM_PARTIES, params),
    ];
    if (query.area) {
      where.push(`m."areaId" IN (${params.list(await this.areas.idsBelow(query.area, this.clock.today()))})`);
    }
    if (query.meeting) where.push(`m."id" = ${params.add(query.meeting)}`);
    if (query.from) where.push(`s."heldOn" >= ${params.add(query.from)}`);
    if (query.until) where.push(`s."heldOn" <= ${params.add(query.until)}`);
    if (query.q) where.push(dialectOf(reader).contains(['i."title"', 'i."decision"'], query.q, params));
    const shape = { ...shapeOf(AgendaItem), partyIds: 'json' } as const;
    const asked = { select: columns(reader), from: FROM, where: where.join(' AND '), orderBy, params, shape };
    const page = await pageOf<DecisionView>(reader, asked, query);
    await this.noteReading(page.items, caller);
    return page;
  }

  /** Reading confidential text is recorded once per request: who, what and when, never the text itself. */
  private async noteReading(items: readonly DecisionView[], caller: Caller): Promise<void> {
    const [first, ...more] = items.filter(({ isConfidential }) => isConfidential);
    if (!first) return;
    const partyIds = [...new Set([first, ...more].flatMap((item) => item.partyIds))];
    const id = more.length === 0 ? first.id : null;
    const subject = { type: 'agenda_item', id, areaId: first.areaId, isConfidential: true, partyIds };
    await this.transactions.run((manager) => this.audit.record(manager, caller, 'decisions.read', subject));
  }
}
