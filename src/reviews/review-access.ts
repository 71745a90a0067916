import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { inPermittedAreas } from '../platform/access/conditions.js';
import { mustMatch } from '../platform/common/etag.js';
import { conflict, forbidden, notFound } from '../platform/common/problems.js';
import { Params, row, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { lockOne } from '../platform/database/transactions.js';
import { represents, standsFor } from '../meetings/representing.conditions.js';
import { nameOn } from '../wijkagenda/figures/area-names.js';
import { asWhole } from './frozen-reviews.rules.js';
import { Review, type ReviewTexts } from './review.entity.js';
import type { FrozenReview, ReviewSummary } from './reviews.dto.js';

export const SUMMARY_COLUMNS = `r."id", r."areaId", ${nameOn('a', 'r."asOf"')} AS "areaName", r."opgaveId", o."title" AS "opgave", r."fromOn", r."asOf", r."state",
  r."circulatedAt", r."reactionsUntilOn", r."frozenAt", r."hash", r."publishedAt", r."version"`;
export const REVIEWS_FROM =
  '"reviews" r JOIN "areas" a ON a."id" = r."areaId" LEFT JOIN "opgaven" o ON o."id" = r."opgaveId"';

/**
 * SQL for "the draft was sent to this person, or to someone they replace on that day, who still represents the organisation
 * that it was sent to". `p` is the party; the person and the day are placeholders.
 */
const isOfParty = (person: string, day: string): string =>
  `(${standsFor(person, 'p."personId"', day)} AND ${represents('p."personId"', 'p."organisationId"', day)})`;

/** SQL for "the caller may read the draft as a party". */
function isParty(by: Caller, params: Params): string {
  const ofParty = isOfParty(params.add(by.personId), params.add(by.today));
  return `EXISTS (SELECT 1 FROM "review_parties" p WHERE p."reviewId" = r."id" AND ${ofParty})`;
}

/**
 * SQL for "a review the caller may read": final ones in their areas and of their opgaven, all those where they are
 * chair, and those sent to them.
 */
export function readableReviews(by: Caller, params: Params): string {
  const final = inPermittedAreas(by, 'reviews.read', 'r."areaId"', params);
  const own = inPermittedAreas(by, 'reviews.write', 'r."areaId"', params);
  const ofOwnOpgave = `r."opgaveId" IN (${params.list(by.opgaveIds)})`;
  return `((r."state" = 'final' AND (${final} OR ${ofOwnOpgave})) OR ${own} OR ${isParty(by, params)})`;
}

/**
 * The organisation for which a person was sent the draft, and whom they replace in that, if anyone; undefined if neither
 * was sent it or represents it still.
 */
export function partyOf(source: Source, reviewId: string, personId: string, today: string) {
  return row<{ organisationId: string; organisation: string; replaces: string | null }>(
    source,
    `SELECT p."organisationId", o."name" AS "organisation", CASE WHEN p."personId" <> $2 THEN n."name" END AS "replaces"
     FROM "review_parties" p JOIN "organisations" o ON o."id" = p."organisationId" JOIN "people" n ON n."id" = p."personId"
     WHERE p."reviewId" = $1 AND ${isOfParty('$2', '$3')}
     ORDER BY CASE WHEN p."personId" = $2 THEN 0 ELSE 1 END, n."name", p."organisationId" LIMIT 1`,
    [reviewId, personId, today],
  );
}

interface FoundReview {
  summary: ReviewSummary;
  texts: ReviewTexts;
  /** Null for a draft. */
  document: FrozenReview | null;
  /** Whether the caller may see the figures of individual organisations. */
  seesOrganisations: boolean;
}

/** A review with its frozen document; 404 if the caller may not know of it. */
export async function findReview(source: Source, id: string, by: Caller): Promise<FoundReview> {
  const params = new Params();
  const found = await row<ReviewSummary & { texts: ReviewTexts; document: FrozenReview | null; isParty: boolean }>(
    source,
    `SELECT ${SUMMARY_COLUMNS}, r."texts", r."document", ${isParty(by, params)} AS "isParty"
     FROM ${REVIEWS_FROM} WHERE r."id" = ${params.add(id)} AND ${readableReviews(by, params)}`,
    params.values,
    { ...shapeOf(Review), isParty: 'boolean' },
  );
  if (!found) throw notFound();
  const { texts, document, isParty: wasSent, ...summary } = found;
  const seesOrganisations = wasSent || isPermittedIn(by, 'reviews.organisations', summary.areaId);
  return { summary, texts, document: document && asWhole(document), seesOrganisations };
}

/** Locks a review for a change by its chair: 404 if hidden from the caller, 403 if they may not change it. */
export async function lockReview(manager: EntityManager, id: string, by: Caller): Promise<Review> {
  const review = await lockOne(manager, Review, id);
  if (!isPermittedIn(by, 'reviews.write', review.areaId)) {
    await findReview(manager, id, by);
    throw forbidden();
  }
  return review;
}

/** The same for a draft in the version that was read; 409 if it is final. */
export async function lockDraft(manager: EntityManager, id: string, version: number, by: Caller): Promise<Review> {
  const review = await lockReview(manager, id, by);
  if (review.state === 'final') throw conflict('REVIEW_FINAL', 'This review is final and cannot be changed.');
  mustMatch(review, version);
  return review;
}
