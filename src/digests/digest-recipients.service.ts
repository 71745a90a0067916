import { Injectable } from '@nestjs/common';
import type { IsoWeek } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import { Database } from '../platform/database/database.js';
import { rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Person } from '../directory/people/person.entity.js';
import type { PlannedMail } from '../platform/mail/outbox.service.js';
import { ActionRecipients } from '../actions/recipients/action-recipients.service.js';
import { type DigestWishes, obstacleFor } from '../actions/recipients/recipients.rules.js';
import { endOf, nameOfWeek } from './digest-schedule.rules.js';
import { Overviews } from './contents/overviews.service.js';

export type WeeksMail = Omit<PlannedMail, 'batchId'>;

/** Who gets the digest of a week. */
@Injectable()
export class DigestRecipients {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly actionRecipients: ActionRecipients,
    private readonly overviews: Overviews,
  ) {}

  /**
   * One mail for everyone with overdue actions, and for every chair with something to look at. Read before the
   * transaction, which would block all other writes meanwhile; recipients and contents are checked again on sending.
   */
  mailsOf(week: IsoWeek): Promise<WeeksMail[]> {
    return this.database.readThrough((source) => this.read(source, week));
  }

  private async read(source: Source, week: IsoWeek): Promise<WeeksMail[]> {
    const today = this.clock.today();
    const overdue = await this.actionRecipients.overduePeople(source, today);
    const chairs = await this.overviews.chairsWithNews(source, today);
    const people = (await this.wishes(source)).filter(
      (person) => (overdue.has(person.id) || chairs.has(person.id)) && obstacleFor(person, today) === null,
    );
    const [name, expiresAt] = [nameOfWeek(week), endOf(week)];
    return people.map(({ id, email }) => ({
      kind: 'digest',
      dedupeKey: `digest:${name}:${email!.toLowerCase()}`,
      address: email!,
      personId: id,
      // Even the delivery state of such a mail is hidden from a chair who may not know of the action.
      payload: { ...week, isConfidential: !overdue.get(id) && !chairs.get(id) },
      expiresAt,
    }));
  }

  private wishes(source: Source): Promise<(DigestWishes & { id: string })[]> {
    return rows(
      source,
      `SELECT p."id", p."email", p."active", p."isDigestStopped", p."digestPausedUntilOn" FROM "people" p
       WHERE p."active" AND p."email" IS NOT NULL`,
      [],
      shapeOf(Person),
    );
  }
}
