import { Inject, Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { conflict } from '../common/problems.js';
import { dialectOf } from '../database/dialect.js';
import { execute, Params, row, rows } from '../database/rows.js';
import { shapeOf } from '../database/shapes.js';
import { SETTINGS, type Settings } from '../settings.js';
import { HoldWatch } from './hold-watch.js';
import { discardBytes, HAS_BYTES } from './message-bytes.js';
import { OutgoingMessage, UNMADE } from './outgoing-message.entity.js';

type Payload = OutgoingMessage['payload'];

export interface PlannedMail {
  kind: string;
  /** Planning the same key again does not create a second message. Any length: see `keptKey`. */
  dedupeKey: string;
  address: string;
  personId: string | null;
  /** The digest run or the minutes it belongs to. */
  batchId: string | null;
  /** Ids needed to render it when it is sent; never its text. */
  payload: Payload;
  /** Not sent before this moment; immediately if left out. */
  notBefore?: string;
  /** Not sent after this moment. */
  expiresAt: string;
  /** Why it is not sent at all: it is listed as skipped and not planned again. */
  skippedFor?: string;
}

/** The length of its column. Long addresses make longer keys. */
const LONGEST_KEY = 200;
const KEPT_OF_LONG_KEY = 120;

/**
 * A key as stored: one that is too long is cut off, keeping the start that says what it is about, followed by a hash of
 * the whole.
 */
function keptKey(key: string): string {
  if (key.length <= LONGEST_KEY) return key;
  return `${key.slice(0, KEPT_OF_LONG_KEY)}#${createHash('sha256').update(key).digest('hex')}`;
}

const ROWS_PER_STATEMENT = 200;
/** Stored with messages planned without a mail server: they are listed, but not sent months later. */
const NO_SERVER = 'No mail server was configured.';

/** The outbox that all mail leaves through. A mail is planned in the transaction that causes it. */
@Injectable()
export class Outbox {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly hold: HoldWatch,
  ) {}

  /** Whether mail can be sent: checked by everything that plans mail on a schedule. */
  maySend(): Promise<boolean> {
    return this.hold.maySend();
  }

  /**
   * 409 while no mail server is configured. Called, after the permission check, for everything a person sends, so that
   * nothing is marked as sent that reaches nobody.
   */
  mustHaveServer(): void {
    if (!this.settings.SMTP_URL)
      throw conflict('MAIL_NOT_CONFIGURED', 'No mail server is configured, so nothing can be sent.');
  }

  /** Plans one message; returns whether it is new. */
  async plan(manager: EntityManager, mail: PlannedMail): Promise<boolean> {
    return (await this.planAll(manager, [mail])) === 1;
  }

  /** Plans many in few statements; returns how many are new. Without a mail server they are stored as skipped. */
  async planAll(manager: EntityManager, mails: readonly PlannedMail[]): Promise<number> {
    let added = 0;
    for (let start = 0; start < mails.length; start += ROWS_PER_STATEMENT) {
      const some = await withoutErased(manager, mails.slice(start, start + ROWS_PER_STATEMENT));
      if (some.length > 0) added += await this.insert(manager, some);
    }
    return added;
  }

  /**
   * Changes what a planned mail is about, so that it is composed again: also after a temporary refusal by the mail
   * server, or if it was no longer needed. False if there is none, or if it was sent, may have been sent, or is being
   * sent.
   */
  async amend(manager: EntityManager, dedupeKey: string, change: (payload: Payload) => Payload): Promise<boolean> {
    const found = await row<{ id: string; payload: Payload }>(
      manager,
      `SELECT "id", "payload" FROM "outgoing_messages" WHERE "dedupeKey" = $1 AND ("state" IN ('deferred', 'not_needed')
         OR ("state" = 'planned' AND NOT ${HAS_BYTES}))${dialectOf(manager).forUpdate}`,
      [keptKey(dedupeKey)],
      shapeOf(OutgoingMessage),
    );
    if (!found) return false;
    await execute(
      manager,
      `UPDATE "outgoing_messages" SET "payload" = $1, "state" = CASE WHEN "state" = 'not_needed' THEN 'planned' ELSE "state" END,
         ${UNMADE} WHERE "id" = $2`,
      [JSON.stringify(change(found.payload)), found.id],
    );
    await discardBytes(manager, found.id);
    return true;
  }

  private insert(manager: EntityManager, mails: readonly PlannedMail[]): Promise<number> {
    const params = new Params();
    const now = params.add(this.clock.moment());
    const noServer = this.settings.SMTP_URL === '' ? NO_SERVER : null;
    const values = mails.map((mail) => {
      const { kind, dedupeKey, address, personId, batchId, payload, notBefore } = mail;
      const reason = mail.skippedFor ?? noServer;
      const state = `${params.add(reason === null ? 'planned' : 'skipped')}, CAST(${params.add(reason)} AS varchar)`;
      const own = params.list([newId(), kind, keptKey(dedupeKey), address, personId, batchId, JSON.stringify(payload)]);
      const first = notBefore === undefined ? now : params.add(notBefore);
      return `(${own}, ${state}, ${now}, ${first}, ${params.add(mail.expiresAt)})`;
    });
    return execute(
      manager,
      `INSERT INTO "outgoing_messages" ("id", "kind", "dedupeKey", "address", "personId", "batchId", "payload", "state",
         "serverWords", "plannedAt", "nextAttemptAt", "expiresAt") VALUES ${values.join(', ')} ON CONFLICT ("dedupeKey") DO NOTHING`,
      params.values,
    );
  }
}

/** Leaves out mails to people who were erased since it was determined who gets one: their address must not come back. */
async function withoutErased(manager: EntityManager, mails: readonly PlannedMail[]): Promise<readonly PlannedMail[]> {
  const ids = mails.flatMap(({ personId }) => personId ?? []);
  if (ids.length === 0) return mails;
  const params = new Params();
  const found = await rows<{ id: string; email: string | null }>(
    manager,
    `SELECT "id", "email" FROM "people" WHERE "id" IN (${params.list(ids)}) ORDER BY "id"${dialectOf(manager).forKeyShare}`,
    params.values,
  );
  const erased = new Set(found.flatMap(({ id, email }) => (email === null ? [id] : [])));
  return erased.size === 0 ? mails : mails.filter(({ personId }) => personId === null || !erased.has(personId));
}
