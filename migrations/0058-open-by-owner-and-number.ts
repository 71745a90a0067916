import type { MigrationInterface, QueryRunner } from 'typeorm';

const IS_OPEN = '"closedOn" IS NULL';
/**
 * The columns that lists and counts of open actions ask. SQLite reads nothing but the index only if it also holds the
 * column of its own condition.
 */
const ASKED = named(
  'id',
  'isWithdrawn',
  'isConfidential',
  'isHandedBack',
  'dueKind',
  'status',
  'resumeOn',
  'sessionId',
).concat(', "closedOn"');
const COUNTED = [
  'dueOn',
  'id',
  'isWithdrawn',
  'isConfidential',
  'isHandedBack',
  'dueKind',
  'ownerId',
  'status',
  'resumeOn',
];

const open = (name: string, columns: string): string =>
  `CREATE INDEX "${name}" ON "actions" (${columns}) WHERE ${IS_OPEN}`;

function named(...columns: string[]): string {
  return columns.map((column) => `"${column}"`).join(', ');
}

/** Open actions of an owner, in the order of their numbers, and those that were handed back, from an index each. */
export class IndexOpenActionsByOwnerAndNumber1765000075000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of ['actions_open_by_due', 'actions_open_by_area', 'IDX_cac3f57f94276dc671837eb708'])
      await runner.query(`DROP INDEX "${name}"`);
    await runner.query(open('actions_open_by_due', `"dueOn", ${ASKED}, "ownerId", "areaId"`));
    await runner.query(open('actions_open_by_area', `"areaId", "dueOn", ${ASKED}, "ownerId"`));
    await runner.query(open('actions_open_by_owner', `"ownerId", "dueOn", ${ASKED}, "areaId"`));
    await runner.query(open('actions_open_by_number', `"numberKey", ${ASKED}, "dueOn", "ownerId", "areaId"`));
    await runner.query(
      `CREATE INDEX "actions_handed_back" ON "actions" ("areaId", "closedOn") WHERE "isHandedBack" AND ${IS_OPEN}`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of ['handed_back', 'open_by_number', 'open_by_owner', 'open_by_area', 'open_by_due'])
      await runner.query(`DROP INDEX "actions_${name}"`);
    await runner.query(open('IDX_cac3f57f94276dc671837eb708', named('ownerId', 'dueOn')));
    await runner.query(open('actions_open_by_area', named('areaId', ...COUNTED, 'sessionId')));
    await runner.query(open('actions_open_by_due', named(...COUNTED, 'areaId', 'sessionId')));
  }
}
