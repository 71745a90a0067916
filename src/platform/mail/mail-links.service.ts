import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { Database } from '../database/database.js';
import { execute, Params, row } from '../database/rows.js';
import { shapeOf } from '../database/shapes.js';
import { Transactions } from '../database/transactions.js';
import { MailLink } from './mail-link.entity.js';

const DAY_MS = 86_400_000;
const LINKS_PER_STATEMENT = 100;
const TOKEN_BYTES = 32;

interface NewLink {
  purpose: string;
  personId: string;
  /** The mail that contains it. */
  messageId: string | null;
  /** The subjects it gives access to: for a digest the actions in that mail. */
  subjectIds: string[];
  /** Validity in days. */
  days: number;
}

export type FoundLink = Omit<MailLink, 'hash'> & { isExpired: boolean };

/** Narrow permissions in mails: not a sign-in, but access for one person from one mail for a limited time. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Creates a link and returns its token, which exists in the mail only; the hash is stored here. */
  async issue(manager: EntityManager, { days, ...link }: NewLink): Promise<string> {
    return (await this.issueAll(manager, [{ days, ...link }]))[0];
  }

  /** Creates many links in few statements; returns the tokens in the same order. */
  async issueAll(manager: EntityManager, links: readonly NewLink[]): Promise<string[]> {
    const tokens = newTokens(links.length);
    for (let start = 0; start < links.length; start += LINKS_PER_STATEMENT) {
      const params = new Params();
      const values = links.slice(start, start + LINKS_PER_STATEMENT).map((link, n) => {
        const { purpose, personId, messageId, subjectIds, days } = link;
        const hash = hashOf(tokens[start + n]);
        const expiresAt = new Date(this.clock.now().getTime() + days * DAY_MS).toISOString();
        return `(${params.list([newId(), purpose, personId, messageId, JSON.stringify(subjectIds), hash, expiresAt])})`;
      });
      await execute(
        manager,
        `INSERT INTO "mail_links" ("id", "purpose", "personId", "messageId", "subjectIds", "hash", "expiresAt")
         VALUES ${values.join(', ')}`,
        params.values,
      );
    }
    return tokens;
  }

  /** The link of a token, even if expired; undefined for an unknown token. Changes nothing. */
  async find(token: string): Promise<FoundLink | undefined> {
    const link = await row<Omit<MailLink, 'hash'>>(
      this.database.reader,
      `SELECT l."id", l."purpose", l."personId", l."messageId", l."subjectIds", l."expiresAt", l."usedAt"
       FROM "mail_links" l WHERE l."hash" = $1`,
      [hashOf(token)],
      shapeOf(MailLink),
    );
    return link && { ...link, isExpired: link.expiresAt <= this.clock.moment() };
  }

  /** Records the first time a link was used to change something. Neither reading nor this uses the link up. */
  async markUsed(id: string): Promise<void> {
    await this.transactions.run((manager) =>
      execute(manager, 'UPDATE "mail_links" SET "usedAt" = $1 WHERE "id" = $2 AND "usedAt" IS NULL', [
        this.clock.moment(),
        id,
      ]),
    );
  }
}

/** Asked for together: asking costs more than the bytes do. */
function newTokens(count: number): string[] {
  const bytes = randomBytes(count * TOKEN_BYTES);
  return Array.from({ length: count }, (_, n) => bytes.toString('base64url', n * TOKEN_BYTES, (n + 1) * TOKEN_BYTES));
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
