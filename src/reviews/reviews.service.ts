import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../access/caller.js';
import { isPermittedIn } from '../access/access.rules.js';
import { inPermittedAreas } from '../access/conditions.js';
import { Areas } from '../areas/areas.service.js';
import { Audit } from '../audit/audit.service.js';
import { Clock } from '../common/clock.js';
import { mustMatch } from '../common/etag.js';
import { newId } from '../common/ids.js';
import { conflict, forbidden, invalid, notFound } from '../common/problems.js';
import { Database } from '../database/database.js';
import { orderOf, pageOf, Params, row, rows } from '../database/rows.js';
import { lockOne, Transactions } from '../database/transactions.js';
import type { Question } from '../figures/cases-as-of.js';
import { FiguresService, type YearFigures } from '../figures/figures.service.js';
import { Review, type ReviewTexts } from './review.entity.js';
import type {
  ChangeReviewDto,
  CreateReviewDto,
  ReviewDocument,
  ReviewListDto,
  ReviewSummary,
  ReviewView,
} from './reviews.dto.js';
import { NOTICE, periodErrors, withoutOrganisations } from './reviews.rules.js';

type Frozen = ReviewDocument<YearFigures>;
type Asked = Pick<Review, 'areaId' | 'fromOn' | 'asOf'>;

const SORT = { asOf: 'r."asOf"', area: '"areaName"' };
/** The name an area had on a day: the former one that lasted until then or later, else today's. */
const nameOn = (area: string, day: string): string =>
  `coalesce((SELECT n."name" FROM "area_names" n WHERE n."areaId" = ${area}."id" AND n."untilOn" >= ${day}
    ORDER BY n."untilOn" LIMIT 1), ${area}."name")`;
const COLUMNS = `r."id", r."areaId", ${nameOn('a', 'r."asOf"')} AS "areaName", r."fromOn", r."asOf", r."state",
  r."frozenAt", r."hash", r."version"`;
const FROM = '"reviews" r JOIN "areas" a ON a."id" = r."areaId"';
const SHAPE = { texts: 'json', document: 'json' } as const;

