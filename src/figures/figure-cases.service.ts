import { Injectable } from '@nestjs/common';
import { dayOf } from '../common/calendar-date.js';
import type { Page } from '../common/paging.js';
import { LongReads } from '../database/long-reads.js';
import { Params } from '../database/rows.js';
import { casesAsOf, CONDITIONS, type Question } from './cases-as-of.js';
import { isHeld, wasAdopted, wasSent, type SessionRow } from './collaboration.rules.js';
import { Collaboration } from './collaboration.service.js';
import { COUNTS } from './figures.rules.js';

const SESSION_FIGURES = ['sessionsHeld', 'minutesSent', 'minutesAdopted', 'notClosed'] as const;
/** Every figure that can be opened to the list of what it counts. */
export const FIGURE_NAMES = [...COUNTS, 'postponedNever', ...SESSION_FIGURES] as const;
export type FigureName = (typeof FIGURE_NAMES)[number];

const ACTION_CONDITIONS: Record<Exclude<FigureName, (typeof SESSION_FIGURES)[number]>, string> = {
  ...CONDITIONS,
  postponedNever: '"isAgreed" AND "postponements" = 0',
};

/** One thing that a figure counts: an action as it stood on the day, or a session. */
export interface FigureCase {
  type: 'action' | 'session';
  id: string;
  /** Null for a session. */
  number: string | null;
  /** What was agreed, or the name of the meeting. */
  title: string;
  area: string;
  theme: string | null;
  organisation: string | null;
  status: string;
  /** The day of recording, or of the session. */
  on: string;
  dueOn: string | null;
  doneOn: string | null;
  /** What another party than the owner says: `realised`, `partly`, `not`; null when none did. */
  judgement: string | null;
}

/** Narrows a figure to one theme, owner or opgave; null is what has none. */
export interface Group {
  theme?: string | null;
  organisationId?: string | null;
  opgaveId?: string;
}

/** Opens a figure to the cases behind it: as many as the figure says. */
@Injectable()
export class FigureCases {
  constructor(
    private readonly reads: LongReads,
    private readonly collaboration: Collaboration,
  ) {}

  /** One page of what the figure counts, in the order of agreeing. */
  list(name: FigureName, question: Question, group: Group, paging: { page: number; pageSize: number }) {
    const isOfSessions = (SESSION_FIGURES as readonly string[]).includes(name);
    return isOfSessions
      ? this.sessions(name as (typeof SESSION_FIGURES)[number], question, paging)
      : this.actions(name as keyof typeof ACTION_CONDITIONS, question, group, paging);
  }

  private async actions(
    name: keyof typeof ACTION_CONDITIONS,
    question: Question,
    { theme, organisationId, opgaveId }: Group,
    { page, pageSize }: { page: number; pageSize: number },
  ): Promise<Page<FigureCase>> {
    const params = new Params();
    const is = (column: string, value: string | null | undefined): string[] =>
      value === undefined ? [] : [value === null ? `${column} IS NULL` : `${column} = ${params.add(value)}`];
    const cases = casesAsOf(question, params, this.reads);
    const conditions = [
      `(${ACTION_CONDITIONS[name]})`,
      ...is('"theme"', theme),
      ...is('"ownerId"', organisationId),
      ...is('"opgaveId"', opgaveId),
    ];
    const chosen = `WITH ${cases}, "chosen" AS (SELECT * FROM "cases" WHERE ${conditions.join(' AND ')})`;
    const counted = [...params.values];
    const found = await this.reads.rows<FigureCase & { total?: number }>(
      `${chosen} SELECT 'action' AS "type", c."actionId" AS "id", a."number", u."title", ar."name" AS "area", c."theme",
         o."name" AS "organisation", c."status", c."recordedOn" AS "on", c."dueOn", c."doneOn", c."judgement",
         (SELECT count(*) FROM "chosen") AS "total"
       FROM "chosen" c JOIN "actions" a ON a."id" = c."actionId"
       JOIN "action_updates" u ON u."actionId" = c."actionId" AND u."sequence" = c."sequence" JOIN "areas" ar ON ar."id" = c."areaId"
       LEFT JOIN "organisations" o ON o."id" = c."ownerId"
       ORDER BY c."recordedOn", a."number", a."id" LIMIT ${params.add(pageSize)} OFFSET ${params.add((page - 1) * pageSize)}`,
      params.values,
      { total: 'integer' },
    );
    const total =
      found[0]?.total ??
      Number(
        (await this.reads.rows<{ total: number }>(`${chosen} SELECT count(*) AS "total" FROM "chosen"`, counted))[0]
          .total,
      );
    return { items: found.map(({ total: _, ...item }) => item), total, page, pageSize };
  }

  private async sessions(
    name: (typeof SESSION_FIGURES)[number],
    question: Question,
    { page, pageSize }: { page: number; pageSize: number },
  ): Promise<Page<FigureCase>> {
    const { asOf, knownAt } = question;
    const counts: Record<typeof name, (session: SessionRow) => boolean> = {
      sessionsHeld: (session) => isHeld(session, knownAt),
      notClosed: (session) => !isHeld(session, knownAt),
      minutesSent: (session) => wasSent(session, asOf, knownAt),
      minutesAdopted: (session) => wasAdopted(session, asOf, knownAt),
    };
    const found = (await this.collaboration.sessions(question)).filter(counts[name]);
    const items = found.slice((page - 1) * pageSize, page * pageSize).map(toCase);
    return { items, total: found.length, page, pageSize };
  }
}

function toCase({ sessionId, meeting, area, heldOn, state, sentAt }: SessionRow): FigureCase {
  return {
    type: 'session',
    id: sessionId,
    number: null,
    title: meeting,
    area,
    theme: null,
    organisation: null,
    status: state,
    on: heldOn,
    dueOn: null,
    doneOn: sentAt && dayOf(sentAt),
    judgement: null,
  };
}
