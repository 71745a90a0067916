import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a review asks, area first, and found whole in the index: no row is read to see that it does not count. */
const INDEXES = [
  ['actions_by_begin', 'actions', 'areaId, recordedOn, id, isConfidential, isWithdrawn, goalId, opgaveId'],
  ['actions_by_end', 'actions', 'areaId, closedOn, recordedOn, id, isConfidential, isWithdrawn, goalId, opgaveId'],
  ['action_updates_as_of', 'action_updates', 'actionId, effectiveOn, sequence, recordedAt, closedOn'],
  ['action_updates_by_entry', 'action_updates', 'areaId, recordedAt, effectiveOn'],
];
/** Of which those above are longer. */
const REPLACED = [
  ['IDX_ea3bbca1f59331f5208a7c4644', 'actions', 'areaId, recordedOn'],
  ['IDX_cc4ef4e434ee4db5e76eee7383', 'action_updates', 'actionId, effectiveOn, sequence'],
  ['IDX_78c6274338fc660e9e731adc3d', 'action_updates', 'areaId, effectiveOn'],
];

export class IndexTheYear1764000018000 implements MigrationInterface {
  name = 'IndexTheYear1764000018000';

  async up(runner: QueryRunner): Promise<void> {
    await replace(runner, REPLACED, INDEXES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replace(runner, INDEXES, REPLACED);
  }
}

async function replace(runner: QueryRunner, gone: string[][], come: string[][]): Promise<void> {
  for (const [name, table, columns] of come)
    await runner.query(`CREATE INDEX "${name}" ON "${table}" ("${columns.replaceAll(', ', '", "')}")`);
  for (const [name] of gone) await runner.query(`DROP INDEX "${name}"`);
}
