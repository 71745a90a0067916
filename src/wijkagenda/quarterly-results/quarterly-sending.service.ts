import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { pageOf, Params, row, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { type Mail, MailKinds } from '../../platform/mail/mail-kinds.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Parties } from '../../meetings/parties.service.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { type QuarterlyLine, QuarterlyResult } from './quarterly-result.entity.js';
import type { PublicQuarterlyResult, QuarterlyResultView } from './quarterly-results.dto.js';
import { quarterInDutch, toldLines } from './quarterly-results.rules.js';
import { FROM, QuarterlyResults, secretNumbers, subjectOf } from './quarterly-results.service.js';

/** After this many days the mail is no longer news. */
const DAYS_TO_DELIVER = 14;
const MAIL = 'quarterly-results';
const PUBLIC_COLUMNS = 'q."id", a."name" AS "areaName", q."year", q."quarter", q."publishedAt", q."introduction"';
type Told = Omit<PublicQuarterlyResult, 'lines'> & { lines: QuarterlyLine[] };

/** Sends the results of a quarter to the parties, once, and publishes them if the chair decides so. */
@Injectable()
export class QuarterlySending implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly parties: Parties,
    private readonly outbox: Outbox,
    private readonly kinds: MailKinds,
    private readonly renderer: Renderer,
    private readonly results: QuarterlyResults,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.kinds.register({ kind: MAIL, make: (manager, message) => this.make(manager, message) });
  }

  /** Mails the lines not struck to the parties. 409 if already sent, if no line is left, or if nobody can get mail. */
  async send(id: string, version: number, by: Caller): Promise<QuarterlyResultView> {
    const { areaId } = await this.results.read(id, by);
    const today = this.clock.today();
    const areaIds = await this.areas.idsBelow(areaId, today);
    const parties = await this.parties.of(this.database.reader, areaIds, today);
    return this.transactions.run(async (manager) => {
      const draft = await this.results.lockDraft(manager, id, version, by);
      this.outbox.mustHaveServer();
      const secret = await secretNumbers(manager, draft.lines);
      if (toldLines(draft.lines, (number) => !secret.has(number)).length === 0)
        throw conflict('NOTHING_TO_TELL', 'Every line is struck: there is nothing to send.');
      if (parties.length === 0)
        throw conflict('NOBODY_TO_TELL', 'No participant of a meeting in this area can receive mail.');
      await updateRow(manager, QuarterlyResult, id, { state: 'sent', sentAt: this.clock.moment() });
      const mails = parties.map(({ personId, email }) => ({
        kind: MAIL,
        dedupeKey: `${MAIL}:${id}:${personId}`,
        address: email,
        personId,
        batchId: id,
        payload: { id },
        expiresAt: `${addDays(today, DAYS_TO_DELIVER)}T23:59:59.000Z`,
      }));
      await this.outbox.planAll(manager, mails);
      await this.audit.record(manager, by, 'quarterly_result.sent', subjectOf(draft));
      return this.results.view(manager, id, by);
    });
  }

  /** Publishes sent results (409 before sending), or withdraws them at once. */
  put(id: string, version: number, by: Caller, isPublic: boolean): Promise<QuarterlyResultView> {
    return this.transactions.run(async (manager) => {
      const found = await this.results.lock(manager, id, version, by);
      if (found.state !== 'sent') throw conflict('RESULTS_NOT_SENT', 'Send these results before publishing them.');
      if (isPublic === (found.publishedAt !== null)) {
        throw isPublic
          ? conflict('RESULTS_PUBLISHED', 'These results have already been published.')
          : conflict('RESULTS_NOT_PUBLISHED', 'These results are not published.');
      }
      const publishedAt = isPublic ? this.clock.moment() : null;
      await updateRow(manager, QuarterlyResult, id, { publishedAt });
      const operation = isPublic ? 'quarterly_result.published' : 'quarterly_result.withdrawn';
      await this.audit.record(manager, by, operation, subjectOf(found));
      return this.results.view(manager, id, by);
    });
  }

  /** Published results, newest quarter first. */
  published(paging: { page: number; pageSize: number }) {
    const params = new Params();
    const orderBy = 'q."year" DESC, q."quarter" DESC, a."name", q."id"';
    const select = 'q."id", a."name" AS "areaName", q."year", q."quarter", q."publishedAt"';
    const page = { select, from: FROM, where: 'q."publishedAt" IS NOT NULL', orderBy, params };
    return pageOf<Omit<PublicQuarterlyResult, 'lines' | 'introduction'>>(this.database.reader, page, paging);
  }

  /** Published results as the public sees them: of actions that are public now. 404 for any other. */
  async readPublished(id: string): Promise<PublicQuarterlyResult> {
    const found = await row<Told>(
      this.database.reader,
      `SELECT ${PUBLIC_COLUMNS}, q."lines" FROM ${FROM} WHERE q."id" = $1 AND q."publishedAt" IS NOT NULL`,
      [id],
      shapeOf(QuarterlyResult),
    );
    if (!found) throw notFound();
    const params = new Params();
    const numbers = found.lines.map(({ number }) => number);
    const open = await rows<{ number: string }>(
      this.database.reader,
      `SELECT a."number" FROM "actions" a WHERE a."number" IN (${params.list(numbers)})
         AND a."isPublic" AND NOT a."isConfidential" AND NOT a."isWithdrawn"`,
      params.values,
    );
    const isPublic = new Set(open.map(({ number }) => number));
    const lines = toldLines(found.lines, (number) => isPublic.has(number));
    return { ...found, lines: lines.map(({ number, text }) => ({ number, text })) };
  }

  private async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const found = await row<Told & { name: string }>(
      manager,
      `SELECT p."name", ${PUBLIC_COLUMNS}, q."lines" FROM ${FROM} JOIN "people" p ON p."id" = $2
       WHERE q."id" = $1 AND q."state" = 'sent' AND p."active" AND p."email" = $3`,
      [String(message.payload.id), message.personId, message.address],
      shapeOf(QuarterlyResult),
    );
    if (!found) return null;
    const secret = await secretNumbers(manager, found.lines);
    const lines = toldLines(found.lines, (number) => !secret.has(number));
    const { MUNICIPALITY: municipality } = this.settings;
    const view = { ...found, lines, quarterName: quarterInDutch(found), municipality, unsubscribeUrl: null };
    return {
      ...this.renderer.renderMessage('wijkagenda/mails/quarterly-results', view),
      lines: 0,
    };
  }
}
