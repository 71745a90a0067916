import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { inForce, rows } from '../../platform/database/rows.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Callers } from '../../identity/callers.service.js';
import type { PublicationSubject } from './publication-request.entity.js';

/** After this many days the mail is no longer news. */
const DAYS_TO_DELIVER = 14;
const UNSUBSCRIBE_DAYS = 90;

/** A publication of an area. */
export interface Published {
  subject: PublicationSubject;
  /** The kind of mail that announces it. */
  kind: string;
  id: string;
  areaId: string;
  /** For a review of one opgave: its bestuurder may read it in any area. */
  opgaveId?: string | null;
}

interface Wanting {
  id: string;
  name: string;
  email: string;
}

/** Plans the mails to the subscribers of a publication, and determines at sending who still gets one. */
@Injectable()
export class PublicationMails {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly links: MailLinks,
    private readonly callers: Callers,
  ) {}

  /**
   * Plans one mail per subscriber: once per publication and person, however often it is withdrawn and published again.
   * Those who already received it as a party get none.
   */
  async plan(manager: EntityManager, published: Published): Promise<void> {
    const expiresAt = `${addDays(this.clock.today(), DAYS_TO_DELIVER)}T23:59:59.000Z`;
    for (const { id: personId, email } of await this.wanting(manager, published)) {
      const dedupeKey = `${published.kind}:${published.id}:${personId}`;
      const payload = { id: published.id, isAsked: true };
      const mail = { kind: published.kind, dedupeKey, address: email, personId, batchId: published.id, payload };
      // If it was withdrawn before the mail was sent, that was not needed; now it is again.
      if (!(await this.outbox.plan(manager, { ...mail, expiresAt })))
        await this.outbox.amend(manager, dedupeKey, (before) => before);
    }
  }

  /** The name of the recipient; null if they unsubscribed, have another address, or may no longer read it. */
  async recipient(manager: EntityManager, message: OutgoingMessage, published: Published): Promise<string | null> {
    const wanting = await this.wanting(manager, published);
    const person = wanting.find(({ id, email }) => id === message.personId && email === message.address);
    if (!person) return null;
    const caller = await this.callers.byPerson(person.id, 'schedule', manager);
    return caller && mayRead(caller, published) ? person.name : null;
  }

  /** The unsubscribe link in the mail. */
  async unsubscribeUrl(manager: EntityManager, { id: messageId, personId }: OutgoingMessage): Promise<string> {
    const link = { purpose: 'unsubscribe', personId: personId!, messageId, subjectIds: [], days: UNSUBSCRIBE_DAYS };
    return `${this.settings.PUBLIC_URL}/afmelden/${await this.links.issue(manager, link)}`;
  }

  /** Those who subscribed to everything, or to an area that contains this one, also as it was before a merger. */
  private wanting(manager: EntityManager, { subject, areaId }: Published): Promise<Wanting[]> {
    return rows<Wanting>(
      manager,
      `WITH RECURSIVE "above" ("id") AS (
         SELECT a."id" FROM "areas" a WHERE a."id" = $1
         UNION SELECT p."parentId" FROM "above" b JOIN "area_parents" p ON p."areaId" = b."id" AND ${inForce('p', '$2')})
       SELECT p."id", p."name", p."email" FROM "people" p WHERE p."active" AND p."email" IS NOT NULL AND p."id" IN (
         SELECT r."personId" FROM "publication_requests" r LEFT JOIN "areas" a ON a."id" = r."areaId"
         WHERE r."subject" = $3 AND (r."areaId" IS NULL OR coalesce(a."mergedIntoId", a."id") IN (SELECT "id" FROM "above")))
       ORDER BY p."id"`,
      [areaId, this.clock.today(), subject],
    );
  }
}

const mayRead = (caller: Caller, { areaId, opgaveId = null }: Published): boolean =>
  isPermittedIn(caller, 'reviews.read', areaId) || (opgaveId !== null && caller.opgaveIds.includes(opgaveId));
