import { Injectable } from '@nestjs/common';
import { steeredOn } from '../../goals/goal-conditions.js';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { fullyVisible, readableActions, titleFor } from '../../actions/action-conditions.js';
import { reasonOnSql } from '../../actions/overdue.rules.js';
import { STATUS_BADGES, STATUS_WORDS } from '../../actions/words.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { type ActionFacts, isUnanswered } from '../early-warnings.rules.js';
import { type CourseKind, isLate, lateDays, MINUTES_DAYS } from './koersoverzicht.rules.js';
import { Koersoverzicht } from './koersoverzicht.service.js';

/** A record that a number of the koersoverzicht counts. Its text and page are only for those who may read it. */
interface CourseCase {
  areaName: string;
  number: string | null;
  title: string | null;
  href: string | null;
  organisation: string | null;
  /** The deadline, the day of a decision on course, or of a session; null without a deadline. */
  day: string | null;
  /** Whole days; 0 if it is in time or has no deadline. */
  daysOverdue: number;
  /** Of an action that the caller may read, or that is counted as blocked. */
  stand: { words: string; badge: string } | null;
  /** Why it is blocked or waits, for those who may read the whole action. */
  reason: string | null;
}

const NO_STAND = { stand: null, reason: null };

interface Paging {
  page: number;
  pageSize: number;
}

/** The cases of one page, with the number of all. */
interface CourseList {
  count: number;
  cases: CourseCase[];
}

interface CourseQuestion {
  kind: CourseKind;
  areaId?: string;
  organisationId?: string;
  domain?: string;
}

