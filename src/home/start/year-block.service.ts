import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import { type Settings, SETTINGS } from '../../platform/settings.js';
import { yearInReview } from '../../reviews/reviews.rules.js';
import { labelOf } from '../../wijkagenda/wijkagenda.rules.js';
import { MOST_LINES } from './own-blocks.service.js';
import type { StartBlock, StartLine } from './start.view.js';

interface FoundArea {
  id: string;
  name: string;
  kind: string;
}

/** At the turn of the year, shows a chair the reviews to be made, and the ratings and wijkagendas to be begun. */
@Injectable()
export class YearBlock {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Reviews from January, what an area did the year before too from December, all until the end of March. */
  async turn({ areaIds, today }: Caller): Promise<StartBlock | null> {
    const last = yearInReview(today);
    const isOver = !today.startsWith(String(last));
    if ((!isOver && !today.startsWith(`${last}-12`)) || areaIds.chair.length === 0) return null;
    const next = last + 1;
    const [ratings, reviews, wijkagendas] = await Promise.all([
      this.notRepeated('rating_rounds', areaIds.chair, last),
      isOver ? this.withoutReview(areaIds.chair, last, today) : [],
      this.notRepeated('wijkagendas', areaIds.chair, next),
    ]);
    const tasks = [
      ...ratings.map(({ id, name }) => ({
        href: `/waardering?areaId=${id}&year=${last}`,
        text: `Waardering ${name} ${last}`,
        fact: 'nog niet gevraagd',
        label: 'Waardering vragen',
      })),
      ...reviews.map(({ id, name }) => ({
        href: `/jaarevaluatie/nieuw?areaId=${id}`,
        text: `Jaarevaluatie ${name} ${last}`,
        fact: 'nog niet gemaakt',
        label: 'Jaarevaluatie maken',
      })),
      ...wijkagendas.map(({ id, name, kind }) => ({
        href: `/wijkagenda/nieuw?areaId=${id}&year=${next}`,
        text: `${labelOf(this.settings.WIJKAGENDA_LABELS, kind)} ${name} ${next}`,
        fact: 'nog niet begonnen',
        label: 'Wijkagenda beginnen',
      })),
    ];
    if (tasks.length === 0) return null;
    const [{ href, label }] = tasks;
    return {
      id: 'nieuw-jaar',
      title: 'Het nieuwe jaar',
      count: tasks.length,
      lines: tasks.slice(0, MOST_LINES).map(({ href, text, fact }): StartLine => ({ href, text, facts: [fact] })),
      ...(tasks.length > MOST_LINES && { more: `En nog ${tasks.length - MOST_LINES}.` }),
      button: { href, label },
    };
  }

  /**
   * The areas that met in this year, without a review of it or of an area above: one up to a day of its second half. A team
   * or the municipality is left out if areas below it are among these, of which the chair can choose to make one review.
   */
  private withoutReview(areaIds: readonly string[], year: number, today: string): Promise<FoundArea[]> {
    const params = new Params();
    const ids = params.list(areaIds);
    const [first, last, half, on] = [`${year}-01-01`, `${year}-12-31`, `${year}-07-01`, today].map((day) =>
      params.add(day),
    );
    return rows<FoundArea>(
      this.database.reader,
      `WITH RECURSIVE "above" ("id", "aboveId") AS (
         SELECT a."id", a."id" FROM "areas" a WHERE a."id" IN (${ids})
         UNION SELECT x."id", p."parentId" FROM "above" x JOIN "area_parents" p ON p."areaId" = x."aboveId" AND ${inForce('p', on)})
       SELECT a."id", a."name", a."kind" FROM "areas" a
       WHERE a."id" IN (${ids}) AND a."mergedIntoId" IS NULL
         AND EXISTS (SELECT 1 FROM "meetings" m JOIN "sessions" s ON s."meetingId" = m."id"
           WHERE m."areaId" = a."id" AND s."state" = 'closed' AND s."heldOn" BETWEEN ${first} AND ${last})
         AND NOT (a."kind" IN ('municipality', 'team')
           AND EXISTS (SELECT 1 FROM "above" x WHERE x."aboveId" = a."id" AND x."id" <> a."id"))
         AND NOT EXISTS (SELECT 1 FROM "above" x JOIN "reviews" r ON r."areaId" = x."aboveId"
           WHERE x."id" = a."id" AND r."opgaveId" IS NULL AND r."asOf" >= ${half})
       ORDER BY natural_key(a."name"), a."id"`,
      params.values,
    );
  }

  /** The areas that had one of these about the year before, and have none about this year. */
  private notRepeated(
    table: 'rating_rounds' | 'wijkagendas',
    areaIds: readonly string[],
    year: number,
  ): Promise<FoundArea[]> {
    const params = new Params();
    const has = (which: number): string =>
      `EXISTS (SELECT 1 FROM "${table}" t WHERE t."areaId" = a."id" AND t."year" = ${params.add(which)})`;
    return rows<FoundArea>(
      this.database.reader,
      `SELECT a."id", a."name", a."kind" FROM "areas" a
       WHERE a."id" IN (${params.list(areaIds)}) AND a."mergedIntoId" IS NULL AND ${has(year - 1)} AND NOT ${has(year)}
       ORDER BY natural_key(a."name"), a."id"`,
      params.values,
    );
  }
}
