import type { Caller } from '../../platform/access/caller.js';
import { ITEM_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Params, row, type Source } from '../../platform/database/rows.js';
import type { CurrentItem } from './current-item.entity.js';

interface Current extends Pick<CurrentItem, 'agendaItemId' | 'part'> {
  isConfidential: boolean;
}

/** The current item of a session, as far as the caller may know; undefined if there is none. */
export function currentOf(source: Source, sessionId: string, caller: Caller): Promise<Current | undefined> {
  const params = new Params();
  return row<Current>(
    source,
    `SELECT c."agendaItemId", c."part", coalesce(i."isConfidential", FALSE) AS "isConfidential"
     FROM "current_items" c LEFT JOIN "agenda_items" i ON i."id" = c."agendaItemId"
     WHERE c."sessionId" = ${params.add(sessionId)} AND (i."id" IS NULL OR ${knownTo(caller, 'i', ITEM_PARTIES, params)})`,
    params.values,
    { isConfidential: 'boolean' },
  );
}
