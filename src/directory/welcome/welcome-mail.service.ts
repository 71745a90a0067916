import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { GrantedRole } from '../../platform/access/permissions.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { inForce, row } from '../../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';

const WELCOME = 'welcome';
const WELCOME_CHAIR = 'welcome-chair';
const WELCOME_READER = 'welcome-reader';
const DAYS_TO_SEND = 14;
const MORNING = '08:00';

type Granted = { id: string; personId: string; role: GrantedRole; fromOn: string };

/** A mail sent only once to new people, new chairs and new readers: what this is and where to begin. */
@Injectable()
@MakesMail([WELCOME, WELCOME_CHAIR, WELCOME_READER])
export class WelcomeMail implements MailKind {
  constructor(
    private readonly outbox: Outbox,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Without a mail server nothing is planned: months later they are no longer new. */
  get isOn(): boolean {
    return this.settings.WELCOME_MAIL === 'on' && this.settings.SMTP_URL !== '';
  }

  /** Runs in the transaction of the invitation. Skips people who were mailed before or were invited to another meeting. */
  async planForTable(
    manager: EntityManager,
    { personId, email }: { personId: string; email: string },
    meetingId: string,
  ): Promise<void> {
    const known = await row(
      manager,
      `SELECT 1 AS "known" FROM "people" p WHERE p."id" = $1 AND (
         EXISTS (SELECT 1 FROM "outgoing_messages" o WHERE o."personId" = p."id")
         OR EXISTS (SELECT 1 FROM "grants" g WHERE g."personId" = p."id")
         OR EXISTS (SELECT 1 FROM "invitations" i WHERE i."personId" = p."id" AND i."meetingId" <> $2))`,
      [personId, meetingId],
    );
    if (!this.isOn || known) return;
    await this.plan(manager, WELCOME, personId, email, { meetingId });
  }

  /**
   * Runs in the transaction of the grant. Skips people who have been chairs before, and readers who had any role: they
   * know how to sign in. A chair prepares before the first day; a reader sees nothing until then.
   */
  async planForGrant(manager: EntityManager, { id, personId, role, fromOn }: Granted): Promise<void> {
    if (!this.isOn || (role !== 'chair' && role !== 'reader')) return;
    const others = role === 'chair' ? `AND g."role" = 'chair'` : '';
    const person = await row<{ email: string }>(
      manager,
      `SELECT p."email" FROM "people" p WHERE p."id" = $1 AND p."active" AND p."email" IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM "grants" g WHERE g."personId" = p."id" AND g."id" <> $2 ${others})`,
      [personId, id],
    );
    if (!person) return;
    if (role === 'chair') return this.plan(manager, WELCOME_CHAIR, personId, person.email, { grantId: id });
    await this.plan(manager, WELCOME_READER, personId, person.email, { grantId: id }, fromOn);
  }

  /** Null if the person can no longer receive mail, or if the meeting or the grant is over. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const { kind, personId, address, payload } = message;
    const isChair = kind === WELCOME_CHAIR;
    const isForGrant = kind !== WELCOME;
    const found = await row<{ name: string; areaName: string; meetingName: string | null }>(
      manager,
      isForGrant
        ? `SELECT p."name", a."name" AS "areaName", NULL AS "meetingName" FROM "people" p JOIN "grants" g ON g."id" = $3
           JOIN "areas" a ON a."id" = g."areaId"
           WHERE p."id" = $1 AND p."email" = $2 AND p."active" AND (g."untilOn" IS NULL OR g."untilOn" >= $4)`
        : `SELECT p."name", a."name" AS "areaName", m."name" AS "meetingName" FROM "people" p JOIN "meetings" m ON m."id" = $3
           JOIN "areas" a ON a."id" = m."areaId"
           WHERE p."id" = $1 AND p."email" = $2 AND p."active" AND (m."endedOn" IS NULL OR m."endedOn" >= $4)`,
      [personId, address, String(isForGrant ? payload.grantId : payload.meetingId), this.clock.today()],
    );
    if (!found) return null;
    const { PUBLIC_URL, MUNICIPALITY } = this.settings;
    const view = {
      ...found,
      isChair,
      isReader: kind === WELCOME_READER,
      hasMeeting: isChair && (await this.hasMeeting(manager, String(payload.grantId))),
      startUrl: `${PUBLIC_URL}/`,
      manualUrl: `${PUBLIC_URL}/handleiding`,
      municipality: MUNICIPALITY,
      unsubscribeUrl: null,
    };
    return { ...this.renderer.renderMessage('directory/mails/welcome', view), lines: 0 };
  }

  /** Whether there are meetings already, such as those of a predecessor, in the area of this grant or below it. */
  private async hasMeeting(manager: EntityManager, grantId: string): Promise<boolean> {
    const found = await row(
      manager,
      `WITH RECURSIVE "below" ("id") AS (
         SELECT g."areaId" FROM "grants" g WHERE g."id" = $1
         UNION SELECT p."areaId" FROM "below" b JOIN "area_parents" p ON p."parentId" = b."id" AND ${inForce('p', '$2')})
       SELECT 1 AS "found" FROM "meetings" m JOIN "below" b ON b."id" = m."areaId"
       WHERE m."endedOn" IS NULL OR m."endedOn" >= $2 LIMIT 1`,
      [grantId, this.clock.today()],
    );
    return found !== undefined;
  }

  private async plan(
    manager: EntityManager,
    kind: string,
    personId: string,
    address: string,
    payload: OutgoingMessage['payload'],
    firstOn = this.clock.today(),
  ): Promise<void> {
    const today = this.clock.today();
    const day = firstOn > today ? firstOn : today;
    await this.outbox.plan(manager, {
      ...{ kind, dedupeKey: `${kind}:${personId}`, address, personId, batchId: null, payload },
      ...(day > today && { notBefore: momentOf(day, MORNING) }),
      expiresAt: momentOf(addDays(day, DAYS_TO_SEND)),
    });
  }
}
