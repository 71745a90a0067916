import type { Caller } from '../../platform/access/caller.js';
import { rows, type Source } from '../../platform/database/rows.js';
import type { VisibleMinutes } from '../../minutes/minutes-visibility.js';
import type { MinutesService } from '../../minutes/minutes.service.js';
import type { ReadablePart } from '../../minutes/reading.rules.js';

/** The parts the caller may know of each readable version, in order. */
export async function keptVersions(
  service: MinutesService,
  source: Source,
  minutes: VisibleMinutes,
  by: Caller,
): Promise<ReadablePart[][]> {
  const versions = await rows<{ id: string }>(
    source,
    'SELECT "id" FROM "minutes_versions" WHERE "minutesId" = $1 ORDER BY "number"',
    [minutes.id],
  );
  const kept: ReadablePart[][] = [];
  for (const { id } of versions) kept.push(await service.knownParts(source, minutes, id, by));
  return kept;
}
