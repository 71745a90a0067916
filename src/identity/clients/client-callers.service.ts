import { Injectable } from '@nestjs/common';
import { Areas } from '../../directory/areas/areas.service.js';
import { areasPerRole, type Caller } from '../../platform/access/caller.js';
import { OF_EVERY_CLIENT, type Permission } from '../../platform/access/permissions.js';
import { Clock } from '../../platform/common/clock.js';
import { CommitScopedCache } from '../../platform/database/commit-scoped-cache.js';
import { Database } from '../../platform/database/database.js';
import { row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { isNewUse, TokenUses } from '../token-uses.service.js';
import { hashOf } from '../tokens.rules.js';
import { ClientToken } from './client-token.entity.js';
import { Client } from './client.entity.js';

type Known = Pick<ClientToken, 'id' | 'clientId' | 'expiresAt' | 'lastUsedAt'> &
  Pick<Client, 'name' | 'areaId' | 'permissions'>;

const SHAPE = shapeOf(Client);

/**
 * Identifies clients by their token. They belong to no organisation, so they never have access to anything
 * confidential.
 */
@Injectable()
export class ClientCallers {
  private readonly tokens = new CommitScopedCache<Known | null>(this.database);

  constructor(
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly clock: Clock,
    private readonly uses: TokenUses,
  ) {}

  /** The client of a token; undefined if that is unknown, expired or revoked, or if the client was ended. */
  async byToken(secret: string): Promise<Caller | undefined> {
    const now = this.clock.moment();
    const hash = hashOf(secret);
    const known = await this.tokens.latest(hash, () => this.find(hash));
    if (!known || known.expiresAt <= now) return undefined;
    if (isNewUse(known, now)) await this.uses.note(ClientToken, known, now);
    const today = this.clock.today();
    const areas = await this.areas.idsBelow(known.areaId, today);
    return {
      ...{ personId: null, clientId: known.clientId, tokenId: known.id, name: known.name, how: 'token', today },
      roles: new Set(['client']),
      permissions: new Set<Permission>([...OF_EVERY_CLIENT, ...known.permissions]),
      areaIds: areasPerRole({ client: areas }),
      ...{ organisationIds: [], memberOfIds: [], meetingIds: [], sessionIds: [], opgaveIds: [] },
      worksUntil: known.expiresAt,
    };
  }

  private async find(hash: string): Promise<Known | null> {
    const found = await row<Known>(
      this.database.reader,
      `SELECT t."id", t."clientId", t."expiresAt", t."lastUsedAt", c."name", c."areaId", c."permissions"
       FROM "client_tokens" t JOIN "clients" c ON c."id" = t."clientId"
       WHERE t."hash" = $1 AND t."revokedAt" IS NULL AND c."endedAt" IS NULL`,
      [hash],
      SHAPE,
    );
    return found ?? null;
  }
}
