import { Inject, Injectable } from '@nestjs/common';
import { addDays, isoWeekOf, mondayOf, momentOf } from '../common/calendar-date.js';
import { inForce, row, type Source } from '../database/rows.js';
import { SETTINGS, type Settings } from '../settings.js';
import { type Assignment, Assignments } from './assignments.service.js';
import { inOrder, type LineReason, reasonFor } from './digest-lines.rules.js';
import { type Answered, News, type Result } from './news.service.js';
import type { Overview } from './overview.rules.js';
import { Overviews } from './overviews.service.js';
import { type DigestWishes, obstacleFor } from './recipients.rules.js';

export interface DigestPerson extends DigestWishes {
  id: string;
  name: string;
  isShared: boolean;
}

/** All that stands in the digest of one person on one day. */
export interface DigestContent {
  person: DigestPerson;
  today: string;
  overdue: Assignment[];
  dueSoon: Assignment[];
  statusAsked: Assignment[];
  answered: Answered[];
  results: Result[];
  overview: Overview | null;
  replyTo: string | undefined;
}

/** Finds out what is in the digest of a person: for the mail at the moment of sending, and for its preview. */
@Injectable()
export class DigestContents {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly assignments: Assignments,
    private readonly overviews: Overviews,
    private readonly news: News,
  ) {}

  person(source: Source, id: string): Promise<DigestPerson | undefined> {
    return row<DigestPerson>(
      source,
      `SELECT p."id", p."name", p."email", p."active", p."isShared", p."isDigestStopped", p."digestPausedUntilOn"
       FROM "people" p WHERE p."id" = $1`,
      [id],
      { active: 'boolean', isShared: 'boolean', isDigestStopped: 'boolean' },
    );
  }

  /** The content for this person; null when there is nothing that causes a mail, or the person gets none. */
  async dueFor(source: Source, person: DigestPerson, today: string): Promise<DigestContent | null> {
    if (obstacleFor(person, today) !== null) return null;
    const content = await this.of(source, person, today);
    return causesMail(content) ? content : null;
  }

  async of(source: Source, person: DigestPerson, today: string): Promise<DigestContent> {
    const mine = (await this.assignments.find(source, { personId: person.id }, today)).filter(({ recipients }) =>
      recipients.some(({ personId }) => personId === person.id),
    );
    // Owner and co-owner may have the same contact: one action is one line.
    const once = [...new Map(mine.map((action) => [action.actionId, action])).values()];
    const those = (reason: LineReason) => inOrder(once.filter((action) => reasonFor(action, today) === reason));
    const since = await this.since(source, today);
    const { areaIds, overview } = await this.overviews.findFor(source, person.id, today);
    const overdue = those('overdue');
    return {
      person,
      today,
      overdue,
      dueSoon: those('due_soon'),
      statusAsked: those('status_asked'),
      answered: await this.news.answered(source, person.id, since, today),
      results: await this.news.results(source, person.id, since, today, areaIds),
      overview,
      replyTo: await this.replyTo(source, overdue, person, today),
    };
  }

  /** The moment of the last digest before this week's; a week ago when there was none. */
  private async since(source: Source, today: string): Promise<string> {
    const last = await row<{ plannedAt: string | null }>(
      source,
      `SELECT max(r."plannedAt") AS "plannedAt" FROM "digest_runs" r WHERE r."state" = 'planned' AND r."dueAt" < $1`,
      [momentOf(mondayOf(isoWeekOf(today)))],
    );
    return last?.plannedAt ?? momentOf(addDays(today, -7));
  }

  /** The chair when all is of one area, else the mailbox that people read. */
  private async replyTo(
    source: Source,
    overdue: readonly Assignment[],
    person: DigestPerson,
    today: string,
  ): Promise<string | undefined> {
    const areaIds = [...new Set(overdue.map(({ areaId }) => areaId))];
    const general = this.settings.MAIL_REPLY_TO || undefined;
    if (areaIds.length !== 1) return general;
    const chair = await row<{ email: string }>(
      source,
      `SELECT p."email" FROM "grants" g JOIN "people" p ON p."id" = g."personId" AND p."active" AND p."email" IS NOT NULL
       WHERE g."role" = 'chair' AND g."areaId" = $1 AND ${inForce('g', '$2')} AND p."id" <> $3
       ORDER BY g."fromOn", p."email" LIMIT 1`,
      [areaIds[0], today, person.id],
    );
    return chair?.email ?? general;
  }
}

/** Only something overdue, or something in the chairs' overview, causes a mail: it is never empty. */
export const causesMail = (content: Pick<DigestContent, 'overdue' | 'overview'>): boolean =>
  content.overdue.length > 0 || content.overview !== null;
