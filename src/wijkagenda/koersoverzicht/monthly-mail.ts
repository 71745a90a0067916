import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/common/clock.js';
import { mailReleasedAt } from '../../platform/database/mail-hold.js';
import { inForce, row, rows } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { type Mail, type MailKind, MailKinds } from '../../platform/mail/mail-kinds.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { actsFor } from '../../directory/organisations/merged.conditions.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Koersoverzicht } from './koersoverzicht.service.js';
import { endOf, monthDue } from './monthly.rules.js';
import type { Viewer } from './viewer.js';

const UNSUBSCRIBE_DAYS = 90;
const BEFORE_RELEASE = 'The month began before mail was released from this restored copy.';

interface Wanting {
  name: string;
  email: string | null;
  areaId: string | null;
}

/** The monthly koersoverzicht by mail: planned once for each request, built with the rights on the day of sending. */
@Injectable()
export class MonthlyMail implements MailKind, OnModuleInit {
  readonly kind = 'koersoverzicht';
  private readonly log = new Logger('koersoverzicht');

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly kinds: MailKinds,
    private readonly outbox: Outbox,
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly koersoverzicht: Koersoverzicht,
  ) {}

  onModuleInit(): void {
    this.kinds.register(this);
  }

  /** Asks the database what is due, so that missed or doubled ticks are harmless; tests tick it themselves. */
  @Interval(60_000)
  async tick(): Promise<void> {
    if (this.settings.NODE_ENV === 'test') return;
    try {
      await this.planDue();
    } catch (error) {
      this.log.error(error instanceof Error ? error.stack : error);
    }
  }

  /**
   * Plans one mail a month per request; returns the number of new ones, which is 0 without a mail server. They are stored
   * as skipped if the month began before mail was released from this restored copy.
   */
  async planDue(): Promise<number> {
    const { DIGEST_TIME } = this.settings;
    const month = (await this.outbox.maySend()) ? monthDue(this.clock.moment(), DIGEST_TIME) : null;
    if (month === null) return 0;
    return this.transactions.run(async (manager) => {
      const releasedAt = await mailReleasedAt(manager);
      const skippedFor =
        releasedAt !== null && monthDue(releasedAt, DIGEST_TIME) === month ? BEFORE_RELEASE : undefined;
      const people = await rows<{ id: string; email: string }>(
        manager,
        `SELECT p."id", p."email" FROM "koersoverzicht_requests" r JOIN "people" p ON p."id" = r."personId"
         WHERE p."active" AND p."email" IS NOT NULL`,
      );
      const mails = people.map(({ id, email }) => ({
        kind: this.kind,
        dedupeKey: `koersoverzicht:${month}:${email.toLowerCase()}`,
        address: email,
        personId: id,
        batchId: null,
        payload: { month },
        expiresAt: endOf(month),
        skippedFor,
      }));
      return this.outbox.planAll(manager, mails);
    });
  }

  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const person = await this.wanting(manager, message.personId!);
    if (person?.email !== message.address) return null;
    const viewer = await this.viewer(manager, message);
    const view = await this.koersoverzicht.seenBy(person.areaId ?? undefined, viewer, manager);
    if (!view) return null;
    const { MUNICIPALITY: municipality, PUBLIC_URL } = this.settings;
    const stands = view.areas.filter(
      ({ overdue, blocked, unresponsive, unansweredEscalations, goalsOrange, goalsRed, sessionsWithoutMinutes }) =>
        overdue +
          blocked +
          unresponsive +
          unansweredEscalations +
          (goalsOrange ?? 0) +
          (goalsRed ?? 0) +
          (sessionsWithoutMinutes ?? 0) >
        0,
    );
    const token = await this.links.issue(manager, {
      purpose: 'unsubscribe',
      personId: message.personId!,
      messageId: message.id,
      subjectIds: [],
      days: UNSUBSCRIBE_DAYS,
    });
    const unsubscribeUrl = `${PUBLIC_URL}/afmelden/${token}`;
    const url = `${PUBLIC_URL}/v1/koersoverzicht`;
    const page = { ...view, areas: stands, name: person.name, municipality, url, unsubscribeUrl, isMonthly: true };
    return {
      ...this.renderer.renderMessage('wijkagenda/mails/koersoverzicht', page),
      unsubscribeUrl,
      lines: stands.length,
    };
  }

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    return (await this.wanting(manager, message.personId!))?.email === message.address;
  }

  private wanting(manager: EntityManager, personId: string): Promise<Wanting | undefined> {
    return row<Wanting>(
      manager,
      `SELECT p."name", p."email", r."areaId" FROM "koersoverzicht_requests" r
       JOIN "people" p ON p."id" = r."personId" AND p."active" WHERE p."id" = $1`,
      [personId],
    );
  }

  /** The viewer's granted areas with the areas below them, and memberships, as of today. */
  private async viewer(manager: EntityManager, { personId }: OutgoingMessage): Promise<Viewer> {
    const today = this.clock.today();
    const found = await rows<{ kind: 'chair' | 'reader' | 'member'; id: string }>(
      manager,
      `WITH RECURSIVE "granted" ("role", "areaId") AS (
         SELECT g."role", g."areaId" FROM "grants" g WHERE g."personId" = $1 AND ${inForce('g', '$2')}
         UNION SELECT b."role", p."areaId" FROM "granted" b
         JOIN "area_parents" p ON p."parentId" = b."areaId" AND ${inForce('p', '$2')})
       SELECT "role" AS "kind", "areaId" AS "id" FROM "granted"
       UNION ALL SELECT 'member', o."id" FROM "memberships" m JOIN "organisations" o ON ${actsFor('m', 'o')}
       WHERE m."personId" = $1 AND ${inForce('m', '$2')}`,
      [personId, today],
    );
    const of = (kind: string) => found.filter((one) => one.kind === kind).map(({ id }) => id);
    return { today, organisationIds: of('member'), areaIds: { chair: of('chair'), reader: of('reader') } };
  }
}
