import { Injectable } from '@nestjs/common';
import { asPerson, type Actor, type Caller } from '../platform/access/caller.js';
import { mustHaveJustSignedIn } from '../platform/access/recent-sign-in.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import type { PagingDto } from '../platform/common/paging.js';
import { notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOf, Params } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { ApiToken } from './api-token.entity.js';
import { hashOf, newSecret } from './tokens.rules.js';

const DAY_MS = 86_400_000;
const COLUMNS = '"id", "name", "createdAt", "expiresAt", "lastUsedAt", "version"';
/** @schema Token */
type TokenRow = Pick<ApiToken, 'id' | 'name' | 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'version'>;
/** @schema NewToken */
type NewToken = TokenRow & {
  /** The secret, shown only here. */
  token: string;
};

@Injectable()
export class Tokens {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a token valid for a number of days. Only this response contains the secret. A token cannot be used to get
   * one that outlives it: a lost token must not give access for ever. 403 on the pages without a recent sign-in.
   */
  issue(personId: string, name: string, days: number, by: Actor): Promise<NewToken> {
    const secret = newSecret('wa');
    const now = this.clock.now();
    if (by.how === 'session') mustHaveJustSignedIn(by, now);
    const wished = new Date(now.getTime() + days * DAY_MS).toISOString();
    const token = {
      id: newId(),
      name,
      createdAt: now.toISOString(),
      expiresAt: by.worksUntil && by.worksUntil < wished ? by.worksUntil : wished,
      lastUsedAt: null,
      version: 1,
    };
    return this.transactions.run(async (manager) => {
      await manager.insert(ApiToken, { ...token, personId, hash: hashOf(secret), revokedAt: null });
      await this.audit.record(manager, by, 'token.issued', { type: 'token', id: token.id });
      return { ...token, token: secret };
    });
  }

  /** The caller's own valid tokens. */
  list(paging: PagingDto, caller: Caller) {
    const params = new Params();
    const where = `"personId" = ${params.add(caller.personId)} AND "revokedAt" IS NULL AND "expiresAt" > ${params.add(this.clock.moment())}`;
    const query = { select: COLUMNS, from: '"api_tokens"', where, orderBy: '"createdAt" DESC', params };
    return pageOf<TokenRow>(this.database.reader, query, paging);
  }

  /** Revokes a token of the caller immediately; 404 for another's. */
  revoke(id: string, version: number, caller: Caller): Promise<void> {
    return this.transactions.run(async (manager) => {
      const token = await manager.findOneBy(ApiToken, { id, personId: asPerson(caller).personId });
      if (!token || token.revokedAt) throw notFound();
      mustMatch(token, version);
      await manager.update(ApiToken, id, { revokedAt: this.clock.moment() });
      await this.audit.record(manager, caller, 'token.revoked', { type: 'token', id });
    });
  }
}
