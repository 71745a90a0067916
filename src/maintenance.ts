import { Audit } from './platform/audit/audit.service.js';
import type { Actor } from './platform/access/caller.js';
import type { Clock } from './platform/common/clock.js';
import type { Database } from './platform/database/database.js';
import { Transactions } from './platform/database/transactions.js';
import { FileStore } from './files/file-store.js';
import { FileSweeper } from './files/file-sweeper.js';
import { VersionWriter } from './minutes/version-writer.service.js';
import { Destruction } from './administration/redaction/destruction.service.js';
import { Retention } from './administration/retention/retention.service.js';
import { TrailDestruction } from './administration/retention/trail-destruction.service.js';
import type { Settings } from './platform/settings.js';

export const COMMAND: Actor = { personId: null, how: 'command' };

/** What is past its retention period, one line per class; with `doesIt`, destroys it. */
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
  const store = new FileStore(settings);
  if (doesIt) await new FileSweeper(database, new Transactions(database), clock, store).sweep();
  return [
    ...found.map(
      ({ name, term, keptFrom, count, what }) =>
        `${name.padEnd(18)}${term.padEnd(10)} before ${keptFrom}  ${String(count).padStart(6)}  ${what}`,
    ),
    doesIt ? 'The above was destroyed.' : 'Nothing was destroyed. Use --execute to do so.',
  ];
}
