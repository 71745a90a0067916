import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { addDays, dayOf, momentOf } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { row, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Person } from '../directory/organisations/person.entity.js';
import { ACTION_PARTIES, isParty } from '../platform/access/confidentiality.js';
import { type Mail, MailKinds } from '../platform/mail/mail-kinds.js';
import { Outbox } from '../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../platform/mail/outgoing-message.entity.js';
import type { ResolvedContact } from '../directory/organisations/contact-resolver.rules.js';
import { ContactResolver, questionKey } from '../directory/organisations/contact-resolver.service.js';
import { actingByMail } from '../directory/organisations/merged.conditions.js';
import { Renderer } from '../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Action, type DueKind } from './action.entity.js';
import { dueWords } from './words.js';

export const ANNOUNCEMENT = 'announcement';
/** Late enough to contain the actions of the day, early enough to be read that day. */
const SENT_AT = '17:00';
const DAYS_TO_DELIVER = 2;
/** Addresses longer than this are replaced by the person's id in the dedupe key, which has at most 200 characters. */
const LONGEST_IN_KEY = 150;

interface Announced {
  id: string;
  number: string;
  title: string;
  areaId: string;
  areaName: string;
  dueKind: DueKind;
  dueOn: string | null;
  ownerId: string;
  ownerPersonId: string | null;
  isConfidential: boolean;
}

/** Notifies an owner the same day of actions recorded between sessions: at most one mail a day per address. */
@Injectable()
export class Announcements implements OnModuleInit {
  constructor(
    private readonly kinds: MailKinds,
    private readonly outbox: Outbox,
    private readonly answering: ContactResolver,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.kinds.register({ kind: ANNOUNCEMENT, make: (manager, message) => this.make(manager, message) });
  }

  /**
   * Plans the daily mail for the person responsible for the action, in the transaction that records it. After five it
   * is sent at once; if the mail of the day has already been sent, the action is in that of the next day.
   */
  async plan(manager: EntityManager, actionId: string, by: Caller): Promise<void> {
    if (!this.settings.SMTP_URL) return;
    const action = await row<Announced>(manager, `${ANNOUNCED} WHERE a."id" = $1`, [actionId], SHAPE);
    const person = action && (await this.recipient(manager, action));
    if (!person || person.personId === by.personId) return;
    const today = this.clock.today();
    if (await this.planOn(manager, today, person)) return;
    const key = keyOf(today, person);
    const waits = await row(
      manager,
      `SELECT 1 FROM "outgoing_messages" WHERE "dedupeKey" = $1 AND "bytes" IS NULL AND "state" IN ('planned', 'deferred')`,
      [key],
    );
    if (!waits) await this.planOn(manager, addDays(today, 1), person);
  }

  /** All actions of that day for this person, and those too late for the previous day's mail; null if none are left. */
  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const person = await row<{ name: string }>(
      manager,
      'SELECT "name" FROM "people" WHERE "id" = $1 AND "email" = $2 AND "active"',
      [message.personId, message.address],
    );
    if (!person) return null;
    const found = await rows<Announced>(
      manager,
      `${ANNOUNCED} JOIN "action_updates" u ON u."actionId" = a."id" AND u."sequence" = 1
       WHERE a."sessionId" IS NULL AND a."closedOn" IS NULL AND NOT a."isWithdrawn" AND a."ownerId" IS NOT NULL
         AND u."recordedAt" > $1 AND (u."recordedById" IS NULL OR u."recordedById" <> $2) ORDER BY ar."name", a."id"`,
      [await this.since(manager, message), message.personId],
      SHAPE,
    );
    const actions: Announced[] = [];
    for (const action of found) {
      if ((await this.recipient(manager, action))?.personId === message.personId) actions.push(action);
    }
    return actions.length === 0 ? null : this.render(person.name, actions);
  }

  private planOn(manager: EntityManager, day: string, { personId, email }: ResolvedContact): Promise<boolean> {
    const at = momentOf(day, SENT_AT);
    const now = this.clock.moment();
    return this.outbox.plan(manager, {
      kind: ANNOUNCEMENT,
      dedupeKey: keyOf(day, { personId, email }),
      address: email,
      personId,
      batchId: null,
      payload: { day },
      notBefore: at > now ? at : now,
      expiresAt: momentOf(addDays(day, DAYS_TO_DELIVER)),
    });
  }

  /** The time of the last announcement sent to this person, but not before the start of the previous day. */
  private async since(manager: EntityManager, message: OutgoingMessage): Promise<string> {
    const day = String(message.payload.day ?? dayOf(message.plannedAt));
    const last = await row<{ at: string | null }>(
      manager,
      `SELECT max("sentAt") AS "at" FROM "outgoing_messages" WHERE "kind" = '${ANNOUNCEMENT}' AND "personId" = $1 AND "id" <> $2`,
      [message.personId, message.id],
    );
    const earliest = momentOf(addDays(day, -1));
    return last?.at && last.at > earliest ? last.at : earliest;
  }

  /**
   * The owner's person, else its contact. Confidential actions are announced to parties only, never to a shared
   * mailbox.
   */
  private async recipient(source: Source, action: Announced): Promise<ResolvedContact | null> {
    const named = await row<ResolvedContact>(
      source,
      `SELECT p."id" AS "personId", p."name", p."email", p."isShared" FROM "people" p
       WHERE p."id" = $1 AND p."active" AND p."email" IS NOT NULL`,
      [action.ownerPersonId],
      shapeOf(Person),
    );
    const question = { organisationId: action.ownerId, areaId: action.areaId };
    const today = this.clock.today();
    const person =
      named ?? (await this.answering.resolve(source, [question], today)).get(questionKey(question)) ?? null;
    if (!person || !action.isConfidential) return person;
    const isKnown = isParty('a."id"', ACTION_PARTIES, actingByMail('$2', '$3'));
    const sql = `SELECT 1 FROM "actions" a WHERE a."id" = $1 AND ${isKnown}`;
    return (await row(source, sql, [action.id, person.personId, today])) ? person : null;
  }

  private render(name: string, actions: readonly Announced[]): Mail {
    const view = {
      name,
      count: actions.length,
      actions: actions.map(({ number, title, areaName, isConfidential, dueKind, dueOn }) => ({
        number,
        // Confidential text is never mailed.
        title: isConfidential ? null : title,
        areaName,
        dueWords: dueWords({ dueKind, dueOn }),
      })),
      municipality: this.settings.MUNICIPALITY,
      unsubscribeUrl: null,
    };
    return {
      ...this.renderer.renderMessage('actions/mails/announcement', view),
      replyTo: this.settings.MAIL_REPLY_TO || undefined,
      lines: actions.length,
    };
  }
}

const SHAPE = shapeOf(Action);
const ANNOUNCED = `SELECT a."id", a."number", a."title", a."areaId", ar."name" AS "areaName", a."dueKind", a."dueOn",
    a."ownerId", a."ownerPersonId", a."isConfidential"
  FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId"`;

const keyOf = (day: string, { personId, email }: Pick<ResolvedContact, 'personId' | 'email'>): string =>
  `${ANNOUNCEMENT}:${day}:${email.length > LONGEST_IN_KEY ? personId : email}`;
