import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { Parties } from '../../meetings/parties.service.js';
import type { Published } from '../publications/publication-mails.service.js';
import { QuarterlyResult } from './quarterly-result.entity.js';
import type { QuarterlyResultView } from './quarterly-results.dto.js';
import { toldLines } from './quarterly-results.rules.js';
import { QuarterlyResults, subjectOf, untoldNumbers } from './quarterly-results.service.js';

/** After this many days the mail is no longer news. */
const DAYS_TO_DELIVER = 14;
export const QUARTERLY_MAIL = 'quarterly-results';

/** The results as a publication that people can subscribe to. */
export const asPublished = ({ id, areaId }: Pick<QuarterlyResult, 'id' | 'areaId'>): Published => ({
  subject: 'quarterly_results',
  kind: QUARTERLY_MAIL,
  id,
  areaId,
});

/** Sends the results of a quarter to the parties, once. */
@Injectable()
export class QuarterlySending {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly parties: Parties,
    private readonly outbox: Outbox,
    private readonly results: QuarterlyResults,
  ) {}

  /**
   * Mails the lines that are not struck to the parties. 409 if already sent, if no line is left, or if nobody can get
   * mail.
   */
  async send(id: string, version: number, by: Caller): Promise<QuarterlyResultView> {
    const { areaId } = await this.results.read(id, by);
    const today = this.clock.today();
    const parties = await this.parties.of(this.database.reader, areaId, today);
    return this.transactions.run(async (manager) => {
      const draft = await this.results.lockDraft(manager, id, version, by);
      this.outbox.mustHaveServer();
      const untold = await untoldNumbers(manager, draft.lines);
      if (toldLines(draft.lines, (number) => !untold.has(number)).length === 0)
        throw conflict('NOTHING_TO_TELL', 'All lines are struck: there is nothing to send.');
      if (parties.length === 0)
        throw conflict('NOBODY_TO_TELL', 'No participant of a meeting in this area can receive mail.');
      const lines = draft.lines.map((line) => ({ ...line, isStruck: line.isStruck || untold.has(line.number) }));
      await updateRow(manager, QuarterlyResult, id, { state: 'sent', sentAt: this.clock.moment(), lines });
      const mails = parties.map(({ personId, email }) => ({
        kind: QUARTERLY_MAIL,
        dedupeKey: `${QUARTERLY_MAIL}:${id}:${personId}`,
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
}
