import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermitted, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, type FieldError, forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { exists, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { daysOfQuarter } from '../figures/quarters.rules.js';
import { QuarterlyDrafts } from './quarterly-drafts.service.js';
import { QuarterlyResult } from './quarterly-result.entity.js';
import type {
  ChangeQuarterlyResultDto,
  CreateQuarterlyResultDto,
  QuarterlyResultListDto,
  QuarterlyResultSummary,
  QuarterlyResultView,
} from './quarterly-results.dto.js';
import { lineErrors, nameOfResults, toldLines } from './quarterly-results.rules.js';
import { NOT_AN_AREA } from '../../directory/areas/current-areas.js';

const SUMMARY_COLUMNS = `q."id", q."areaId", a."name" AS "areaName", q."year", q."quarter", q."state", q."sentAt", q."publishedAt", q."version"`;
export const FROM = '"quarterly_results" q JOIN "areas" a ON a."id" = q."areaId"';

/** SQL for the results a caller may read: drafts as chair of the area, sent ones if they may read its reviews. */
function readable(by: Caller, params: Params): string {
  const own = inPermittedAreas(by, 'reviews.write', 'q."areaId"', params);
  return `((q."state" <> 'removed' AND ${own}) OR (q."state" = 'sent' AND ${inPermittedAreas(by, 'reviews.read', 'q."areaId"', params)}))`;
}

/** The results of a quarter in the chair's words: a draft from the result lines, then sent; never automatically. */
@Injectable()
export class QuarterlyResults {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly drafts: QuarterlyDrafts,
  ) {}

  async list(query: QuarterlyResultListDto, by: Caller) {
    if (query.sort !== undefined) throw invalid([{ field: 'sort', message: 'the newest quarter comes first' }]);
    const params = new Params();
    const conditions = [readable(by, params)];
    if (query.area) {
      const below = await this.areas.idsBelow(query.area, this.clock.today());
      conditions.push(`q."areaId" IN (${params.list(below)})`);
    }
    if (query.state) conditions.push(`q."state" = ${params.add(query.state)}`);
    const orderBy = 'q."year" DESC, q."quarter" DESC, natural_key(a."name"), q."id"';
    const page = { select: SUMMARY_COLUMNS, from: FROM, where: conditions.join(' AND '), orderBy, params };
    return pageOf<QuarterlyResultSummary>(this.database.reader, page, query);
  }

  /** The drafts awaiting the caller as chair, in an area and below or anywhere: the newest, and how many others. */
  async ready(by: Caller, area?: string): Promise<{ id: string; name: string; others: number } | null> {
    if (!isPermitted(by, 'reviews.write')) return null;
    const { items, total } = await this.list({ area, state: 'draft', page: 1, pageSize: 1 }, by);
    return items.length === 0 ? null : { id: items[0].id, name: nameOfResults(items[0]), others: total - 1 };
  }

  /** 404 if the caller may not know of it. */
  read(id: string, by: Caller): Promise<QuarterlyResultView> {
    return this.view(this.database.reader, id, by);
  }

  /** Creates the draft of a quarter that has begun: 400 for a future quarter or unknown area, 409 if there is one. */
  async create({ areaId, year, quarter }: CreateQuarterlyResultDto, by: Caller): Promise<QuarterlyResultView> {
    const { fromOn } = daysOfQuarter({ year, quarter });
    const errors: FieldError[] =
      fromOn > this.clock.today() ? [{ field: 'quarter', message: 'the quarter must have begun' }] : [];
    if (!(await exists(this.database.reader, 'areas', areaId))) errors.push(NOT_AN_AREA);
    if (errors.length > 0) throw invalid(errors);
    if (!isPermittedIn(by, 'reviews.write', areaId)) throw forbidden();
    const lines = await this.drafts.linesOf(areaId, { year, quarter });
    return this.transactions.run(async (manager) => {
      const id = await this.drafts.insert(manager, { areaId, year, quarter, lines }, by);
      return this.view(manager, id, by);
    }, by.once);
  }

  /** Strikes, rewords and reorders lines; 409 once sent. */
  change(
    id: string,
    { introduction, lines }: ChangeQuarterlyResultDto,
    version: number,
    by: Caller,
  ): Promise<QuarterlyResultView> {
    return this.transactions.run(async (manager) => {
      const draft = await this.lockDraft(manager, id, version, by);
      const untold = await untoldNumbers(manager, draft.lines);
      const hidden = draft.lines.filter(({ number }) => untold.has(number));
      const errors = lines
        ? lineErrors(
            draft.lines.filter(({ number }) => !untold.has(number)),
            lines,
          )
        : [];
      if (errors.length > 0) throw invalid(errors);
      await updateRow(manager, QuarterlyResult, id, {
        ...(introduction !== undefined && { introduction }),
        ...(lines && { lines: [...lines.map((line) => ({ ...line })), ...hidden] }),
      });
      await this.audit.record(manager, by, 'quarterly_result.changed', subjectOf(draft));
      return this.view(manager, id, by);
    });
  }

  /** Discards a draft and its texts; 409 once sent. */
  remove(id: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const draft = await this.lockDraft(manager, id, version, by);
      await updateRow(manager, QuarterlyResult, id, { state: 'removed', introduction: null, lines: [] });
      await this.audit.record(manager, by, 'quarterly_result.removed', subjectOf(draft));
    });
  }

  /** Locks it for its chair, in the version read: 404 if hidden from the caller, 403 if they may not change it. */
  async lock(manager: EntityManager, id: string, version: number, by: Caller): Promise<QuarterlyResult> {
    const found = await lockOne(manager, QuarterlyResult, id);
    if (found.state === 'removed') throw notFound();
    if (!isPermittedIn(by, 'reviews.write', found.areaId)) {
      await this.view(manager, id, by);
      throw forbidden();
    }
    mustMatch(found, version);
    return found;
  }

  async lockDraft(manager: EntityManager, id: string, version: number, by: Caller): Promise<QuarterlyResult> {
    const draft = await this.lock(manager, id, version, by);
    if (draft.state === 'sent') throw conflict('RESULTS_SENT', 'These results were sent and can no longer be changed.');
    return draft;
  }

  async view(source: Source, id: string, by: Caller): Promise<QuarterlyResultView> {
    const params = new Params();
    const found = await row<QuarterlyResultView>(
      source,
      `SELECT ${SUMMARY_COLUMNS}, q."introduction", q."lines" FROM ${FROM} WHERE q."id" = ${params.add(id)} AND ${readable(by, params)}`,
      params.values,
      shapeOf(QuarterlyResult),
    );
    if (!found) throw notFound();
    if (found.state === 'sent') {
      const secret = await secretNumbers(source, found.lines);
      return { ...found, lines: toldLines(found.lines, (number) => !secret.has(number)) };
    }
    const untold = await untoldNumbers(source, found.lines);
    return { ...found, lines: found.lines.filter(({ number }) => !untold.has(number)) };
  }
}

type Lines = readonly { number: string }[];
const IS_SECRET = '(a."isConfidential" OR a."isWithdrawn")';

/** The lines' actions that may no longer be shown to anyone: confidential ones, and those recorded by mistake. */
export const secretNumbers = (source: Source, lines: Lines): Promise<Set<string>> =>
  numbersWhere(IS_SECRET, source, lines);

/** Those, and the actions that are no longer done: what a draft is not to tell. Once sent, it does not change. */
export const untoldNumbers = (source: Source, lines: Lines): Promise<Set<string>> =>
  numbersWhere(`(${IS_SECRET} OR a."status" <> 'done')`, source, lines);

async function numbersWhere(condition: string, source: Source, lines: Lines): Promise<Set<string>> {
  const params = new Params();
  const found = await rows<{ number: string }>(
    source,
    `SELECT a."number" FROM "actions" a WHERE a."number" IN (${params.list(lines.map(({ number }) => number))})
       AND ${condition}`,
    params.values,
  );
  return new Set(found.map(({ number }) => number));
}

export const subjectOf = ({ id, areaId }: Pick<QuarterlyResult, 'id' | 'areaId'>) => ({
  type: 'quarterly_result',
  id,
  areaId,
});
