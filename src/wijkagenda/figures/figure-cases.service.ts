import { Inject, Injectable } from '@nestjs/common';
import { type Domains, domainsOf, themesIn } from '../../actions/tables/domains.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { Page } from '../../platform/common/paging.js';
import { PointInTime } from '../../platform/database/row-history.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params } from '../../platform/database/rows.js';
import { nameOn } from './area-names.js';
import { casesAsOf, type Question } from './cases-as-of.js';
import { Collaboration } from './collaboration.service.js';
import { Escalations } from './escalations.service.js';
import {
  ACTION_FIGURES,
  type ActionFigure,
  type AttendanceFigure,
  type EscalationFigure,
  type FigureCase,
  type FigureName,
  type GoalFigure,
  type Group,
  SESSION_FIGURES,
  type SessionFigure,
} from './figure-names.js';
import { attendanceCases, sessionCases } from './meeting-cases.rules.js';
import type { Side } from './figures.rules.js';
import { daysOf } from './quarters.rules.js';
import { escalationCases, goalCases } from './story-cases.rules.js';
import { YearGoals } from './year-goals.service.js';

interface Paging {
  page: number;
  pageSize: number;
}

/** Lists the cases behind a figure: exactly as many as the figure says. */
@Injectable()
export class FigureCases {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly reads: BackgroundReader,
    private readonly collaboration: Collaboration,
    private readonly escalations: Escalations,
    private readonly goals: YearGoals,
  ) {}

  /** One page of the cases a figure counts: actions in the order they were agreed, others by day. */
  async list(name: FigureName, question: Question, group: Group, paging: Paging): Promise<Page<FigureCase>> {
    if (name in ACTION_FIGURES) return this.actions(name as ActionFigure, question, group, paging);
    const all = await this.others(name, question, group);
    const first = (paging.page - 1) * paging.pageSize;
    return { ...pageOnly(paging), items: all.slice(first, first + paging.pageSize), total: all.length };
  }

  /** A year has at most a few hundred of these. */
  private async others(name: FigureName, question: Question, { organisationId }: Group): Promise<FigureCase[]> {
    if ((SESSION_FIGURES as readonly string[]).includes(name))
      return sessionCases(name as SessionFigure, await this.collaboration.sessions(question), question);
    if (name.startsWith('attendance.')) {
      const found = await this.collaboration.attendanceCases(question, organisationId ?? undefined);
      return attendanceCases(name as AttendanceFigure, found);
    }
    return name.startsWith('goals.')
      ? goalCases(name as GoalFigure, await this.goals.list(question))
      : escalationCases(name as EscalationFigure, await this.escalations.list(question));
  }

  private async actions(
    name: ActionFigure,
    question: Question,
    group: Group,
    { page, pageSize }: Paging,
  ): Promise<Page<FigureCase>> {
    const params = new Params();
    const cases = casesAsOf(question, params, this.reads);
    const past = new PointInTime(question, params, this.reads);
    const conditions = [
      `(${ACTION_FIGURES[name]})`,
      ...within(group, params, past, domainsOf(this.settings.THEME_DOMAINS)),
    ];
    const chosen = `WITH ${cases}, "chosen" AS (SELECT * FROM "cases" WHERE ${conditions.join(' AND ')})`;
    const counted = [...params.values];
    const area = nameOn('ar', params.add(question.asOf), past);
    const found = await this.reads.rows<FigureCase & { total?: number }>(
      `${chosen} SELECT 'action' AS "type", c."actionId" AS "id", a."number", u."title", ${area} AS "area", c."theme",
         o."name" AS "organisation", c."status", c."recordedOn" AS "on", c."dueOn", c."doneOn", c."judgement",
         (SELECT count(*) FROM "chosen") AS "total"
       FROM "chosen" c JOIN "actions" a ON a."id" = c."actionId"
       JOIN "action_updates" u ON u."actionId" = c."actionId" AND u."sequence" = c."sequence" JOIN "areas" ar ON ar."id" = c."areaId"
       LEFT JOIN ${past.rows('organisations')} o ON o."id" = c."ownerId"
       ORDER BY c."recordedOn", a."numberKey", a."id" LIMIT ${params.add(pageSize)} + 0 OFFSET ${params.add((page - 1) * pageSize)}`,
      params.values,
    );
    const total =
      found[0]?.total ??
      (await this.reads.rows<{ total: number }>(`${chosen} SELECT count(*) AS "total" FROM "chosen"`, counted))[0]
        .total;
    return { items: found.map(({ total: _, ...item }) => item), total, page, pageSize };
  }
}

const pageOnly = ({ page, pageSize }: Paging): Paging => ({ page, pageSize });

/** SQL conditions that restrict cases to one group. */
function within(
  { theme, domain, organisationId, opgaveId, areaId, side, kind, quarter }: Group,
  params: Params,
  past: PointInTime,
  domains: Domains,
): string[] {
  const is = (column: string, value: string | null | undefined): string[] =>
    value === undefined ? [] : [value === null ? `${column} IS NULL` : `${column} = ${params.add(value)}`];
  const ownerIs = (condition: string): string =>
    `"ownerId" IN (SELECT w."id" FROM ${past.rows('organisations')} w WHERE w."kind" ${condition})`;
  const ofSide = (one: Side): string =>
    one === 'unowned' ? '"ownerId" IS NULL' : ownerIs(`${one === 'municipality' ? '=' : '<>'} 'municipality'`);
  const inDomain = (one: string | null): string =>
    one === null && domains.size === 0
      ? '1 = 1'
      : one === null
        ? `("theme" IS NULL OR "theme" NOT IN (${params.list([...domains.keys()])}))`
        : `"theme" IN (${params.list(themesIn(domains, one))})`;
  const days = quarter ? daysOf(quarter) : null;
  return [
    ...is('"theme"', theme),
    ...(domain === undefined ? [] : [inDomain(domain)]),
    ...is('"ownerId"', organisationId),
    ...is('"opgaveId"', opgaveId),
    ...is('"areaId"', areaId),
    ...(side ? [ofSide(side)] : []),
    ...(kind ? [ownerIs(`= ${params.add(kind)}`)] : []),
    ...(days ? [`"doneOn" BETWEEN ${params.add(days.fromOn)} AND ${params.add(days.untilOn)}`] : []),
  ];
}
