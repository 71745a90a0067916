import type { MigrationInterface, QueryRunner } from 'typeorm';

interface RareIndex {
  table: string;
  name: string;
  formerly: string;
  columns: [rare: string, ...others: string[]];
}

/** What most rows refer to nothing by: the name of its index, and the name until now, when every row was in it. */
const RARE: RareIndex[] = [
  { table: 'actions', name: 'actions_of_session', formerly: 'IDX_ec835fec15a5b1409d8776e880', columns: ['sessionId'] },
  {
    table: 'actions',
    name: 'actions_of_person',
    formerly: 'IDX_7c1ccc84383efd22bec19d8e82',
    columns: ['ownerPersonId'],
  },
  {
    table: 'actions',
    name: 'actions_requested_by',
    formerly: 'IDX_de39ebb4af6abf262abcb85dbc',
    columns: ['requestedById'],
  },
  { table: 'actions', name: 'actions_following', formerly: 'IDX_e04f768f51983aa99e85cb5d6e', columns: ['followsOnId'] },
  {
    table: 'action_updates',
    name: 'action_updates_of_session',
    formerly: 'IDX_e50a31ec3b16f497dcc8fe617e',
    columns: ['sessionId'],
  },
  {
    table: 'audit_entries',
    name: 'audit_entries_of_client',
    formerly: 'audit_entries_by_client',
    columns: ['clientId', 'sequence'],
  },
];

const named = (columns: string[]): string => columns.map((column) => `"${column}"`).join(', ');

/** An index of a column that most rows leave empty holds the others only, so that writing these costs nothing there. */
export class IndexRareReferences1765000088000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { table, name, formerly, columns } of RARE) {
      await runner.query(`DROP INDEX "${formerly}"`);
      await runner.query(`CREATE INDEX "${name}" ON "${table}" (${named(columns)}) WHERE "${columns[0]}" IS NOT NULL`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, name, formerly, columns } of RARE.toReversed()) {
      await runner.query(`DROP INDEX "${name}"`);
      await runner.query(`CREATE INDEX "${formerly}" ON "${table}" (${named(columns)})`);
    }
  }
}
