import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import type { Page } from '../../platform/common/paging.js';
import { conflict, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { dialectOf } from '../../platform/database/dialect.js';
import { execute, orderOf, pageOf, Params, row, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Client } from './client.entity.js';
import type { ChangeClientDto, ClientListDto, ClientView, CreateClientDto } from './clients.dto.js';
import { isCurrentArea, NOT_AN_AREA } from '../../directory/areas/current-areas.js';

const SORT = { name: 'natural_key(c."name")', area: 'natural_key(a."name")', createdAt: 'c."createdAt"' };
const FROM = '"clients" c JOIN "areas" a ON a."id" = c."areaId"';
const SHAPE = shapeOf(Client);

const columns = (now: string): string => `c."id", c."name", c."contact", c."areaId", a."name" AS "areaName",
  c."permissions", c."createdAt", c."endedAt", c."version",
  (SELECT max(t."lastUsedAt") FROM "client_tokens" t WHERE t."clientId" = c."id") AS "lastUsedAt",
  CASE WHEN c."endedAt" IS NULL THEN (SELECT max(t."expiresAt") FROM "client_tokens" t WHERE t."clientId" = c."id"
    AND t."revokedAt" IS NULL AND t."expiresAt" > ${now}) END AS "tokensExpireAt"`;

/** External systems: their names, areas and permissions. */
@Injectable()
export class Clients {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(query: ClientListDto): Promise<Page<ClientView>> {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(c."name"), c."id"');
    const select = columns(`'${this.clock.moment()}'`);
    const where = query.working === undefined ? 'TRUE' : `(c."endedAt" IS NULL) = ${query.working ? 'TRUE' : 'FALSE'}`;
    const asked = { select, from: FROM, where, orderBy, params: new Params(), shape: SHAPE };
    return pageOf<ClientView>(this.database.reader, asked, query);
  }

  /** One client; 404 if there is none. */
  async read(id: string, source: Source = this.database.reader): Promise<ClientView> {
    const sql = `SELECT ${columns('$1')} FROM ${FROM} WHERE c."id" = $2`;
    const found = await row<ClientView>(source, sql, [this.clock.moment(), id], SHAPE);
    if (!found) throw notFound();
    return found;
  }

  /**
   * 400 if the area does not exist or was merged; 409 if a client, even an ended one, has this name, because the audit trail uses it.
   */
  create(input: CreateClientDto, by: Caller): Promise<ClientView> {
    return this.transactions.run(async (manager) => {
      const { name, areaId, permissions, contact = null } = input;
      if (!(await isCurrentArea(manager, areaId))) throw invalid([NOT_AN_AREA]);
      await this.mustBeOnlyOne(manager, name);
      const id = newId();
      const made = { createdAt: this.clock.moment(), createdById: by.personId, endedAt: null, version: 1 };
      await manager.insert(Client, { id, name, areaId, permissions, contact, ...made });
      await this.audit.record(manager, by, 'client.created', { type: 'client', id, areaId });
      return this.read(id, manager);
    }, by.once);
  }

  /** Changes its name, contact or permissions, which apply from the next request. 409 once it was ended. */
  change(id: string, input: ChangeClientDto, version: number, by: Caller): Promise<ClientView> {
    return this.transactions.run(async (manager) => {
      const client = await lockWorking(manager, id, version);
      if (input.name !== undefined && input.name !== client.name) await this.mustBeOnlyOne(manager, input.name);
      const { name, contact, permissions } = input;
      await updateRow(manager, Client, id, { name, contact, permissions });
      await this.audit.record(manager, by, 'client.changed', { type: 'client', id, areaId: client.areaId });
      return this.read(id, manager);
    });
  }

  /** Ends it permanently: none of its tokens work from the next request. 409 if it was already ended. */
  end(id: string, version: number, by: Caller): Promise<ClientView> {
    return this.transactions.run(async (manager) => {
      const client = await lockWorking(manager, id, version);
      const endedAt = this.clock.moment();
      await updateRow(manager, Client, id, { endedAt });
      const revoke = 'UPDATE "client_tokens" SET "revokedAt" = $1 WHERE "clientId" = $2 AND "revokedAt" IS NULL';
      await execute(manager, revoke, [endedAt, id]);
      await this.audit.record(manager, by, 'client.ended', { type: 'client', id, areaId: client.areaId });
      return this.read(id, manager);
    });
  }

  private async mustBeOnlyOne(manager: EntityManager, name: string): Promise<void> {
    await dialectOf(manager).holdName(manager, `client ${name}`);
    if (await manager.existsBy(Client, { name }))
      throw conflict('CLIENT_EXISTS', 'There is or was already a client with this name.');
  }
}

/** Locks an active client; 404 if there is none, 409 if it was ended, 412 if it was changed since it was read. */
export async function lockWorking(manager: EntityManager, id: string, version?: number): Promise<Client> {
  const client = await lockOne(manager, Client, id);
  if (version !== undefined) mustMatch(client, version);
  if (client.endedAt !== null) throw conflict('CLIENT_ENDED', 'This client was ended.');
  return client;
}
