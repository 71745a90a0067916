import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The actions of a goal and of an opgave: most actions serve neither. */
export class FindWhatServesAGoal1764000047000 implements MigrationInterface {
  name = 'FindWhatServesAGoal1764000047000';

  async up(runner: QueryRunner): Promise<void> {
    for (const [name, column] of [
      ['actions_by_goal', 'goalId'],
      ['actions_by_opgave', 'opgaveId'],
    ])
      await runner.query(`CREATE INDEX "${name}" ON "actions" ("${column}") WHERE "${column}" IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX "actions_by_opgave"');
    await runner.query('DROP INDEX "actions_by_goal"');
  }
}
