import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { Areas } from '../directory/areas/areas.service.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { conflict, forbidden, invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { exists, orderOf, pageOf, Params, row, rows } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import type { Question } from '../wijkagenda/figures/cases-as-of.js';
import type { YearFigures } from '../wijkagenda/figures/figures.service.js';
import { findReview, lockDraft, readableReviews, REVIEWS_FROM, SUMMARY_COLUMNS } from './review-access.js';
import { reactionsOf, ReviewComposing, textsOf } from './review-composing.service.js';
import { ReviewParty } from './review-party.entity.js';
import { ReviewReaction } from './review-reaction.entity.js';
import { Review } from './review.entity.js';
import type {
  ChangeReviewDto,
  CreateReviewDto,
  FreezeReviewDto,
  FrozenReview,
  ReviewListDto,
  ReviewSummary,
  ReviewView,
} from './reviews.dto.js';
import { nameOn } from '../wijkagenda/figures/area-names.js';
import { freezingViolation, periodErrors, proposedPeriod, type ReviewPeriod, toView } from './reviews.rules.js';
import { NOT_AN_AREA } from '../directory/areas/current-areas.js';

const SORT = { asOf: 'r."asOf"', area: `natural_key(${nameOn('a', 'r."asOf"')})` };

@Injectable()
export class Reviews {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly composing: ReviewComposing,
  ) {}

  /** The period proposed for a new review, from what the areas of the caller have recorded. */
  async proposedPeriod(by: Caller): Promise<ReviewPeriod> {
    const today = this.clock.today();
    const params = new Params();
    const newYear = `${today.slice(0, 4)}-01-01`;
    const [first, second] = [params.add(newYear), params.add(newYear)];
    const { isOlder } = (await row<{ isOlder: boolean }>(
      this.database.reader,
      `SELECT EXISTS (SELECT 1 FROM "actions" a
           WHERE a."recordedOn" < ${first} AND ${inPermittedAreas(by, 'reviews.write', 'a."areaId"', params)})
         OR EXISTS (SELECT 1 FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId"
           WHERE s."state" = 'closed' AND s."heldOn" < ${second}
             AND ${inPermittedAreas(by, 'reviews.write', 'm."areaId"', params)}) AS "isOlder"`,
      params.values,
      { isOlder: 'boolean' },
    ))!;
    return proposedPeriod(isOlder, today);
  }

  /** The reviews visible to the caller: final ones of their areas, and drafts of which they are chair or recipient. */
  async list(query: ReviewListDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'r."asOf" DESC, r."id"');
    const params = new Params();
    const conditions = [readableReviews(by, params)];
    if (query.area) {
      const below = await this.areas.idsBelow(query.area, this.clock.today());
      conditions.push(`r."areaId" IN (${params.list(below)})`);
    }
    if (query.state) conditions.push(`r."state" = ${params.add(query.state)}`);
    const page = { select: SUMMARY_COLUMNS, from: REVIEWS_FROM, where: conditions.join(' AND '), orderBy, params };
    return pageOf<ReviewSummary>(this.database.reader, page, query);
  }

  /**
   * One review. A draft is computed as known now or at `knownAt`; a final one is what was frozen. 404 if the caller may
   * not know of it.
   */
  async read(id: string, by: Caller, knownAt?: string): Promise<ReviewView> {
    const { summary, texts, document, seesOrganisations } = await findReview(this.database.reader, id, by);
    if (document && knownAt) throw fixedMoment();
    const whole = document ?? (await this.composing.compose(summary, texts, this.momentOf(knownAt)));
    return toView(summary, whole, seesOrganisations);
  }

  /** The reviews of the same area, opgave and period that the caller may know, drafts first. */
  ofPeriod({ areaId, opgaveId, fromOn, asOf }: CreateReviewDto, by: Caller) {
    const params = new Params();
    const conditions = [
      readableReviews(by, params),
      `r."areaId" = ${params.add(areaId)} AND r."fromOn" = ${params.add(fromOn)} AND r."asOf" = ${params.add(asOf)}`,
      opgaveId === undefined ? 'r."opgaveId" IS NULL' : `r."opgaveId" = ${params.add(opgaveId)}`,
    ];
    return rows<Pick<ReviewSummary, 'id' | 'state'>>(
      this.database.reader,
      `SELECT r."id", r."state" FROM ${REVIEWS_FROM} WHERE ${conditions.join(' AND ')} ORDER BY r."state", r."id"`,
      params.values,
    );
  }

  /** Creates a draft for an area of the caller. 400 for an unknown area or a reversed, long or unfinished period. */
  async create(input: CreateReviewDto, by: Caller): Promise<ReviewView> {
    const errors = periodErrors(input, this.clock.today());
    if (!(await exists(this.database.reader, 'areas', input.areaId))) errors.push(NOT_AN_AREA);
    const opgaveId = input.opgaveId ?? null;
    if (opgaveId && !(await exists(this.database.reader, 'opgaven', opgaveId)))
      errors.push({ field: 'opgaveId', message: 'opgaveId is not an opgave' });
    if (errors.length > 0) throw invalid(errors);
    if (!isPermittedIn(by, 'reviews.write', input.areaId)) throw forbidden();
    const { areaId, fromOn, asOf } = input;
    const draft = { ...NEW_DRAFT, id: newId(), areaId, opgaveId, fromOn, asOf };
    // The computation takes longer than a write may, so it is done before the transaction.
    const document = await this.composing.compose(draft, {}, this.clock.moment());
    return this.transactions.run(async (manager) => {
      await manager.insert(Review, { ...draft, knownAt: null, texts: {}, createdById: by.personId });
      await this.audit.record(manager, by, 'review.created', { type: 'review', id: draft.id, areaId });
      const seesOrganisations = isPermittedIn(by, 'reviews.organisations', areaId);
      return toView({ ...draft, areaName: document.areaName, opgave: document.opgave }, document, seesOrganisations);
    }, by.once);
  }

  /** Changes the texts of a draft; 409 if it is final. */
  async change(id: string, input: ChangeReviewDto, version: number, by: Caller): Promise<ReviewView> {
    await this.transactions.run(async (manager) => {
      const review = await lockDraft(manager, id, version, by);
      const changed = Object.entries({ ...review.texts, ...input }).filter(([, text]) => text !== null);
      await updateRow(manager, Review, id, { texts: Object.fromEntries(changed) });
      await this.audit.record(manager, by, 'review.changed', { type: 'review', id, areaId: review.areaId });
    });
    return this.read(id, by);
  }

  /**
   * Freezes a draft as a whole, with its point in time and its hash. After that, changes are refused with 409. Before
   * the parties have had their fourteen days, a reason is required, which is printed.
   */
  async freeze(id: string, { reason }: FreezeReviewDto, version: number, by: Caller): Promise<ReviewView> {
    const knownAt = this.clock.moment();
    const found = await findReview(this.database.reader, id, by);
    const document = found.document ?? (await this.composing.compose(found.summary, {}, knownAt));
    await this.transactions.run(async (manager) => {
      const review = await lockDraft(manager, id, version, by);
      const violation = freezingViolation(review, this.clock.today());
      if (violation && !reason) throw conflict(violation.code, violation.detail);
      const whole: FrozenReview = {
        ...document,
        ...textsOf(review.texts),
        reactions: await reactionsOf(manager, id),
        frozenEarlyReason: violation ? reason! : null,
      };
      const hash = createHash('sha256').update(JSON.stringify(whole)).digest('hex');
      const frozen = { state: 'final' as const, knownAt, hash, frozenAt: this.clock.moment() };
      await updateRow(manager, Review, id, { ...frozen, document: whole as object });
      await this.audit.record(manager, by, 'review.frozen', { type: 'review', id, areaId: review.areaId });
    });
    return this.read(id, by);
  }

  /** Deletes a draft with the parties' reactions; 409 if it is final. */
  remove(id: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const { areaId } = await lockDraft(manager, id, version, by);
      await manager.delete(ReviewReaction, { reviewId: id });
      await manager.delete(ReviewParty, { reviewId: id });
      await manager.delete(Review, id);
      await this.audit.record(manager, by, 'review.removed', { type: 'review', id, areaId });
    });
  }

  /**
   * The parameters of the figures of a review; for a final one the areas and both dates as frozen. 404 if the caller
   * may not know of it.
   */
  async questionOf(
    id: string,
    by: Caller,
    knownAt?: string,
  ): Promise<{ seesOrganisations: boolean; question: Question; frozen: YearFigures | null }> {
    const { summary, document, seesOrganisations } = await findReview(this.database.reader, id, by);
    if (document && knownAt) throw fixedMoment();
    const { areaId, opgaveId, fromOn, asOf } = summary;
    const moment = document?.knownAt ?? this.momentOf(knownAt);
    const areaIds = document
      ? document.areas.map((area) => area.id)
      : await this.areas.idsBelow(areaId, asOf, this.database.reader, moment);
    const question = { areaIds, fromOn, asOf, knownAt: moment, opgaveId };
    return { seesOrganisations, question, frozen: document?.figures ?? null };
  }

  /** The requested moment, or now; 400 if it is in the future. */
  private momentOf(wanted: string | undefined): string {
    const now = this.clock.moment();
    if (wanted === undefined) return now;
    const moment = new Date(wanted).toISOString();
    if (moment > now) throw invalid([{ field: 'knownAt', message: 'knownAt must not be in the future' }]);
    return moment;
  }
}

const NEW_DRAFT = {
  state: 'draft' as const,
  circulatedAt: null,
  reactionsUntilOn: null,
  frozenAt: null,
  hash: null,
  publishedAt: null,
  version: 1,
};

const fixedMoment = () => invalid([{ field: 'knownAt', message: 'knownAt of a final review is fixed' }]);
