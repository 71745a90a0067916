import { Inject, Injectable } from '@nestjs/common';
import { type LatestDecision, latestDecisions } from '../../actions/escalations/latest-decisions.js';
import { type Asked, askedOf } from '../../actions/discussions/asked-discussions.js';
import { mayAskToDiscuss } from '../../actions/discussions/asking.rules.js';
import { addDays, daysBetween, isoWeekOf, mondayOf, momentOf } from '../../platform/common/calendar-date.js';
import { inForce, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from '../../directory/people/person.entity.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { ActionRecipients } from '../../actions/recipients/action-recipients.service.js';
import type { Assignment } from '../../actions/recipients/assignments.js';
import { inOrder, type LineReason, reasonFor, SOON_DAYS } from '../../actions/recipients/digest-lines.rules.js';
import { type Answered, DigestAnswers } from './digest-answers.service.js';
import type { ReadOverview } from './overview.rules.js';
import { Overviews } from './overviews.service.js';
import { type Result, resultsFor } from './results.js';
import { saidRunning } from './said-running.js';
import { type DigestWishes, obstacleFor } from '../../actions/recipients/recipients.rules.js';

export interface DigestPerson extends DigestWishes {
  id: string;
  name: string;
  isShared: boolean;
}

/** The full contents of one person's digest on one day. */
export interface DigestContent {
  person: DigestPerson;
  today: string;
  overdue: Assignment[];
  dueSoon: Assignment[];
  statusAsked: Assignment[];
  answered: Answered[];
  results: Result[];
  /** When this person last answered "loopt" about an overdue action, if that is its latest update; by action. */
  saidRunning: ReadonlyMap<string, string>;
  /** When a discussion of an action was requested, if that is still waiting; by action. */
  asked: Asked;
  /** What was decided about an action after somebody asked for it; by action. */
  decided: ReadonlyMap<string, LatestDecision>;
  overview: ReadOverview | null;
  replyTo: string | undefined;
}

/** Every action that it asks this person about. */
export const linesOf = ({ overdue, dueSoon, statusAsked }: DigestContent): Assignment[] => [
  ...overdue,
  ...dueSoon,
  ...statusAsked,
];

/** Determines the contents of a person's digest: for the mail at the moment of sending, and for its preview. */
@Injectable()
export class DigestContents {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly actionRecipients: ActionRecipients,
    private readonly overviews: Overviews,
    private readonly answers: DigestAnswers,
  ) {}

  people(source: Source, ids: readonly string[]): Promise<DigestPerson[]> {
    const params = new Params();
    return rows<DigestPerson>(
      source,
      `SELECT p."id", p."name", p."email", p."active", p."isShared", p."isDigestStopped", p."digestPausedUntilOn"
       FROM "people" p WHERE p."id" IN (${params.list(ids)})`,
      params.values,
      shapeOf(Person),
    );
  }

  /** The content for those of these people who get a mail: they can receive mail and there is a reason to send one. */
  async dueFor(source: Source, people: readonly DigestPerson[], today: string): Promise<DigestContent[]> {
    const mailed = people.filter((person) => obstacleFor(person, today) === null);
    return (await this.of(source, mailed, today)).filter(causesMail);
  }

  /** The content for each of these people, in the given order; the number of statements does not depend on theirs. */
  async of(source: Source, people: readonly DigestPerson[], today: string): Promise<DigestContent[]> {
    if (people.length === 0) return [];
    const personIds = people.map(({ id }) => id);
    const actions = await this.actionsOf(source, personIds, today);
    const overviews = await this.overviews.findFor(source, personIds, today);
    const since = await this.since(source, today);
    const areaIdsOf = (id: string) => overviews.get(id)?.areaIds ?? [];
    const answered = await this.answers.of(source, personIds, today, { isForMail: true });
    const results = await resultsFor(
      source,
      new Map(personIds.map((id) => [id, areaIdsOf(id)])),
      answered,
      since,
      today,
    );
    const running = await saidRunning(source, overdueOf(actions, today));
    const late = overdueOf(actions, today).filter(({ dueOn }) => mayAskToDiscuss(daysBetween(dueOn!, today)));
    const asked = await askedOf(
      source,
      late.map(({ actionId }) => actionId),
    );
    const decided = await latestDecisions(
      source,
      overdueOf(actions, today).map(({ actionId }) => actionId),
    );
    const contents = people.map((person): DigestContent => {
      const mine = [...(actions.get(person.id)?.values() ?? [])];
      const those = (reason: LineReason) => inOrder(mine.filter((action) => reasonFor(action, today) === reason));
      return {
        person,
        today,
        overdue: those('overdue'),
        dueSoon: those('due_soon'),
        statusAsked: those('status_asked'),
        answered: answered.get(person.id) ?? [],
        results: results.get(person.id) ?? [],
        saidRunning: running.get(person.id) ?? new Map<string, string>(),
        asked,
        decided,
        overview: overviews.get(person.id)?.overview ?? null,
        replyTo: undefined,
      };
    });
    const chairs = await this.chairs(
      source,
      contents.flatMap(({ overdue }) => overdue.map(({ areaId }) => areaId)),
      today,
    );
    for (const content of contents) content.replyTo = this.replyTo(content, chairs);
    return contents;
  }

  /** Each person's actions, keyed by person id: owner and co-owner may have the same contact. */
  private async actionsOf(source: Source, personIds: readonly string[], today: string) {
    const found = await this.actionRecipients.find(source, { personIds, dueBy: addDays(today, SOON_DAYS) }, today);
    const actions = new Map<string, Map<string, Assignment>>(personIds.map((id) => [id, new Map()]));
    for (const action of found)
      for (const { personId } of action.recipients) actions.get(personId)?.set(action.actionId, action);
    return actions;
  }

  /** When the last digest before this week's was sent; a week ago if there was none. */
  private async since(source: Source, today: string): Promise<string> {
    const last = await row<{ plannedAt: string | null }>(
      source,
      `SELECT max(r."plannedAt") AS "plannedAt" FROM "digest_runs" r WHERE r."state" = 'planned' AND r."dueAt" < $1`,
      [momentOf(mondayOf(isoWeekOf(today)))],
    );
    return last?.plannedAt ?? momentOf(addDays(today, -7));
  }

  /** The chairs of these areas: first their own, then those of the areas above; longest-serving first. */
  private async chairs(source: Source, areaIds: readonly string[], today: string): Promise<Chair[]> {
    const params = new Params();
    const areas = params.list([...new Set(areaIds)]);
    const day = params.add(today);
    return rows<Chair>(
      source,
      `WITH RECURSIVE "above" ("areaId", "id", "steps") AS (
         SELECT a."id", a."id", 0 FROM "areas" a WHERE a."id" IN (${areas})
         UNION ALL SELECT u."areaId", x."parentId", u."steps" + 1 FROM "above" u
           JOIN "area_parents" x ON x."areaId" = u."id" AND ${inForce('x', day)})
       SELECT u."areaId", p."id" AS "personId", p."email" FROM "above" u
       JOIN "grants" g ON g."areaId" = u."id" AND g."role" = 'chair' AND ${inForce('g', day)}
       JOIN "people" p ON p."id" = g."personId" AND p."active" AND p."email" IS NOT NULL
       ORDER BY u."steps", g."fromOn", p."email"`,
      params.values,
    );
  }

  /** The chair if everything belongs to one area, else the monitored mailbox; without one the chair of the first line. */
  private replyTo(content: Pick<DigestContent, 'overdue' | 'person'>, chairs: readonly Chair[]): string | undefined {
    const chairOf = (areaId?: string) =>
      chairs.find((one) => one.areaId === areaId && one.personId !== content.person.id)?.email;
    return chairOf(onlyArea(content)) ?? (this.settings.MAIL_REPLY_TO || chairOf(content.overdue[0]?.areaId));
  }
}

interface Chair {
  areaId: string;
  personId: string;
  email: string;
}

/** The overdue actions of all these people, each once. */
const overdueOf = (actions: ReadonlyMap<string, ReadonlyMap<string, Assignment>>, today: string): Assignment[] => [
  ...new Map(
    [...actions.values()].flatMap((own) => [...own].filter(([, action]) => reasonFor(action, today) === 'overdue')),
  ).values(),
];

function onlyArea({ overdue }: Pick<DigestContent, 'overdue'>): string | undefined {
  const areaIds = new Set(overdue.map(({ areaId }) => areaId));
  return areaIds.size === 1 ? overdue[0].areaId : undefined;
}

/** Only overdue actions or a non-empty chairs' overview cause a mail, so it is never empty. */
export const causesMail = (content: Pick<DigestContent, 'overdue' | 'overview'>): boolean =>
  content.overdue.length > 0 || content.overview !== null;