type Dated = Pick<ActionFacts, 'dueOn'>;
/** By deadline; those without one come last. The order of equals is kept. */
const longestFirst = (a: Dated, b: Dated): number => (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999');

const pageIn = <T>(all: readonly T[], { page, pageSize }: Paging) => ({
  count: all.length,
  cases: all.slice((page - 1) * pageSize, page * pageSize),
});

/**
 * The lists behind the numbers of the koersoverzicht: counted by the same rules, so that each list is as long as its
 * number says.
 */
@Injectable()
export class CourseLists {
  constructor(
    private readonly database: Database,
    private readonly koersoverzicht: Koersoverzicht,
  ) {}

  /** One page of them. 403 if the caller may see nothing of the koersoverzicht. */
  async of({ kind, areaId, organisationId, domain }: CourseQuestion, by: Caller, paging: Paging): Promise<CourseList> {
    const scope = await this.koersoverzicht.scopeOf({ area: areaId, domain }, by);
    const { areaIds } = scope;
    const isOfActions = scope.onlyOf !== null || scope.themes !== null;
    if (kind === 'goalsOrange' || kind === 'goalsRed') {
      return pageIn(isOfActions ? [] : await this.goals(areaIds, kind === 'goalsRed' ? 'red' : 'orange', by), paging);
    }
    if (kind === 'sessionsWithoutMinutes') return pageIn(isOfActions ? [] : await this.sessions(areaIds, by), paging);
    const found = (await this.koersoverzicht.actionsIn(scope, by)).filter(
      (action) => !action.isConfidential && (!organisationId || action.ownerId === organisationId),
    );
    const isSo: Record<typeof kind, (action: (typeof found)[number]) => boolean> = {
      open: () => true,
      overdue: ({ dueOn, status }) => isLate(dueOn, status, by.today),
      blocked: ({ status }) => status === 'blocked',
      unresponsive: isUnanswered,
      unansweredEscalations: ({ unansweredEscalations }) => unansweredEscalations > 0,
    };
    // Each step without an answer counts.
    const times = (action: (typeof found)[number]): number =>
      kind === 'unansweredEscalations' ? action.unansweredEscalations : 1;
    const counted = found.filter(isSo[kind]).flatMap((action) => Array.from({ length: times(action) }, () => action));
    const { count, cases } = pageIn(counted.sort(longestFirst), paging);
    const titles = await this.titles([...new Set(cases.map(({ actionId }) => actionId))], by);
    return {
      count,
      cases: cases.map(({ actionId, number, areaName, ownerName, dueOn, status }) => ({
        ...{ areaName, number, organisation: ownerName, day: dueOn },
        title: titles.get(actionId)?.title ?? null,
        href: titles.has(actionId) ? `/acties/${actionId}` : null,
        daysOverdue: lateDays(dueOn, status, by.today),
        stand:
          titles.has(actionId) || status === 'blocked'
            ? { words: STATUS_WORDS[status], badge: STATUS_BADGES[status] }
            : null,
        reason: titles.get(actionId)?.reason ?? null,
      })),
    };
  }

  /** The titles of those of these actions that the caller may read, with the reason of their stand if they may read all. */
  private async titles(ids: readonly string[], by: Caller) {
    const { reader } = this.database;
    const params = new Params();
    const found = await rows<{ id: string; title: string; reason: string | null }>(
      reader,
      `SELECT a."id", ${titleFor(reader, by, params)} AS "title",
         CASE WHEN ${fullyVisible(reader, by, undefined, false, params)} THEN ${reasonOnSql('a', params.add(by.today))} END AS "reason" FROM "actions" a
       WHERE a."id" IN (${params.list(ids)}) AND ${readableActions(reader, by, params)}`,
      params.values,
    );
    return new Map(found.map(({ id, ...words }) => [id, words]));
  }

  private async goals(areaIds: readonly string[], course: string, by: Caller): Promise<CourseCase[]> {
    const params = new Params();
    const found = await rows<{ id: string; title: string; areaId: string; areaName: string; decidedOn: string }>(
      this.database.reader,
      `SELECT g."id", g."title", g."areaId", a."name" AS "areaName", c."decidedOn" FROM "goals" g
       JOIN "areas" a ON a."id" = g."areaId" JOIN "goal_courses" c ON c."goalId" = g."id" AND c."isCurrent"
       WHERE ${steeredOn('g', by.today, params)} AND c."course" = ${params.add(course)} AND g."areaId" IN (${params.list(areaIds)})
       ORDER BY natural_key(a."name"), natural_key(g."title"), g."id"`,
      params.values,
    );
    return found.map(({ id, title, areaId, areaName, decidedOn }) => {
      const mayRead = isPermittedIn(by, 'goals.read', areaId);
      const words = mayRead ? { title, href: `/doelen/${id}` } : { title: null, href: null };
      return {
        areaName,
        number: null,
        ...words,
        organisation: null,
        day: decidedOn,
        daysOverdue: 0,
        ...NO_STAND,
      };
    });
  }

  private async sessions(areaIds: readonly string[], by: Caller): Promise<CourseCase[]> {
    const params = new Params();
    const before = params.add(addDays(by.today, -MINUTES_DAYS));
    const found = await rows<{ id: string; name: string; areaId: string; areaName: string; heldOn: string }>(
      this.database.reader,
      `SELECT s."id", m."name", m."areaId", a."name" AS "areaName", s."heldOn" FROM "sessions" s
       JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
       LEFT JOIN "minutes" n ON n."sessionId" = s."id"
       WHERE s."state" IN ('open', 'closed') AND s."heldOn" < ${before} AND n."sentAt" IS NULL
         AND m."areaId" IN (${params.list(areaIds)}) ORDER BY s."heldOn", s."id"`,
      params.values,
    );
    return found.map(({ id, name, areaId, areaName, heldOn }) => {
      const href = isPermittedIn(by, 'sessions.read', areaId) ? `/vergaderingen/${id}` : null;
      return {
        areaName,
        number: null,
        title: name,
        href,
        organisation: null,
        day: heldOn,
        daysOverdue: 0,
        ...NO_STAND,
      };
    });
  }
}
