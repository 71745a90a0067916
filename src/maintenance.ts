import { Audit } from './audit/audit.service.js';
import type { Actor } from './access/caller.js';
import type { Clock } from './common/clock.js';
import type { Database } from './database/database.js';
import { Transactions } from './database/transactions.js';
import { VersionWriter } from './minutes/version-writer.service.js';
import { Destruction } from './removals/destruction.service.js';
import { Retention } from './retention/retention.service.js';
import { TrailDestruction } from './retention/trail-destruction.service.js';
import type { Settings } from './settings.js';

export const COMMAND: Actor = { personId: null, how: 'command' };

/** What has passed its term, one line a class; with `doesIt` it is destroyed. */
export async function retentionLines(
  database: Database,
  settings: Settings,
  clock: Clock,
  doesIt: boolean,
): Promise<string[]> {
  const audit = new Audit(clock);
  const destruction = new Destruction(new VersionWriter(clock));
  const trail = new TrailDestruction(audit);
  const retention = new Retention(database, new Transactions(database), audit, clock, destruction, trail, settings);
  const found = doesIt ? await retention.execute(COMMAND) : await retention.preview();
  return [
    ...found.map(
      ({ name, term, keptFrom, count, what }) =>
        `${name.padEnd(18)}${term.padEnd(10)} before ${keptFrom}  ${String(count).padStart(6)}  ${what}`,
    ),
    doesIt ? 'This was destroyed.' : 'Nothing was destroyed. With --execute it is.',
  ];
}
