import { Injectable } from '@nestjs/common';
import { BudgetSummaries } from '../../budget/budget-summaries.service.js';
import { BOTH_AGREE, publicQuestions } from '../../questions/public-questions.js';
import { notFound } from '../../platform/common/problems.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { row, rows } from '../../platform/database/rows.js';
import { ReviewPublication } from '../../reviews/review-publication.service.js';
import { Publication } from '../../wijkagenda/publication.service.js';
import { QuarterlyPublication } from '../../wijkagenda/quarterly-results/quarterly-publication.service.js';
import { PublicFiles } from './public-files.service.js';
import { type MeetingDay, type PublicArea, toAreaPage } from './public-area.rules.js';

const ANYTHING_PUBLISHED = ['wijkagendas', 'reviews', 'quarterly_results']
  .map((table) => `EXISTS (SELECT 1 FROM "${table}" x WHERE x."areaId" = a."id" AND x."publishedAt" IS NOT NULL)`)
  .concat('EXISTS (SELECT 1 FROM "budgets" b WHERE b."areaId" = a."id" AND b."isPublic")')
  .concat(`EXISTS (SELECT 1 FROM "questions" q WHERE q."areaId" = a."id" AND ${BOTH_AGREE})`)
  .join(' OR ');
const MOST_MEETINGS = 5;
const MOST_QUARTERS = 200;

/** The areas that have published something, and the page of each for its residents. */
@Injectable()
export class PublicAreas {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly publication: Publication,
    private readonly reviews: ReviewPublication,
    private readonly quarters: QuarterlyPublication,
    private readonly files: PublicFiles,
    private readonly budgets: BudgetSummaries,
  ) {}

  /** Areas with anything published, by name; an area that was merged keeps its page but is not listed. */
  list(): Promise<{ id: string; name: string }[]> {
    return rows(
      this.database.reader,
      `SELECT a."id", a."name" FROM "areas" a WHERE a."mergedIntoId" IS NULL AND (${ANYTHING_PUBLISHED})
       ORDER BY natural_key(a."name"), a."id"`,
    );
  }

  /** The page of an area; the same 404 for an area that does not exist and one that has published nothing. */
  async page(id: string) {
    const area = await row<PublicArea>(
      this.database.reader,
      `SELECT a."id", a."name", a."contactEmail", i."id" AS "intoId", i."name" AS "intoName" FROM "areas" a
       LEFT JOIN "areas" i ON i."id" = a."mergedIntoId" WHERE a."id" = $1 AND (${ANYTHING_PUBLISHED})`,
      [id],
    );
    if (!area) throw notFound();
    const [wijkagenda, reviews, quarters, meetings, files, budget, questions] = await Promise.all([
      this.publication.latestOf(id),
      this.reviews.list(),
      this.quarters.published({ page: 1, pageSize: MOST_QUARTERS }),
      this.meetings(id),
      this.files.list(id),
      this.budgets.latestPublic(id),
      publicQuestions(this.database.reader, id),
    ]);
    const ofArea = ({ areaId }: { areaId: string }): boolean => areaId === id;
    return toAreaPage(
      {
        ...{ area, wijkagenda, meetings, files, budget, questions },
        ...{ reviews: reviews.filter(ofArea), quarters: quarters.items.filter(ofArea) },
      },
      this.clock.today(),
    );
  }

  /** Planned from today. Board meetings are internal and left out. */
  private meetings(areaId: string): Promise<MeetingDay[]> {
    return rows(
      this.database.reader,
      `SELECT m."kind", m."name", s."heldOn", s."startTime", s."place" FROM "sessions" s
       JOIN "meetings" m ON m."id" = s."meetingId"
       WHERE m."areaId" = $1 AND s."state" = 'planned' AND s."heldOn" >= $2 AND m."kind" <> 'board'
       ORDER BY s."heldOn", s."startTime", s."id" LIMIT ${MOST_MEETINGS}`,
      [areaId, this.clock.today()],
    );
  }
}
