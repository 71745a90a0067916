import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The meeting of the same kind in the area that this one's area was merged into, as the merger of areas chooses it. */
const SUCCESSOR = `SELECT n."id" FROM "area_parents" p
  JOIN "meetings" n ON n."areaId" = p."parentId" AND n."kind" = "meetings"."kind" AND (n."endedOn" IS NULL OR n."endedOn" >= p."fromOn")
  WHERE p."areaId" = "meetings"."areaId" AND p."untilOn" IS NULL AND "meetings"."endedOn" <= p."fromOn" ORDER BY n."id" LIMIT 1`;
const CHAINED = `"successorId" IN (SELECT n."id" FROM "meetings" n WHERE n."successorId" IS NOT NULL)`;

/**
 * Sets the successor of meetings that ended when their area was merged, before successors were stored, and gives it the
 * actions that were reopened since.
 */
export class NameSuccessorsOfEarlierMergers1765000019000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `UPDATE "meetings" SET "successorId" = (${SUCCESSOR}) WHERE "successorId" IS NULL AND "endedOn" IS NOT NULL
         AND "areaId" IN (SELECT a."id" FROM "areas" a WHERE a."mergedIntoId" IS NOT NULL)`,
    );
    // The other area may have been merged since: the final successor counts.
    while ((await runner.query(`SELECT 1 FROM "meetings" WHERE ${CHAINED} LIMIT 1`)).length > 0) {
      await runner.query(
        `UPDATE "meetings" SET "successorId" = (SELECT n."successorId" FROM "meetings" n WHERE n."id" = "meetings"."successorId")
         WHERE ${CHAINED}`,
      );
    }
    await runner.query(
      `UPDATE "actions" SET "version" = "version" + 1,
         "meetingId" = (SELECT m."successorId" FROM "meetings" m WHERE m."id" = "actions"."meetingId")
       WHERE "closedOn" IS NULL AND "meetingId" IN (SELECT m."id" FROM "meetings" m WHERE m."successorId" IS NOT NULL)`,
    );
  }

  async down(): Promise<void> {
    // These successors are as valid as those stored at the time.
  }
}
