import type { FileKind } from '../../files/file.entity.js';
import type { FileFormat } from '../../files/file-formats.rules.js';
import { FILE_KIND_WORDS } from '../../files/words.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { type Source, Params, rows } from '../../platform/database/rows.js';

/** A file for the archive, and what it belongs to. */
export interface FileOfYear {
  id: string;
  name: string;
  format: FileFormat;
  bytes: number;
  sha256: string;
  /** The moment (ISO 8601) it was added. */
  addedAt: string;
  kind: FileKind;
  /** Number and title of the item or action; title of the initiative. */
  thing: string;
  /** The day of the session, or the day the action was recorded or the initiative decided. */
  on: string;
}

/**
 * The files archived for a year: of agenda items of these sessions, actions agreed in the year, and initiatives decided
 * on from its budgets. None of anything confidential, and none that were redacted.
 */
export function filesOfYear(
  source: Source,
  areaIds: readonly string[],
  year: number,
  sessionIds: readonly string[],
): Promise<FileOfYear[]> {
  const params = new Params();
  const areas = params.list([...areaIds]);
  const file = 'f."id", f."name", f."format", f."bytes", f."sha256", f."addedAt", f."kind"';
  const of = (kind: string) => `f."kind" = '${kind}' AND f."state" = 'stored'`;
  return rows<FileOfYear>(
    source,
    `SELECT * FROM (SELECT ${file}, i."number" || '. ' || i."title" AS "thing", s."heldOn" AS "on"
     FROM "files" f JOIN "agenda_items" i ON i."id" = f."thingId" JOIN "sessions" s ON s."id" = i."sessionId"
     WHERE ${of('agenda_item')} AND NOT i."isConfidential" AND s."id" IN (${params.list([...sessionIds])})
     UNION ALL
     SELECT ${file}, a."number" || ' ' || a."title", a."recordedOn" FROM "files" f JOIN "actions" a ON a."id" = f."thingId"
     WHERE ${of('action')} AND a."areaId" IN (${areas}) AND NOT a."isConfidential" AND NOT a."isWithdrawn"
       AND a."recordedOn" BETWEEN ${params.add(`${year}-01-01`)} AND ${params.add(`${year}-12-31`)}
     UNION ALL
     SELECT ${file}, n."title", n."decidedOn" FROM "files" f JOIN "initiatives" n ON n."id" = f."thingId"
       JOIN "budgets" b ON b."id" = n."budgetId"
     WHERE ${of('initiative')} AND b."areaId" IN (${areas}) AND b."year" = ${params.add(year)} AND n."state" <> 'requested'
     ) w ORDER BY w."on", w."addedAt", w."id"`,
    params.values,
  );
}

/** "Stuk bij agendapunt 3. Speelplek, dinsdag 2 juni 2026." */
export const archiveWords = ({ kind, thing, on }: FileOfYear): string =>
  `${FILE_KIND_WORDS[kind].of} ${thing}, ${inDutch(on)}.`;

/** `stuk-2026-06-02-kaart`, in plain letters only and without the ending. */
export function archiveName({ kind, on, name }: FileOfYear): string {
  const plain = name
    .replace(/\.[^.]+$/, '')
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60)
    .toLowerCase();
  return `${FILE_KIND_WORDS[kind].name}-${on}-${plain || 'bestand'}`;
}
