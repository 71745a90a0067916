import type { MigrationInterface } from 'typeorm';

/**
 * The guards are put in place after every run of migrations. This one makes such a run: from now on the tables that are only
 * appended to cannot be emptied at once, nor their rows be replaced, either.
 */
export class GuardWholeTables1764000029000 implements MigrationInterface {
  name = 'GuardWholeTables1764000029000';

  async up(): Promise<void> {
    await Promise.resolve();
  }

  /** The guards stay: an older program has no need to take them away. */
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
