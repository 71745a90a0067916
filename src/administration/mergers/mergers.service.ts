import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { ACTION_PARTIES, knownTo } from '../../platform/access/confidentiality.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { mustMatch } from '../../platform/common/etag.js';
import { conflict, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { RowHistory } from '../../platform/database/row-history.js';
import { execute, notEnded, Params, row } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { NEXT_VERSION, updateRow } from '../../platform/database/writes.js';
import { withMergedOf } from '../../directory/organisations/merged.conditions.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import type { OrganisationView } from '../../directory/organisations/organisations.dto.js';
import { organisationMerged, organisationView } from '../../directory/organisations/organisations.service.js';
import { TransferActions } from './transfer-actions.service.js';
import type { MergeOrganisationDto, MergerPreview } from './mergers.dto.js';
import { countLastWordOnly } from './opinions.js';
import { aliasesAfter, MOST_ALIASES } from './mergers.rules.js';
import { TransferInvitations } from './transfer-invitations.service.js';

/** Thousands of actions may be transferred, all or nothing. */
const LONGEST_MS = 60_000;

/** Merges an organisation into another: the old id stays readable and names the new one. */
@Injectable()
export class Mergers {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly former: RowHistory,
    private readonly seats: TransferInvitations,
    private readonly work: TransferActions,
  ) {}

  /** What moves, for the person deciding on it: includes only confidential actions the caller may know of. */
  async preview(id: string, by: Caller): Promise<MergerPreview> {
    const params = new Params();
    const [organisation, today] = [params.add(id), params.add(by.today)];
    const its = (alias: string) => `${alias}."organisationId" = ${organisation} AND ${notEnded(alias, today)}`;
    const preview = await row<MergerPreview>(
      this.database.reader,
      `SELECT (SELECT count(DISTINCT m."personId") FROM "memberships" m WHERE ${its('m')}) AS "members",
         (SELECT count(*) FROM "contacts" c WHERE ${its('c')}) AS "contacts",
         (SELECT count(DISTINCT i."meetingId") FROM "invitations" i WHERE ${its('i')} AND i."agendaItemId" IS NULL) AS "meetings",
         (SELECT count(*) FROM "actions" a WHERE a."closedOn" IS NULL AND NOT a."isWithdrawn"
           AND ${knownTo(by, 'a', ACTION_PARTIES, params)} AND (a."ownerId" = ${organisation}
           OR a."id" IN (SELECT o."actionId" FROM "action_co_owners" o WHERE o."organisationId" = ${organisation}))) AS "openActions"`,
      params.values,
    );
    return preview!;
  }

  /**
   * Merges an organisation into another. 409 if it was already merged or the two together have too many names, 400 if
   * the other does not exist, is the same, or was itself merged.
   */
  merge(id: string, { intoId }: MergeOrganisationDto, version: number, by: Caller): Promise<OrganisationView> {
    return this.transactions.run(
      async (manager) => {
        const [merged, into] = await lockBoth(manager, id, intoId);
        mustMatch(merged, version);
        if (merged.mergedIntoId !== null) throw organisationMerged();
        if (into === undefined || into.id === id || into.mergedIntoId !== null) throw notAnother();
        await this.rename(manager, merged, into, by.today);
        await countLastWordOnly(manager, intoId);
        const entries = await this.seats.move(manager, id, intoId, by.today);
        entries.push(...(await this.work.handOver(manager, { mergedId: id, into }, by)));
        const organisations = (['organisation.merged', 'organisation.changed'] as const).map((operation, at) => ({
          operation,
          subject: { type: 'organisation', id: [id, intoId][at] },
        }));
        await this.audit.recordAll(manager, by, [...organisations, ...entries]);
        return organisationView(manager, id);
      },
      undefined,
      LONGEST_MS,
    );
  }

  /** Old names become names of the new organisation, and anything merged into the old one now refers to the new one. */
  private async rename(manager: EntityManager, merged: Organisation, into: Organisation, today: string): Promise<void> {
    const aliases = aliasesAfter(into, merged);
    if (aliases.length > MOST_ALIASES) {
      throw conflict(
        'TOO_MANY_NAMES',
        `Together they have more than ${MOST_ALIASES} other names: take some away first.`,
      );
    }
    await this.former.keep(manager, 'organisations', into.id, { aliases });
    await updateRow(manager, Organisation, into.id, { aliases });
    for (const id of await withMergedOf(manager, merged.id))
      await this.former.keep(manager, 'organisations', id, { mergedIntoId: into.id }, today);
    await execute(
      manager,
      `UPDATE "organisations" SET "mergedIntoId" = $1, ${NEXT_VERSION} WHERE "id" = $2 OR "mergedIntoId" = $2`,
      [into.id, merged.id],
    );
  }
}

/** Both organisations, locked in the order of their ids so that concurrent mergers of the same two cannot deadlock. */
async function lockBoth(
  manager: EntityManager,
  id: string,
  intoId: string,
): Promise<[Organisation, Organisation | undefined]> {
  const locked = new Map<string, Organisation>();
  for (const one of [id, intoId].toSorted()) {
    if (await manager.existsBy(Organisation, { id: one })) locked.set(one, await lockOne(manager, Organisation, one));
  }
  const merged = locked.get(id);
  if (!merged) throw notFound();
  return [merged, locked.get(intoId)];
}

const notAnother = () =>
  invalid([{ field: 'intoId', message: 'intoId must be another organisation that has not itself been merged' }]);
