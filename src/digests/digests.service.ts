import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { permittedAreas } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { isoWeekOf } from '../platform/common/calendar-date.js';
import type { PagingDto } from '../platform/common/paging.js';
import { conflict, notFound } from '../platform/common/problems.js';
import { Clock } from '../platform/common/clock.js';
import { Database } from '../platform/database/database.js';
import { execute, pageOf, Params, row, rows } from '../platform/database/rows.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Delivery } from '../platform/mail/delivery.service.js';
import { retryRefusal } from '../platform/mail/delivery.rules.js';
import { Outbox } from '../platform/mail/outbox.service.js';
import {
  isOfConfidential,
  MESSAGE_STATES,
  type MessageState,
  OutgoingMessage,
} from '../platform/mail/outgoing-message.entity.js';
import { DigestPlanner } from './digest-planner.service.js';
import type { DigestAnswerView, DigestMessageView, DigestRunView } from './digests.dto.js';
import { skipReasonOf } from './skip-reasons.rules.js';
import { tiedTo } from './tied-people.js';

const LONGEST_WAIT_MS = 20_000;
const RUN = 'r."id", r."isoYear" AS "year", r."isoWeek" AS "week", r."state", r."dueAt", r."plannedAt", r."reason"';
const MESSAGE = `m."id", m."personId", m."address", m."state", m."attempts", m."lines", m."serverWords", m."nextAttemptAt", m."sentAt",
  m."refusedAt"`;
type Run = Omit<DigestRunView, 'messages' | 'reason'> & { reason: string | null };

/** The weekly digests as shown in the log. A chair sees only messages to people tied to their areas. */
@Injectable()
export class Digests {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly planner: DigestPlanner,
    private readonly delivery: Delivery,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  async list(query: PagingDto, by: Caller) {
    const params = new Params();
    const page = await pageOf<Run>(
      this.database.reader,
      { select: RUN, from: '"digest_runs" r', where: 'TRUE', orderBy: 'r."dueAt" DESC, r."id"', params },
      query,
    );
    return { ...page, items: await this.withCounts(page.items, by) };
  }

  /** Plans this week's digest if it is due and not planned yet, and sends all due messages. Idempotent. */
  async run(by: Caller): Promise<DigestAnswerView> {
    const made = await this.planner.planDue(by);
    await this.deliver();
    const { year, week } = isoWeekOf(this.clock.today());
    const run = await row<Run>(
      this.database.reader,
      `SELECT ${RUN} FROM "digest_runs" r WHERE r."isoYear" = $1 AND r."isoWeek" = $2`,
      [year, week],
    );
    return { isNew: made !== null, run: run ? (await this.withCounts([run], by))[0] : null };
  }

  /** 404 for an unknown run. */
  async weekOf(runId: string): Promise<Pick<Run, 'year' | 'week'>> {
    const run = await row<Run>(this.database.reader, `SELECT ${RUN} FROM "digest_runs" r WHERE r."id" = $1`, [runId]);
    if (!run) throw notFound();
    return run;
  }

  /** The messages of one week, without their contents. 404 for an unknown run. */
  async messages(runId: string, query: PagingDto, by: Caller) {
    await this.weekOf(runId);
    const params = new Params();
    const batch = params.add(runId);
    return pageOf<DigestMessageView>(
      this.database.reader,
      {
        select: MESSAGE,
        from: '"outgoing_messages" m',
        where: `m."batchId" = ${batch} AND m."kind" = 'digest' AND ${this.visible(by, params)}`,
        orderBy: 'natural_key(m."address"), m."id"',
        params,
      },
      query,
    );
  }

  /**
   * Makes a message that failed or waits for its next attempt due at once, and sends what is due. 409 if it was sent,
   * is being sent or must not be sent, or if its week is over.
   */
  async retry(runId: string, messageId: string, by: Caller): Promise<DigestMessageView> {
    const view = await this.transactions.run(async (manager) => {
      const found = await row(
        manager,
        `SELECT m."id" FROM "outgoing_messages" m WHERE m."id" = $1 AND m."batchId" = $2 AND m."kind" = 'digest'`,
        [messageId, runId],
      );
      if (!found) throw notFound();
      this.outbox.mustHaveServer();
      const message = await lockOne(manager, OutgoingMessage, messageId);
      const refusal = retryRefusal(message, this.clock.moment());
      if (refusal) throw conflict(...refusal);
      await execute(
        manager,
        `UPDATE "outgoing_messages" SET "state" = CASE WHEN "state" = 'failed' THEN 'deferred' ELSE "state" END,
           "nextAttemptAt" = $1 WHERE "id" = $2`,
        [this.clock.moment(), messageId],
      );
      await this.audit.record(manager, by, 'digest.message_retried', { type: 'digest', id: runId });
      return row<DigestMessageView>(manager, `SELECT ${MESSAGE} FROM "outgoing_messages" m WHERE m."id" = $1`, [
        messageId,
      ]);
    }, by.once);
    await this.deliver();
    return (await this.message(messageId)) ?? view!;
  }

  private message(id: string): Promise<DigestMessageView | undefined> {
    const sql = `SELECT ${MESSAGE} FROM "outgoing_messages" m WHERE m."id" = $1`;
    return row<DigestMessageView>(this.database.reader, sql, [id]);
  }

  /** With a slow mail server the response does not wait for the last mail: the log shows the progress. */
  private async deliver(): Promise<void> {
    const giveUp = new AbortController();
    await Promise.race([
      this.delivery.deliverDue(),
      sleep(LONGEST_WAIT_MS, undefined, { signal: giveUp.signal }).catch(() => {}),
    ]);
    giveUp.abort();
  }

  private async withCounts(runs: Run[], by: Caller): Promise<DigestRunView[]> {
    const params = new Params();
    const batches = params.list(runs.map(({ id }) => id));
    const counts = await rows<{ batchId: string; state: MessageState; count: number }>(
      this.database.reader,
      `SELECT m."batchId", m."state", count(*) AS "count" FROM "outgoing_messages" m
       WHERE m."batchId" IN (${batches}) AND ${this.visible(by, params)} GROUP BY m."batchId", m."state"`,
      params.values,
    );
    return runs.map((run) => {
      const own = counts.filter(({ batchId }) => batchId === run.id);
      const of = (state: MessageState) => own.find((one) => one.state === state)?.count ?? 0;
      const messages = Object.fromEntries(MESSAGE_STATES.map((state) => [state, of(state)]));
      return { ...run, reason: skipReasonOf(run.reason), messages: messages as Record<MessageState, number> };
    });
  }

  /** In a chair's areas; a mail sent only because of confidential actions is for its recipient and administrators. */
  private visible(by: Caller, params: Params): string {
    const areas = permittedAreas(by, 'digests.read');
    if (areas === 'all') return 'TRUE';
    const isOpen = `(m."personId" = ${params.add(by.personId)} OR NOT ${isOfConfidential('m')})`;
    return `m."personId" IN (${tiedTo(areas, by.today, params)}) AND ${isOpen}`;
  }
}
