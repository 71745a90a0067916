import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { type QuarterlyLine, QuarterlyResult } from './quarterly-result.entity.js';
import type { PublicQuarterlyResult, PublicQuarterlySummary, QuarterlyResultView } from './quarterly-results.dto.js';
import { toldLines } from './quarterly-results.rules.js';
import { PublicationMails } from '../publications/publication-mails.service.js';
import { asPublished } from './quarterly-sending.service.js';
import { FROM, QuarterlyResults, subjectOf } from './quarterly-results.service.js';

export const PUBLIC_COLUMNS =
  'q."id", a."name" AS "areaName", q."year", q."quarter", q."publishedAt", q."introduction"';
export type Told = Omit<PublicQuarterlyResult, 'lines'> & { lines: QuarterlyLine[] };

/** Publishes the results of a quarter if the chair decides so, and reads published ones. */
@Injectable()
export class QuarterlyPublication {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly results: QuarterlyResults,
    private readonly mails: PublicationMails,
  ) {}

  /** Publishes sent results (409 before sending) and notifies subscribers, or withdraws them immediately. */
  put(id: string, version: number, by: Caller, isPublic: boolean): Promise<QuarterlyResultView> {
    return this.transactions.run(async (manager) => {
      const found = await this.results.lock(manager, id, version, by);
      if (found.state !== 'sent') throw conflict('RESULTS_NOT_SENT', 'Send these results before publishing them.');
      if (isPublic === (found.publishedAt !== null)) {
        throw isPublic
          ? conflict('RESULTS_PUBLISHED', 'These results have already been published.')
          : conflict('RESULTS_NOT_PUBLISHED', 'These results are not published.');
      }
      const publishedAt = isPublic ? this.clock.moment() : null;
      await updateRow(manager, QuarterlyResult, id, { publishedAt });
      const operation = isPublic ? 'quarterly_result.published' : 'quarterly_result.withdrawn';
      if (isPublic) await this.mails.plan(manager, asPublished(found));
      await this.audit.record(manager, by, operation, subjectOf(found));
      return this.results.view(manager, id, by);
    });
  }

  /** Published results, newest quarter first. */
  published(paging: { page: number; pageSize: number }) {
    const params = new Params();
    const orderBy = 'q."year" DESC, q."quarter" DESC, natural_key(a."name"), q."id"';
    const select = 'q."id", q."areaId", a."name" AS "areaName", q."year", q."quarter", q."publishedAt"';
    const page = { select, from: FROM, where: 'q."publishedAt" IS NOT NULL', orderBy, params };
    return pageOf<PublicQuarterlySummary>(this.database.reader, page, paging);
  }

  /** Published results as the public sees them: of actions that are public now. 404 for any other. */
  async readPublished(id: string): Promise<PublicQuarterlyResult> {
    const found = await row<Told>(
      this.database.reader,
      `SELECT ${PUBLIC_COLUMNS}, q."lines" FROM ${FROM} WHERE q."id" = $1 AND q."publishedAt" IS NOT NULL`,
      [id],
      shapeOf(QuarterlyResult),
    );
    if (!found) throw notFound();
    const lines = await publicLines(this.database.reader, found.lines);
    return { ...found, lines: lines.map(({ text }) => ({ text })) };
  }

  /** The numbers of the told lines that a publication would leave out. */
  async leftOut(lines: readonly QuarterlyLine[]): Promise<string[]> {
    const open = new Set((await publicLines(this.database.reader, lines)).map(({ number }) => number));
    return toldLines(lines, (number) => !open.has(number)).map(({ number }) => number);
  }
}

/** The lines for everyone: of actions that are public now. */
export async function publicLines(source: Source, lines: readonly QuarterlyLine[]): Promise<QuarterlyLine[]> {
  const params = new Params();
  const numbers = lines.map(({ number }) => number);
  const open = await rows<{ number: string }>(
    source,
    `SELECT a."number" FROM "actions" a WHERE a."number" IN (${params.list(numbers)})
       AND a."isPublic" AND NOT a."isConfidential" AND NOT a."isWithdrawn"`,
    params.values,
  );
  const isPublic = new Set(open.map(({ number }) => number));
  return toldLines(lines, (number) => isPublic.has(number));
}
