import { Injectable } from '@nestjs/common';
import { isReplaced } from '../directory/people/replaced.conditions.js';
import { Database } from '../platform/database/database.js';
import { rows } from '../platform/database/rows.js';

interface Replaced {
  name: string;
  untilOn: string;
}

/** Who also receives a person's mail while that person is away, and the other way round. */
@Injectable()
export class Replacing {
  constructor(private readonly database: Database) {}

  /** Who replaces this person today, null if nobody does, and whom this person replaces. */
  async of(personId: string, today: string): Promise<{ by: Replaced | null; replaces: Replaced[] }> {
    const found = await rows<Replaced & { isAway: boolean }>(
      this.database.reader,
      `SELECT r."name", p."replacementUntilOn" AS "untilOn", TRUE AS "isAway" FROM "people" p
         JOIN "people" r ON r."id" = p."replacementId" AND r."active" WHERE p."id" = $1 AND ${isReplaced('p', '$2')}
       UNION ALL SELECT p."name", p."replacementUntilOn", FALSE FROM "people" p
         WHERE p."replacementId" = $1 AND ${isReplaced('p', '$2')} AND p."active" ORDER BY 2, 1`,
      [personId, today],
      { isAway: 'boolean' },
    );
    return { by: found.find(({ isAway }) => isAway) ?? null, replaces: found.filter(({ isAway }) => !isAway) };
  }
}
