import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { execute } from '../database/rows.js';

export interface PlannedMail {
  kind: string;
  /** The same key is one message, however often it is planned. */
  dedupeKey: string;
  address: string;
  personId: string | null;
  /** The digest run or the minutes it belongs to. */
  batchId: string | null;
  /** Ids from which it is made at sending; never its text. */
  payload: Record<string, unknown>;
  /** After this moment it is not sent any more. */
  expiresAt: string;
}

/** The one outbox: all mail leaves through it. Planning is part of the transaction that causes the mail. */
@Injectable()
export class Outbox {
  constructor(private readonly clock: Clock) {}

  /** Plans one message; answers whether it is new. */
  async plan(manager: EntityManager, mail: PlannedMail): Promise<boolean> {
    const now = this.clock.moment();
    const added = await execute(
      manager,
      `INSERT INTO "outgoing_messages" ("id", "kind", "dedupeKey", "address", "personId", "batchId", "payload", "state",
         "plannedAt", "nextAttemptAt", "expiresAt") VALUES ($1, $2, $3, $4, $5, $6, $7, 'planned', $8, $8, $9)
       ON CONFLICT ("dedupeKey") DO NOTHING`,
      [
        newId(),
        mail.kind,
        mail.dedupeKey,
        mail.address,
        mail.personId,
        mail.batchId,
        JSON.stringify(mail.payload),
        now,
        mail.expiresAt,
      ],
    );
    return added === 1;
  }
}
