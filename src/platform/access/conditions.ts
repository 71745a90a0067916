import type { Params } from '../database/rows.js';
import { permittedAreas } from './access.rules.js';
import type { Caller } from './caller.js';
import type { Permission } from './permissions.js';

/** SQL for "in an area where the caller has this permission", over an area column. */
export function inPermittedAreas(caller: Caller, permission: Permission, column: string, params: Params): string {
  const areas = permittedAreas(caller, permission);
  return areas === 'all' ? 'TRUE' : `${column} IN (${params.list(areas)})`;
}

/** SQL for "open, or confidential to an organisation of the caller". */
export function knownTo(
  caller: Pick<Caller, 'organisationIds'>,
  alias: string,
  parties: { table: 'action_parties' | 'agenda_item_parties'; key: 'actionId' | 'agendaItemId' },
  params: Params,
): string {
  const own = `SELECT 1 FROM "${parties.table}" "party" WHERE "party"."${parties.key}" = ${alias}."id"`;
  return `(NOT ${alias}."isConfidential" OR EXISTS (${own} AND "party"."organisationId" IN (${params.list(caller.organisationIds)})))`;
}

export const ACTION_PARTIES = { table: 'action_parties', key: 'actionId' } as const;
export const ITEM_PARTIES = { table: 'agenda_item_parties', key: 'agendaItemId' } as const;
