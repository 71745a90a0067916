import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOf, Params, row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { PublicationMails, type Published } from '../wijkagenda/publications/publication-mails.service.js';
import { asWhole } from './frozen-reviews.rules.js';
import { lockReview, REVIEWS_FROM, SUMMARY_COLUMNS } from './review-access.js';
import { Review } from './review.entity.js';
import type { FrozenReview, ReviewSummary, ReviewView } from './reviews.dto.js';
import { forThePublic } from './reviews.rules.js';
import { Reviews } from './reviews.service.js';

type PublishedReview = Pick<ReviewSummary, 'id' | 'areaId' | 'areaName' | 'opgave' | 'fromOn' | 'asOf' | 'publishedAt'>;

export const REVIEW_MAIL = 'review';

/** The review as a publication that people can subscribe to. */
export const asPublished = ({ id, areaId, opgaveId }: Pick<Review, 'id' | 'areaId' | 'opgaveId'>): Published => ({
  subject: 'reviews',
  kind: REVIEW_MAIL,
  id,
  areaId,
  opgaveId,
});

/** Publishes and withdraws final reviews. */
@Injectable()
export class ReviewPublication {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly reviews: Reviews,
    private readonly mails: PublicationMails,
  ) {}

  /** Publishes a final review and notifies subscribers; 409 for a draft, or if it is already published. */
  publish(id: string, version: number, by: Caller): Promise<ReviewView> {
    return this.put(id, version, by, true);
  }

  /** Withdraws it immediately; 409 if it is not published. */
  withdraw(id: string, version: number, by: Caller): Promise<ReviewView> {
    return this.put(id, version, by, false);
  }

  private async put(id: string, version: number, by: Caller, isPublic: boolean): Promise<ReviewView> {
    await this.transactions.run(async (manager) => {
      const review = await lockReview(manager, id, by);
      if (review.state !== 'final') throw conflict('REVIEW_NOT_FINAL', 'Freeze this review before publishing it.');
      mustMatch(review, version);
      if (isPublic === (review.publishedAt !== null)) {
        throw isPublic
          ? conflict('REVIEW_PUBLISHED', 'This review is already published.')
          : conflict('REVIEW_NOT_PUBLISHED', 'This review is not published.');
      }
      const publishedAt = isPublic ? this.clock.moment() : null;
      await updateRow(manager, Review, id, { publishedAt });
      if (isPublic) await this.mails.plan(manager, asPublished(review));
      const operation = isPublic ? 'review.published' : 'review.withdrawn';
      await this.audit.record(manager, by, operation, { type: 'review', id, areaId: review.areaId });
    });
    return this.reviews.read(id, by);
  }

  /** The same, paginated. */
  page(paging: { page: number; pageSize: number }) {
    const params = new Params();
    const from = `(SELECT ${SUMMARY_COLUMNS} FROM ${REVIEWS_FROM} WHERE r."publishedAt" IS NOT NULL) s`;
    const select = 's."id", s."areaId", s."areaName", s."opgave", s."fromOn", s."asOf", s."publishedAt"';
    const orderBy = 's."asOf" DESC, natural_key(s."areaName"), s."id"';
    const page = { select, from, where: 'TRUE', orderBy, params };
    return pageOf<PublishedReview>(this.database.reader, page, paging);
  }

  /** The published reviews, newest first. */
  list(): Promise<PublishedReview[]> {
    return rows(
      this.database.reader,
      `SELECT s."id", s."areaId", s."areaName", s."opgave", s."fromOn", s."asOf", s."publishedAt"
       FROM (SELECT ${SUMMARY_COLUMNS} FROM ${REVIEWS_FROM} WHERE r."publishedAt" IS NOT NULL) s
       ORDER BY s."asOf" DESC, natural_key(s."areaName"), s."id"`,
    );
  }

  /** A published review as visible to everyone; 404 for any other. */
  async read(id: string, source: Source = this.database.reader): Promise<ReviewView> {
    const found = await row<ReviewSummary & { document: FrozenReview }>(
      source,
      `SELECT ${SUMMARY_COLUMNS}, r."document" FROM ${REVIEWS_FROM} WHERE r."id" = $1 AND r."publishedAt" IS NOT NULL`,
      [id],
      shapeOf(Review),
    );
    if (!found) throw notFound();
    const { document: frozen, ...summary } = found;
    const document = asWhole(frozen);
    return forThePublic(summary, document, await this.publicTitles(document, source));
  }

  /** The actions in its result lines that are public now, with their public titles. */
  private async publicTitles({ figures }: FrozenReview, source: Source): Promise<Map<string, string>> {
    const { large, small } = figures.results;
    const params = new Params();
    const numbers = [...large.lines, ...small.lines].map(({ number }) => number);
    const found = await rows<{ number: string; title: string }>(
      source,
      `SELECT a."number", coalesce(a."publicText", a."title") AS "title" FROM "actions" a
       WHERE a."number" IN (${params.list(numbers)}) AND a."isPublic" AND NOT a."isConfidential" AND NOT a."isWithdrawn"`,
      params.values,
    );
    return new Map(found.map(({ number, title }) => [number, title]));
  }
}
