import { Inject, Injectable } from '@nestjs/common';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { Database } from '../../platform/database/database.js';
import { pageOf, Params, row, rows } from '../../platform/database/rows.js';
import type { MessageState } from '../../platform/mail/outgoing-message.entity.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';

interface StuckMessage {
  id: string;
  kind: string;
  address: string;
  state: MessageState;
  attempts: number;
  serverWords: string | null;
  plannedAt: string;
}

/** How long an address counts as refused. */
export const REFUSED_DAYS = 14;

/** The state of the outbox, without the contents of the mails. */
@Injectable()
export class MailState {
  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  get isConfigured(): boolean {
    return this.settings.SMTP_URL !== '' && this.settings.SMTP_URL !== undefined;
  }

  counts(): Promise<{ kind: string; state: MessageState; count: number }[]> {
    const sql = `SELECT m."kind", m."state", count(*) AS "count" FROM "outgoing_messages" m
      GROUP BY m."kind", m."state" ORDER BY m."kind", m."state"`;
    return rows(this.database.reader, sql);
  }

  /** When a mail server last refused the present address of a person; null if none did recently. */
  async refusedAt({ id, email }: { id: string; email: string | null }, today: string): Promise<string | null> {
    const sql = `SELECT max("refusedAt") AS "at" FROM "outgoing_messages"
      WHERE "personId" = $1 AND "address" = $2 AND "refusedAt" > $3`;
    const since = momentOf(addDays(today, -REFUSED_DAYS));
    return (await row<{ at: string | null }>(this.database.reader, sql, [id, email, since]))!.at;
  }

  /** Mails not sent: given up, waiting for a retry, or of uncertain delivery; newest first. */
  stuck(paging: PagingDto) {
    const params = new Params();
    return pageOf<StuckMessage>(
      this.database.reader,
      {
        select: `m."id", m."kind", m."address", m."state", m."attempts", m."serverWords", m."plannedAt"`,
        from: '"outgoing_messages" m',
        where: `m."state" IN ('failed', 'deferred', 'uncertain')`,
        orderBy: 'm."plannedAt" DESC, m."id"',
        params,
      },
      paging,
    );
  }
}
