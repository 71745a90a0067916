import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { isMailAddress } from '../common/input.js';
import { Database } from '../database/database.js';
import { execute, row } from '../database/rows.js';
import { lockOne, Transactions } from '../database/transactions.js';
import { SETTINGS, type Settings } from '../settings.js';
import type { Composed } from './composer.js';
import { mayMail, type Outcome, pauseAfter } from './delivery.rules.js';
import { type Mail, MailKinds } from './mail-kinds.js';
import { OutgoingMessage } from './outgoing-message.entity.js';

const POSTGRES_FORM = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const RETRIED: readonly Outcome['state'][] = ['deferred', 'uncertain'];

/** Ready to be sent: with a mail that was made just now, or with the bytes of an earlier attempt. */
interface Ready {
  mail: Mail | null;
}

/** Who may send a message: one claim at a time, with a lease by the database's own clock. */
@Injectable()
export class MessageClaims {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly kinds: MailKinds,
  ) {}

  /** On SQLite one process has the file, so a claim of an earlier one is void. With bytes kept it may have been sent. */
  async voidEarlier(): Promise<void> {
    if (this.database.isPostgres) return;
    await this.transactions.run((manager) =>
      execute(
        manager,
        `UPDATE "outgoing_messages" SET "claimId" = NULL, "leaseUntil" = NULL,
           "state" = CASE WHEN "bytes" IS NULL THEN 'planned' ELSE 'uncertain' END WHERE "state" = 'claimed'`,
      ),
    );
  }

  /** Claims the message that is due longest; null when nothing is due. */
  next(): Promise<OutgoingMessage | null> {
    return this.transactions.run(async (manager) => {
      const found = await row<{ id: string }>(
        manager,
        `SELECT m."id" FROM "outgoing_messages" m
         WHERE (m."state" IN ('planned', 'deferred', 'uncertain') AND m."nextAttemptAt" <= $1)
            OR (m."state" = 'claimed' AND m."leaseUntil" < ${this.databaseTime(0)})
         ORDER BY m."nextAttemptAt", m."id" LIMIT 1${this.database.isPostgres ? ' FOR UPDATE SKIP LOCKED' : ''}`,
        [this.clock.moment()],
      );
      if (!found) return null;
      await execute(
        manager,
        `UPDATE "outgoing_messages" SET "state" = 'claimed', "claimId" = $1, "leaseUntil" = ${this.databaseTime(this.settings.MAIL_LEASE_SECONDS)}
         WHERE "id" = $2`,
        [newId(), found.id],
      );
      return manager.findOneByOrFail(OutgoingMessage, { id: found.id });
    });
  }

  /** Looks again whether it may and should go. Answers the mail, made once, or what became of the message instead. */
  prepare(message: OutgoingMessage): Promise<Ready | Outcome> {
    return this.transactions.run(async (manager) => {
      const current = await lockOne(manager, OutgoingMessage, message.id);
      if (current.claimId !== message.claimId) return { state: 'uncertain', words: null };
      return this.refused(message) ?? (await this.made(manager, message));
    });
  }

  /** Keeps the bytes before the first attempt; false when the claim is no longer ours. */
  async keep(message: OutgoingMessage, mail: Mail, { bytes, hash, messageId }: Composed): Promise<boolean> {
    const kept = await this.transactions.run((manager) =>
      execute(
        manager,
        `UPDATE "outgoing_messages" SET "bytes" = $1, "hash" = $2, "messageId" = $3, "subject" = $4, "lines" = $5
         WHERE "id" = $6 AND "claimId" = $7`,
        [bytes, hash, messageId, mail.subject.slice(0, 500), mail.lines, message.id, message.claimId],
      ),
    );
    return kept === 1;
  }

  /** Notes what became of an attempt, only while the claim is still ours; answers whether it was. */
  async record(message: OutgoingMessage, outcome: Outcome): Promise<boolean> {
    const now = this.clock.now();
    const isOnce = this.kinds.isAtMostOnce(message.kind);
    // What is sent at most once does not wait for another try when it may have arrived.
    const state = isOnce && outcome.state === 'uncertain' ? 'failed' : outcome.state;
    const attempts = message.attempts + (outcome.state === 'not_needed' || outcome.state === 'skipped' ? 0 : 1);
    const pauseMs = RETRIED.includes(state) ? pauseAfter(attempts) * 60_000 : 0;
    const recorded = await this.transactions.run((manager) =>
      execute(
        manager,
        `UPDATE "outgoing_messages" SET "state" = $1, "serverWords" = $2, "attempts" = $3, "nextAttemptAt" = $4,
           "sentAt" = CAST($5 AS varchar), "refusedAt" = CAST($6 AS varchar), "claimId" = NULL, "leaseUntil" = NULL${isOnce ? ', "bytes" = NULL' : ''}
         WHERE "id" = $7 AND "claimId" = $8`,
        [
          state,
          outcome.words,
          attempts,
          later(now, pauseMs),
          outcome.state === 'sent' ? now.toISOString() : null,
          outcome.isAddressRefused ? now.toISOString() : null,
          message.id,
          message.claimId,
        ],
      ),
    );
    return recorded === 1;
  }

  private refused(message: OutgoingMessage): Outcome | null {
    if (!isMailAddress(message.address)) return { state: 'failed', words: 'This is not one plain e-mail address.' };
    if (!mayMail(message.address, this.settings.MAIL_ONLY_TO))
      return { state: 'skipped', words: `Only addresses under ${this.settings.MAIL_ONLY_TO} are mailed here.` };
    if (this.clock.moment() <= message.expiresAt) return null;
    if (message.attempts === 0) return { state: 'skipped', words: 'Its time had passed before it could be sent.' };
    return { state: 'failed', words: `Its time has passed. The last answer was: ${message.serverWords ?? 'none'}` };
  }

  private async made(manager: EntityManager, message: OutgoingMessage): Promise<Ready | Outcome> {
    const kind = this.kinds.get(message.kind);
    if (message.bytes !== null) {
      // Left behind by an attempt that nobody saw the end of.
      if (kind.isAtMostOnce) return { state: 'uncertain', words: 'It may have been sent; it goes at most once.' };
      const isWanted = (await kind.isStillWanted?.(manager, message)) ?? true;
      return isWanted ? { mail: null } : { state: 'not_needed', words: null };
    }
    const mail = await kind.make(manager, message);
    return mail ? { mail } : { state: 'not_needed', words: null };
  }

  /** SQL for the database's time, in the form of `…At` columns. */
  private databaseTime(seconds: number): string {
    return this.database.isPostgres
      ? `to_char((clock_timestamp() + interval '${seconds} seconds') AT TIME ZONE 'UTC', ${POSTGRES_FORM})`
      : `strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+${seconds} seconds')`;
  }
}

const later = (from: Date, ms: number): string => new Date(from.getTime() + ms).toISOString();
