import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { isMailAddress } from '../common/input.js';
import { Database } from '../database/database.js';
import { execute, Params, rows } from '../database/rows.js';
import { shapeOf } from '../database/shapes.js';
import { dryRun } from '../database/savepoints.js';
import { Transactions } from '../database/transactions.js';
import { SETTINGS, type Settings } from '../settings.js';
import type { Composed } from './composer.js';
import { mayMail, type Outcome, pauseAfter } from './delivery.rules.js';
import { HoldWatch } from './hold-watch.js';
import { type MailFactory, type Mail, MailKinds } from './mail-kinds.js';
import { type ClaimedMessage, discardBytes, HAS_BYTES, keepBytes } from './message-bytes.js';
import { type MessageState, OutgoingMessage, UNMADE } from './outgoing-message.entity.js';

const RETRIED: readonly Outcome['state'][] = ['deferred', 'uncertain'];

/** A mail to render now (`draft`), the bytes of an earlier attempt (null), or the outcome without an attempt. */
export type Prepared = { draft: MailFactory | null } | Outcome;

/** Controls who may send a message: one claim at a time, with a lease by the database clock. */
@Injectable()
export class MessageClaims {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly kinds: MailKinds,
    private readonly hold: HoldWatch,
  ) {}

  /** On SQLite one process owns the file, so earlier claims are void. If bytes were stored, it may have been sent. */
  async voidEarlier(): Promise<void> {
    if (this.database.isShared) return;
    await this.transactions.run((manager) =>
      execute(
        manager,
        `UPDATE "outgoing_messages" SET "claimId" = NULL, "leaseUntil" = NULL,
           "state" = CASE WHEN ${HAS_BYTES} THEN 'uncertain' ELSE 'planned' END WHERE "state" = 'claimed'`,
      ),
    );
  }

  /** Claims up to `most` messages that are due, earliest expiry first; none while mail is held. Returns them as they were before. */
  next(most: number): Promise<ClaimedMessage[]> {
    return this.transactions.run(async (manager) => {
      if (!(await this.hold.maySendIn(manager))) return [];
      const due = await this.due(manager, most);
      if (due.length === 0) return [];
      const claimId = newId();
      const params = new Params();
      const ids = params.list(due);
      const found = await rows<ClaimedMessage>(
        manager,
        `SELECT m.*, b."bytes" FROM "outgoing_messages" m LEFT JOIN "message_bytes" b ON b."messageId" = m."id"
         WHERE m."id" IN (${ids}) ORDER BY m."expiresAt", m."nextAttemptAt", m."id"`,
        params.values,
        shapeOf(OutgoingMessage),
      );
      await execute(
        manager,
        `UPDATE "outgoing_messages" SET "state" = 'claimed', "claimId" = ${params.add(claimId)},
           "leaseUntil" = ${this.database.dialect.momentIn(this.settings.MAIL_LEASE_SECONDS)} WHERE "id" IN (${ids})`,
        params.values,
      );
      for (const message of found) message.claimId = claimId;
      return found;
    });
  }

  /** Rechecks which of these may and should be sent, and their content; omits what another instance has claimed. */
  prepare(messages: readonly ClaimedMessage[]): Promise<Map<string, Prepared>> {
    return this.transactions.run(async (manager) => {
      const ours = await this.stillOurs(manager, messages);
      const prepared = new Map<string, Prepared>();
      const fresh = new Map<string, OutgoingMessage[]>();
      for (const message of messages.filter(({ id }) => ours.has(id))) {
        const refused = this.refused(message);
        if (refused) prepared.set(message.id, refused);
        else if (message.bytes !== null) prepared.set(message.id, await this.again(manager, message));
        else fresh.set(message.kind, [...(fresh.get(message.kind) ?? []), message]);
      }
      for (const [kind, ofKind] of fresh) {
        for (const [id, draft] of await this.drafts(manager, kind, ofKind))
          prepared.set(id, draft ? { draft } : { state: 'not_needed', words: null });
      }
      return prepared;
    });
  }

  /** Stores the bytes before the first attempt; returns the ids of the messages whose claim is still held. */
  keep(
    made: readonly { message: OutgoingMessage; mail: Pick<Mail, 'subject' | 'lines'>; composed: Composed }[],
  ): Promise<Set<string>> {
    return this.transactions.run(async (manager) => {
      const kept = new Set<string>();
      for (const { message, mail, composed } of made) {
        const count = await execute(
          manager,
          `UPDATE "outgoing_messages" SET "hash" = $1, "messageId" = $2, "subject" = $3, "lines" = $4
           WHERE "id" = $5 AND "claimId" = $6`,
          [composed.hash, composed.messageId, mail.subject.slice(0, 500), mail.lines, message.id, message.claimId],
        );
        if (count === 0) continue;
        await keepBytes(manager, message.id, composed.bytes.toString('latin1'));
        kept.add(message.id);
      }
      return kept;
    });
  }

  /** Records the outcome of an attempt if the claim is still held; returns whether it was. */
  async record(message: OutgoingMessage, outcome: Outcome): Promise<boolean> {
    const now = this.clock.now();
    const isOnce = this.kinds.isAtMostOnce(message.kind);
    // An at-most-once message that may have arrived is not retried.
    const state = isOnce && outcome.state === 'uncertain' ? 'failed' : outcome.state;
    const attempts = message.attempts + (outcome.state === 'not_needed' || outcome.state === 'skipped' ? 0 : 1);
    // A mail may be unwanted by now because its text must not be kept.
    const isForgotten = isOnce || state === 'not_needed';
    const pauseMs = RETRIED.includes(state) ? pauseAfter(attempts) * 60_000 : 0;
    return this.transactions.run(async (manager) => {
      const recorded = await execute(
        manager,
        `UPDATE "outgoing_messages" SET "state" = $1, "serverWords" = $2, "attempts" = $3, "nextAttemptAt" = $4,
           "sentAt" = CAST($5 AS varchar), "refusedAt" = CAST($6 AS varchar), "claimId" = NULL, "leaseUntil" = NULL
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
      );
      if (recorded === 1 && isForgotten) await discardBytes(manager, message.id);
      return recorded === 1;
    });
  }

  /**
   * Releases claimed messages that were not attempted: unchanged and due immediately. Anything composed is discarded,
   * so that they are checked again before they go.
   */
  release(messages: readonly ClaimedMessage[]): Promise<void> {
    return this.transactions.run(async (manager) => {
      for (const { id, claimId, state, bytes } of messages) {
        const isFresh = bytes === null;
        const released = await execute(
          manager,
          `UPDATE "outgoing_messages" SET "state" = $1, "claimId" = NULL, "leaseUntil" = NULL${isFresh ? `, ${UNMADE}` : ''}
           WHERE "id" = $2 AND "claimId" = $3`,
          [state === 'claimed' ? (isFresh ? 'planned' : 'uncertain') : state, id, claimId],
        );
        if (released === 1 && isFresh) await discardBytes(manager, id);
      }
    });
  }

  /** Ids of due messages, earliest expiry first, whether it is their first or tenth attempt. */
  private async due(manager: EntityManager, most: number): Promise<string[]> {
    const found: { id: string; expiresAt: string }[] = [];
    const due = ['"nextAttemptAt" <= $1', this.clock.moment()];
    const states: [MessageState, string, string?][] = [
      ['planned', ...(due as [string, string])],
      ['deferred', ...(due as [string, string])],
      ['uncertain', ...(due as [string, string])],
      ['claimed', `"leaseUntil" < ${this.database.dialect.momentIn(0)}`],
    ];
    for (const [state, condition, moment] of states) {
      found.push(
        ...(await rows<{ id: string; expiresAt: string }>(
          manager,
          `SELECT m."id", m."expiresAt" FROM "outgoing_messages" m WHERE m."state" = '${state}' AND m.${condition}
           ORDER BY m."expiresAt", m."nextAttemptAt", m."id" LIMIT ${most}${this.database.dialect.forUpdateSkipLocked}`,
          moment === undefined ? [] : [moment],
        )),
      );
    }
    found.sort((a, b) => (a.expiresAt < b.expiresAt ? -1 : Number(a.expiresAt > b.expiresAt)));
    return found.slice(0, most).map(({ id }) => id);
  }

  private async stillOurs(manager: EntityManager, messages: readonly OutgoingMessage[]): Promise<Set<string>> {
    const params = new Params();
    const ids = params.list(messages.map(({ id }) => id));
    const claim = params.add(messages[0].claimId);
    const found = await rows<{ id: string }>(
      manager,
      `SELECT m."id" FROM "outgoing_messages" m WHERE m."id" IN (${ids}) AND m."claimId" = ${claim}${this.database.dialect.forUpdate}`,
      params.values,
    );
    return new Set(found.map(({ id }) => id));
  }

  private refused(message: OutgoingMessage): Outcome | null {
    const refused = this.kinds.get(message.kind).isToNobody ? null : this.refusedAddress(message);
    if (refused) return refused;
    if (this.clock.moment() <= message.expiresAt) return null;
    if (message.attempts === 0) return { state: 'skipped', words: 'It expired before it could be sent.' };
    return { state: 'failed', words: `It expired. The last response was: ${message.serverWords ?? 'none'}` };
  }

  private refusedAddress(message: OutgoingMessage): Outcome | null {
    if (!isMailAddress(message.address)) return { state: 'failed', words: 'Not a single plain e-mail address.' };
    if (!mayMail(message.address, this.settings.MAIL_ONLY_TO))
      return { state: 'skipped', words: `Only addresses ending in ${this.settings.MAIL_ONLY_TO} are allowed.` };
    return null;
  }

  private async again(manager: EntityManager, message: OutgoingMessage): Promise<Prepared> {
    const kind = this.kinds.get(message.kind);
    // Left behind by an attempt whose end was not recorded.
    if (kind.isAtMostOnce) return { state: 'uncertain', words: 'It may have been sent; it is sent at most once.' };
    const isWanted = kind.isStillWanted
      ? await kind.isStillWanted(manager, message)
      : (await dryRun(manager, () => kind.make(manager, message))) !== null;
    return isWanted ? { draft: null } : { state: 'not_needed', words: null };
  }

  private async drafts(
    manager: EntityManager,
    name: string,
    messages: readonly OutgoingMessage[],
  ): Promise<Map<string, MailFactory | null>> {
    const kind = this.kinds.get(name);
    if (kind.makeAll) return kind.makeAll(manager, messages);
    const drafts = new Map<string, MailFactory | null>();
    for (const message of messages) {
      const mail = await kind.make(manager, message);
      drafts.set(message.id, mail && (() => mail));
    }
    return drafts;
  }
}

const later = (from: Date, ms: number): string => new Date(from.getTime() + ms).toISOString();
