import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { mustHaveJustSignedIn } from '../../platform/access/recent-sign-in.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import type { Page, PagingDto } from '../../platform/common/paging.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { exists, pageOf, Params } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { hashOf, newSecret } from '../tokens.rules.js';
import { ClientToken } from './client-token.entity.js';
import { endOfOverlap, expiryOf, PREFIX } from './client-tokens.rules.js';
import { Client } from './client.entity.js';
import type { ClientTokenView, NewClientToken } from './clients.dto.js';
import { lockWorking } from './clients.service.js';

const COLUMNS = '"id", "createdAt", "expiresAt", "lastUsedAt", "replacesId", "version"';

/** The tokens of clients: created and revoked by administrators, replaced by the client itself. */
@Injectable()
export class ClientTokens {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The valid tokens of a client, newest first; 404 if there is no such client. */
  async list(clientId: string, paging: PagingDto): Promise<Page<ClientTokenView>> {
    if (!(await exists(this.database.reader, 'clients', clientId))) throw notFound();
    const params = new Params();
    const where = `"clientId" = ${params.add(clientId)} AND "revokedAt" IS NULL AND "expiresAt" > ${params.add(this.clock.moment())}`;
    const query = { select: COLUMNS, from: '"client_tokens"', where, orderBy: '"createdAt" DESC, "id" DESC', params };
    return pageOf<ClientTokenView>(this.database.reader, query, paging);
  }

  /**
   * Creates a token valid for a number of days; only this response contains the secret. 403 on the pages without a
   * recent sign-in. If requested with an API token, it and its successors expire with that one: a lost token must not
   * give access for ever.
   */
  issue(clientId: string, days: number, by: Caller): Promise<NewClientToken> {
    if (by.how === 'session') mustHaveJustSignedIn(by, this.clock.now());
    return this.transactions.run(async (manager) => {
      const { areaId } = await lockWorking(manager, clientId);
      const renewableUntil = by.worksUntil ?? null;
      const made = await this.make(manager, { clientId, days, renewableUntil, replacesId: null });
      await this.audit.record(manager, by, 'client_token.issued', { type: 'client_token', id: made.id, areaId });
      return made;
    });
  }

  /** Revokes a token of a client immediately; 404 if it has no such valid token. */
  revoke(clientId: string, id: string, version: number, by: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const { areaId } = await lockOne(manager, Client, clientId);
      const token = await manager.findOneBy(ClientToken, { id, clientId, revokedAt: IsNull() });
      if (!token) throw notFound();
      mustMatch(token, version);
      await manager.update(ClientToken, id, { revokedAt: this.clock.moment() });
      await this.audit.record(manager, by, 'client_token.revoked', { type: 'client_token', id, areaId });
    });
  }

  /**
   * Replaces the token of this request: the new one is valid for the same number of days, the old one for the overlap.
   * If requested again with the old token, because the response was lost, the unused new one is revoked; 409 if it was
   * used.
   */
  rotate(by: Caller): Promise<NewClientToken> {
    const { clientId, tokenId } = by;
    if (clientId === undefined || tokenId === undefined) throw forbidden();
    return this.transactions.run(async (manager) => {
      const { areaId } = await lockWorking(manager, clientId);
      const former = await manager.findOneByOrFail(ClientToken, { id: tokenId });
      await this.revokeUnused(manager, tokenId);
      const { days, renewableUntil } = former;
      const made = await this.make(manager, { clientId, days, renewableUntil, replacesId: tokenId });
      await manager.update(ClientToken, tokenId, { expiresAt: endOfOverlap(this.clock.now(), former.expiresAt) });
      await this.audit.record(manager, by, 'client_token.rotated', { type: 'client_token', id: made.id, areaId });
      return made;
    });
  }

  private async revokeUnused(manager: EntityManager, replacesId: string): Promise<void> {
    for (const { id, lastUsedAt } of await manager.findBy(ClientToken, { replacesId, revokedAt: IsNull() })) {
      if (lastUsedAt !== null) throw conflict('TOKEN_REPLACED', 'This token was replaced, and the new one is in use.');
      await manager.update(ClientToken, id, { revokedAt: this.clock.moment() });
    }
  }

  private async make(
    manager: EntityManager,
    about: Pick<ClientToken, 'clientId' | 'days' | 'renewableUntil' | 'replacesId'>,
  ): Promise<NewClientToken> {
    const now = this.clock.now();
    const secret = newSecret(PREFIX);
    const { days, renewableUntil, replacesId } = about;
    const expiresAt = expiryOf(now, days, renewableUntil);
    const shown = { id: newId(), createdAt: now.toISOString(), expiresAt, lastUsedAt: null, replacesId, version: 1 };
    await manager.insert(ClientToken, { ...shown, ...about, hash: hashOf(secret), revokedAt: null });
    return { ...shown, token: secret };
  }
}
