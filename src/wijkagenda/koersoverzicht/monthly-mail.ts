import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/common/clock.js';
import { inForce, row, rows } from '../../platform/database/rows.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import { MailLinks } from '../../platform/mail/mail-links.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { actsFor } from '../../directory/organisations/merged.conditions.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { UNSUBSCRIBE_WORDS } from '../words.js';
import { ALL, bySubject } from '../early-warnings.rules.js';
import { EarlyWarnings } from '../early-warnings.service.js';
import { changeWords } from './course-counts.rules.js';
import { listOf, warningsOf } from './course-links.rules.js';
import { COURSE_KINDS } from './koersoverzicht.rules.js';
import { Koersoverzicht } from './koersoverzicht.service.js';
import type { Viewer } from './viewer.js';

const UNSUBSCRIBE_DAYS = 90;

export const MONTHLY_MAIL = 'koersoverzicht';

interface Wanting {
  name: string;
  email: string | null;
  areaId: string | null;
  /** The area that it was merged into since. */
  mergedIntoId: string | null;
}

const MOST_WARNINGS = 10;

/** The monthly koersoverzicht by mail, built with the recipient's permissions on the day of sending. */
@Injectable()
@MakesMail([MONTHLY_MAIL])
export class MonthlyMail implements MailKind {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly links: MailLinks,
    private readonly renderer: Renderer,
    private readonly koersoverzicht: Koersoverzicht,
    private readonly warnings: EarlyWarnings,
  ) {}

  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const recipient = await this.recipient(manager, message);
    if (!recipient) return null;
    const { name, viewer, asked } = recipient;
    const view = (await this.koersoverzicht.seenBy(asked, viewer, manager))!;
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
    const url = `${PUBLIC_URL}/koersoverzicht`;
    const query = { ...asked, ...ALL };
    // The text of a confidential action is never mailed to anyone.
    const found = await this.warnings.list(query, { ...viewer, organisationIds: [] }, { source: manager });
    const warnings = bySubject(found.items);
    const page = {
      ...view,
      allLate: PUBLIC_URL + listOf('overdue', asked),
      areas: stands.map((area) => {
        const counts = { ...area, ...area.withBelow };
        const lists = COURSE_KINDS.map((kind) => [kind, PUBLIC_URL + listOf(kind, { area: area.areaId })]);
        const change = changeWords(counts.overdue - counts.overdueMonthAgo);
        return { ...counts, change, lists: Object.fromEntries(lists) };
      }),
      addsUp: stands.some(({ withBelow }) => withBelow !== null),
      warnings: warnings.slice(0, MOST_WARNINGS).map(({ subject, areaName, reason }) => ({
        name: subject.name,
        areaName,
        reason,
      })),
      moreWarnings: warnings.length > MOST_WARNINGS && {
        total: warnings.length,
        href: PUBLIC_URL + warningsOf(asked),
      },
      name,
      municipality,
      url,
      unsubscribeUrl,
      unsubscribeWords: UNSUBSCRIBE_WORDS.koersoverzicht,
    };
    return {
      ...this.renderer.renderMessage('wijkagenda/mails/koersoverzicht', page),
      unsubscribeUrl,
      lines: stands.length,
    };
  }

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    return (await this.recipient(manager, message)) !== null;
  }

  /** Null if the person no longer wants it, has another address, or may no longer see the area it is about. */
  private async recipient(manager: EntityManager, message: OutgoingMessage) {
    const person = await this.wanting(manager, message.personId!);
    if (person?.email !== message.address) return null;
    const viewer = await this.viewer(manager, message);
    const asked = { area: areaFor(person, viewer) ?? undefined };
    return (await this.koersoverzicht.isSeenBy(asked, viewer, manager)) ? { name: person.name, viewer, asked } : null;
  }

  private wanting(manager: EntityManager, personId: string): Promise<Wanting | undefined> {
    return row<Wanting>(
      manager,
      `SELECT p."name", p."email", r."areaId", a."mergedIntoId" FROM "koersoverzicht_requests" r
       JOIN "people" p ON p."id" = r."personId" AND p."active" LEFT JOIN "areas" a ON a."id" = r."areaId" WHERE p."id" = $1`,
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

/** The requested area, or the one it was merged into; not for a viewer who was granted the former only. */
function areaFor({ areaId, mergedIntoId }: Wanting, { areaIds: { chair, reader } }: Viewer): string | null {
  const granted = [...chair, ...reader];
  const mayFollow = mergedIntoId !== null && (granted.length === 0 || granted.includes(mergedIntoId));
  return mayFollow ? mergedIntoId : areaId;
}
