import { Injectable } from '@nestjs/common';
import { hasReach } from '../access/access.rules.js';
import type { Caller } from '../access/caller.js';
import { inPermittedAreas } from '../access/conditions.js';
import { entryKnownTo } from '../access/confidentiality.js';
import { Database } from '../database/database.js';
import { orderOf, pageOf, Params } from '../database/rows.js';
import type { AuditEntryListDto, AuditEntryView } from './audit-entries.dto.js';

const SORT = { sequence: 'e."sequence"' };

/** Reads the audit trail as far as the caller may see it. */
@Injectable()
export class AuditEntries {
  constructor(private readonly database: Database) {}

  /**
   * Newest first. Administrators see everything, chairs their areas and their own operations, others their own
   * operations. Entries about confidential objects are shown to the parties; administrators see them without the
   * object, and searching for that object does not find them either.
   */
  list(query: AuditEntryListDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, 'e."sequence" DESC');
    const params = new Params();
    const known = entryKnownTo(params.list(caller.organisationIds));
    const conditions: string[] = [];
    if (!hasReach(caller, 'audit.read', 'all')) {
      const inAreas = inPermittedAreas(caller, 'audit.read', 'e."areaId"', params);
      conditions.push(`(${inAreas} OR e."actorId" = ${params.add(caller.personId)})`, known);
    }
    if (query.object) conditions.push(`e."objectId" = ${params.add(query.object)} AND ${known}`);
    if (query.actor) {
      const actor = params.add(query.actor);
      conditions.push(`(e."actorId" = ${actor} OR e."clientId" = ${actor})`);
    }
    if (query.operation) conditions.push(`e."operation" = ${params.add(query.operation)}`);
    const select = `e."sequence", e."at", e."actorId", e."clientId",
      coalesce((SELECT p."name" FROM "people" p WHERE p."id" = e."actorId"),
        (SELECT c."name" FROM "clients" c WHERE c."id" = e."clientId")) AS "actorName", e."how", e."operation",
      CASE WHEN ${known} THEN e."objectType" ELSE 'vertrouwelijk' END AS "objectType",
      CASE WHEN ${known} THEN e."objectId" END AS "objectId", e."areaId", e."result"`;
    const where = conditions.length > 0 ? conditions.join(' AND ') : 'TRUE';
    return pageOf<AuditEntryView>(
      this.database.reader,
      { select, from: '"audit_entries" e', where, orderBy, params },
      query,
    );
  }
}
