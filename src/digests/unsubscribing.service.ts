import { Injectable } from '@nestjs/common';
import { Audit } from '../platform/audit/audit.service.js';
import { Database } from '../platform/database/database.js';
import { row } from '../platform/database/rows.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { MailLinks } from '../platform/mail/mail-links.service.js';
import { Person } from '../directory/organisations/person.entity.js';

/** A person unsubscribing from the weekly digest or the monthly koersoverzicht. */
export interface Unsubscriber {
  personId: string;
  name: string;
  isMonthly: boolean;
}

/** Stops or pauses the weekly digest from a mail, without sign-in. */
@Injectable()
export class Unsubscribing {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly links: MailLinks,
  ) {}

  /** The person behind a token; `unknown` or `gone` if it was never or is no longer valid. */
  async open(token: string): Promise<Unsubscriber | 'unknown' | 'gone'> {
    const link = await this.links.find(token);
    if (!link || link.purpose !== 'unsubscribe') return 'unknown';
    const person = await row<Unsubscriber>(
      this.database.reader,
      `SELECT p."id" AS "personId", p."name", EXISTS (SELECT 1 FROM "outgoing_messages" m WHERE m."id" = $2
         AND m."kind" = 'koersoverzicht') AS "isMonthly" FROM "people" p WHERE p."id" = $1 AND p."active"`,
      [link.personId, link.messageId],
      { isMonthly: 'boolean' },
    );
    return link.isExpired || !person ? 'gone' : person;
  }

  /** Stops the digest, or pauses it until the end of the given day. Idempotent. */
  async apply(personId: string, untilOn: string | null): Promise<void> {
    await this.transactions.run(async (manager) => {
      await lockOne(manager, Person, personId);
      const wish = untilOn === null ? { isDigestStopped: true } : { digestPausedUntilOn: untilOn };
      await updateRow(manager, Person, personId, wish);
      const operation = untilOn === null ? 'person.digest_stopped' : 'person.digest_paused';
      await this.audit.record(manager, { personId, how: 'link' }, operation, { type: 'person', id: personId });
    });
  }
}
