import { Injectable } from '@nestjs/common';
import { mayPauseUntil } from '../actions/recipients/recipients.rules.js';
import type { AuditOperation } from '../platform/audit/operations.js';
import type { Actor, Human } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { mustMatch } from '../platform/common/etag.js';
import { invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { row } from '../platform/database/rows.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { MailLinks } from '../platform/mail/mail-links.service.js';
import type { ChangePreferencesDto, PreferencesView } from './digests.dto.js';
import { Person } from '../directory/people/person.entity.js';
import { MONTHLY_MAIL } from '../wijkagenda/koersoverzicht/monthly-mail.js';
import type { PublicationSubject } from '../wijkagenda/publications/publication-request.entity.js';
import { QUARTERLY_MAIL } from '../wijkagenda/quarterly-results/quarterly-sending.service.js';
import { REVIEW_MAIL } from '../reviews/review-publication.service.js';

/** The mails that can be stopped from a link in them. */
export type Stoppable = 'digest' | 'monthly' | PublicationSubject;

const STOPPED_BY: Record<string, Stoppable> = {
  [MONTHLY_MAIL]: 'monthly',
  [QUARTERLY_MAIL]: 'quarterly_results',
  [REVIEW_MAIL]: 'reviews',
};

/** A person at the link that stops a mail. */
export interface Unsubscriber {
  personId: string;
  name: string;
  what: Stoppable;
}

/** Stops or pauses the weekly digest, from a mail without sign-in or as its own recipient. */
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
    const person = await row<{ personId: string; name: string; kind: string | null }>(
      this.database.reader,
      `SELECT p."id" AS "personId", p."name", (SELECT m."kind" FROM "outgoing_messages" m WHERE m."id" = $2) AS "kind"
       FROM "people" p WHERE p."id" = $1 AND p."active"`,
      [link.personId, link.messageId],
    );
    if (link.isExpired || !person) return 'gone';
    return { personId: person.personId, name: person.name, what: STOPPED_BY[person.kind ?? ''] ?? 'digest' };
  }

  /** This person's settings for their own digest. */
  async preferences(personId: string): Promise<PreferencesView> {
    const found = await row<PreferencesView>(
      this.database.reader,
      'SELECT p."isDigestStopped", p."digestPausedUntilOn", p."version" FROM "people" p WHERE p."id" = $1',
      [personId],
      { isDigestStopped: 'boolean' },
    );
    return found!;
  }

  /** Changes these settings. 400 for a pause that is over, 412 for another version of the person. */
  async change(input: ChangePreferencesDto, version: number, by: Human): Promise<PreferencesView> {
    const { isDigestStopped, digestPausedUntilOn } = input;
    if (digestPausedUntilOn && !mayPauseUntil(digestPausedUntilOn, by.today))
      throw invalid([{ field: 'digestPausedUntilOn', message: 'digestPausedUntilOn must be today or later' }]);
    const paused = digestPausedUntilOn ? 'person.digest_paused' : 'person.digest_resumed';
    await this.wish(by, input, isDigestStopped ? 'person.digest_stopped' : paused, version);
    return this.preferences(by.personId);
  }

  /** Stops the digest. Idempotent. */
  async stop(by: Actor & { personId: string }): Promise<void> {
    await this.wish(by, { isDigestStopped: true }, 'person.digest_stopped');
  }

  /** Pauses the digest until the end of a day for which `mayPauseUntil` holds. Idempotent. */
  async pause(by: Actor & { personId: string }, untilOn: string): Promise<void> {
    await this.wish(by, { digestPausedUntilOn: untilOn }, 'person.digest_paused');
  }

  /** Resumes the digest. Idempotent. */
  async resume(by: Actor & { personId: string }): Promise<void> {
    await this.wish(by, { isDigestStopped: false, digestPausedUntilOn: null }, 'person.digest_resumed');
  }

  private async wish(
    by: Actor & { personId: string },
    wish: Partial<Person>,
    operation: AuditOperation,
    version?: number,
  ): Promise<void> {
    const { personId } = by;
    await this.transactions.run(async (manager) => {
      const person = await lockOne(manager, Person, personId);
      if (version !== undefined) mustMatch(person, version);
      await updateRow(manager, Person, personId, wish);
      await this.audit.record(manager, by, operation, { type: 'person', id: personId });
    });
  }
}
