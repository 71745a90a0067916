import { Injectable } from '@nestjs/common';
import { Areas } from '../directory/areas/areas.service.js';
import { dayOf } from '../platform/common/calendar-date.js';
import { Database } from '../platform/database/database.js';
import { PointInTime } from '../platform/database/row-history.js';
import { Params, row, rows, type Source } from '../platform/database/rows.js';
import { FiguresService } from '../wijkagenda/figures/figures.service.js';
import { RatingRounds } from './ratings/rating-rounds.service.js';
import { nameOn } from '../wijkagenda/figures/area-names.js';
import type { Review, ReviewTexts } from './review.entity.js';
import type { FrozenReview, ReactionView } from './reviews.dto.js';
import { NOTICE, yearEarlier } from './reviews.rules.js';

type Asked = Pick<Review, 'areaId' | 'opgaveId' | 'fromOn' | 'asOf'>;

/** Composes a review: its figures, those of the year before, the ratings and the texts. */
@Injectable()
export class ReviewComposing {
  constructor(
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly figures: FiguresService,
    private readonly rounds: RatingRounds,
  ) {}

  /** The whole review as known at a point in time (ISO 8601, UTC). */
  async compose(asked: Asked & { id?: string }, texts: ReviewTexts, knownAt: string) {
    const { id, areaId, opgaveId, fromOn, asOf } = asked;
    const areaIds = await this.areas.idsBelow(areaId, asOf, this.database.reader, knownAt);
    const params = new Params();
    const past = new PointInTime({ asOf, knownAt }, params, this.database);
    const name = nameOn('a', params.add(asOf), past);
    const areas = await rows<{ id: string; name: string }>(
      this.database.reader,
      `SELECT a."id", ${name} AS "name" FROM "areas" a WHERE a."id" IN (${params.list(areaIds)})
       ORDER BY natural_key(${name}), a."id"`,
      params.values,
    );
    const [figures, yearBefore] = await Promise.all([
      this.figures.count({ areaIds, fromOn, asOf, knownAt, opgaveId }, areas),
      this.yearBefore(asked, knownAt),
    ]);
    const areaName = areas.find((area) => area.id === areaId)!.name;
    const reactions = id ? await reactionsOf(this.database.reader, id, knownAt) : [];
    const whole: FrozenReview = {
      areaName,
      opgave: opgaveId ? await this.titleOf(opgaveId, asked.asOf, knownAt) : null,
      areas,
      fromOn,
      asOf,
      knownAt,
      notice: NOTICE,
      ...textsOf(texts),
      figures,
      yearBefore,
      // Parties rate the collaboration in an area, not on an opgave.
      ratings: opgaveId ? null : await this.ratings(areaId, asOf, knownAt),
      reactions,
      frozenEarlyReason: null,
    };
    return whole;
  }

  /** The same period a year earlier, with the tree of that day; null if nothing happened. */
  private async yearBefore({ areaId, opgaveId, fromOn, asOf }: Asked, knownAt: string) {
    const period = { fromOn: yearEarlier(fromOn), asOf: yearEarlier(asOf) };
    const areaIds = await this.areas.idsBelow(areaId, period.asOf, this.database.reader, knownAt);
    const compared = await this.figures.countToCompare({ areaIds, ...period, knownAt, opgaveId });
    return compared && { ...period, ...compared };
  }

  private async titleOf(opgaveId: string, asOf: string, knownAt: string): Promise<string> {
    const params = new Params();
    const opgaven = new PointInTime({ asOf, knownAt }, params, this.database).rows('opgaven');
    const sql = `SELECT p."title" FROM ${opgaven} p WHERE p."id" = ${params.add(opgaveId)}`;
    return (await row<{ title: string }>(this.database.reader, sql, params.values))!.title;
  }

  private async ratings(areaId: string, asOf: string, knownAt: string) {
    const year = Number(asOf.slice(0, 4));
    const results = await this.rounds.resultsOfYear(areaId, year, knownAt);
    const yearBefore = await this.rounds.resultsOfYear(areaId, year - 1, knownAt);
    return results && { year, results, yearBefore };
  }
}

/** The parties' reactions to a draft, in chronological order, optionally up to a moment (ISO 8601, UTC). */
export async function reactionsOf(source: Source, reviewId: string, knownAt = '9999'): Promise<ReactionView[]> {
  const found = await rows<Omit<ReactionView, 'reactedOn'> & { reactedAt: string }>(
    source,
    `SELECT n."id", o."name" AS "organisation", n."text", n."reactedAt" FROM "review_reactions" n
     JOIN "organisations" o ON o."id" = n."organisationId" WHERE n."reviewId" = $1 AND n."reactedAt" <= $2 ORDER BY n."reactedAt", n."id"`,
    [reviewId, knownAt],
  );
  return found.map(({ reactedAt, ...reaction }) => ({ ...reaction, reactedOn: dayOf(reactedAt) }));
}

export function textsOf({ succeeded, notSucceeded, learned, nextYear }: ReviewTexts) {
  return {
    succeeded: succeeded ?? null,
    notSucceeded: notSucceeded ?? null,
    learned: learned ?? null,
    nextYear: nextYear ?? null,
  };
}