@Injectable()
export class Reviews {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly figures: FiguresService,
  ) {}

  /** The reviews the caller may know of: final ones of the own areas, and drafts where the caller is chair. */
  async list(query: ReviewListDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'r."asOf" DESC, r."id"');
    if (!orderBy) throw invalid([{ field: 'sort', message: `sort must be one of ${Object.keys(SORT).join(', ')}` }]);
    const params = new Params();
    const conditions = [visibleTo(by, params)];
    if (query.area) {
      const below = await this.areas.idsBelow(query.area, this.clock.today());
      conditions.push(`r."areaId" IN (${params.list(below)})`);
    }
    if (query.state) conditions.push(`r."state" = ${params.add(query.state)}`);
    const where = conditions.join(' AND ');
    return pageOf<ReviewSummary>(this.database.reader, { select: COLUMNS, from: FROM, where, orderBy, params }, query);
  }

  /**
   * One review. A draft is counted now, or by what was known at `knownAt`; a final one is what was frozen.
   * 404 when the caller may not know of it.
   */
  async read(id: string, by: Caller, knownAt?: string): Promise<ReviewView> {
    const { texts, document, ...summary } = await this.find(id, by);
    if (document) {
      if (knownAt) throw fixedMoment();
      return viewOf(summary, document, by);
    }
    return viewOf(summary, await this.compose(summary, texts, this.momentOf(knownAt)), by);
  }

  /** Starts a draft for an own area. 400 for a period that is reversed, too long or not over yet, and an unknown area. */
  async create(input: CreateReviewDto, by: Caller): Promise<ReviewView> {
    const errors = periodErrors(input, this.clock.today());
    const area = await row(this.database.reader, 'SELECT "id" FROM "areas" WHERE "id" = $1', [input.areaId]);
    if (!area) errors.push({ field: 'areaId', message: 'areaId is not an area' });
    if (errors.length > 0) throw invalid(errors);
    if (!isPermittedIn(by, 'reviews.write', input.areaId)) throw forbidden();
    const { areaId, fromOn, asOf } = input;
    const draft = {
      id: newId(),
      areaId,
      fromOn,
      asOf,
      state: 'draft' as const,
      hash: null,
      frozenAt: null,
      version: 1,
    };
    // Counting takes longer than a write may, so it is done before the transaction.
    const document = await this.compose(draft, {}, this.clock.moment());
    return this.transactions.run(async (manager) => {
      await manager.insert(Review, { ...draft, knownAt: null, texts: {}, createdById: by.personId });
      await this.audit.record(manager, by, 'review.created', { type: 'review', id: draft.id, areaId });
      return viewOf({ ...draft, areaName: document.areaName }, document, by);
    }, by.once);
  }

  /** Changes the texts of a draft; 409 when it is final. */
  async change(id: string, input: ChangeReviewDto, version: number, by: Caller): Promise<ReviewView> {
    await this.transactions.run(async (manager) => {
      const review = await this.lockDraft(manager, id, version, by);
      const changed = Object.entries({ ...review.texts, ...input }).filter(([, text]) => text !== null);
      await manager.update(Review, id, { texts: Object.fromEntries(changed), version: version + 1 });
      await this.audit.record(manager, by, 'review.changed', { type: 'review', id, areaId: review.areaId });
    });
    return this.read(id, by);
  }

  /** Freezes a draft whole, with the moment of what was known and its hash. From then on it never changes: 409. */
  async freeze(id: string, version: number, by: Caller): Promise<ReviewView> {
    const knownAt = this.clock.moment();
    const found = await this.find(id, by);
    const document = found.document ?? (await this.compose(found, {}, knownAt));
    await this.transactions.run(async (manager) => {
      const review = await this.lockDraft(manager, id, version, by);
      const whole: Frozen = { ...document, ...textsOf(review.texts) };
      const hash = createHash('sha256').update(JSON.stringify(whole)).digest('hex');
      const frozen = { state: 'final' as const, knownAt, hash, frozenAt: this.clock.moment(), version: version + 1 };
      await manager.update(Review, id, { ...frozen, document: whole as object });
      await this.audit.record(manager, by, 'review.frozen', { type: 'review', id, areaId: review.areaId });
    });
    return this.read(id, by);
  }

  /** Throws a draft away; 409 when it is final. */
  remove(id: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const { areaId } = await this.lockDraft(manager, id, version, by);
      await manager.delete(Review, id);
      await this.audit.record(manager, by, 'review.removed', { type: 'review', id, areaId });
    });
  }

  /**
   * What a review asks of the figures: for a final one the areas and both dates that were frozen.
   * 404 when the caller may not know of it.
   */
  async questionOf(id: string, by: Caller, knownAt?: string): Promise<{ areaId: string; question: Question }> {
    const { areaId, fromOn, asOf, document } = await this.find(id, by);
    if (document && knownAt) throw fixedMoment();
    const areaIds = document ? document.areas.map((area) => area.id) : await this.areas.idsBelow(areaId, asOf);
    return { areaId, question: { areaIds, fromOn, asOf, knownAt: document?.knownAt ?? this.momentOf(knownAt) } };
  }

  private async find(id: string, by: Caller) {
    const params = new Params();
    const found = await row<ReviewSummary & { texts: ReviewTexts; document: Frozen | null }>(
      this.database.reader,
      `SELECT ${COLUMNS}, r."texts", r."document" FROM ${FROM} WHERE r."id" = ${params.add(id)} AND ${visibleTo(by, params)}`,
      params.values,
      SHAPE,
    );
    if (!found) throw notFound();
    return found;
  }

  private async lockDraft(manager: EntityManager, id: string, version: number, by: Caller): Promise<Review> {
    const review = await lockOne(manager, Review, id);
    if (!isPermittedIn(by, 'reviews.write', review.areaId)) {
      throw review.state === 'final' && isPermittedIn(by, 'reviews.read', review.areaId) ? forbidden() : notFound();
    }
    if (review.state === 'final') throw conflict('REVIEW_FINAL', 'This review is final and never changes.');
    mustMatch(review, version);
    return review;
  }

  private async compose(asked: Asked, texts: ReviewTexts, knownAt: string): Promise<Frozen> {
    const { areaId, fromOn, asOf } = asked;
    const areaIds = await this.areas.idsBelow(areaId, asOf);
    const params = new Params();
    const areas = await rows<{ id: string; name: string }>(
      this.database.reader,
      `SELECT a."id", ${nameOn('a', params.add(asOf))} AS "name" FROM "areas" a WHERE a."id" IN (${params.list(areaIds)})
       ORDER BY "name", a."id"`,
      params.values,
    );
    const figures = await this.figures.count({ areaIds, fromOn, asOf, knownAt });
    const areaName = areas.find(({ id }) => id === areaId)!.name;
    return { areaName, areas, fromOn, asOf, knownAt, notice: NOTICE, ...textsOf(texts), figures };
  }

  /** The moment asked for, or now; 400 for one that is still to come. */
  private momentOf(wanted: string | undefined): string {
    const now = this.clock.moment();
    if (wanted === undefined) return now;
    const moment = new Date(wanted).toISOString();
    if (moment > now) throw invalid([{ field: 'knownAt', message: 'knownAt must not lie in the future' }]);
    return moment;
  }
}

const fixedMoment = () => invalid([{ field: 'knownAt', message: 'a final review keeps the moment it was frozen at' }]);

function visibleTo(by: Caller, params: Params): string {
  const final = inPermittedAreas(by, 'reviews.read', 'r."areaId"', params);
  return `((r."state" = 'final' AND ${final}) OR ${inPermittedAreas(by, 'reviews.write', 'r."areaId"', params)})`;
}

function viewOf(summary: ReviewSummary, document: Frozen, by: Caller): ReviewView {
  const seesAll = isPermittedIn(by, 'reviews.organisations', summary.areaId);
  const figures = seesAll ? document.figures : withoutOrganisations(document.figures);
  return { ...summary, ...document, figures };
}

function textsOf({ succeeded, notSucceeded, learned, nextYear }: ReviewTexts) {
  return {
    succeeded: succeeded ?? null,
    notSucceeded: notSucceeded ?? null,
    learned: learned ?? null,
    nextYear: nextYear ?? null,
  };
}
