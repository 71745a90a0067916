import { Inject, Injectable } from '@nestjs/common';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { chunks, inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from '../../directory/people/person.entity.js';
import { Action } from '../../actions/action.entity.js';
import { actsFor } from '../../directory/organisations/merged.conditions.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { ActionRecipients } from '../../actions/recipients/action-recipients.service.js';
import type { Assignment } from '../../actions/recipients/assignments.js';
import { mayAskToDiscuss } from '../../actions/discussions/asking.rules.js';
import { returnedBySql } from '../../actions/history/returned.js';
import { askedOf } from '../../actions/discussions/asked-discussions.js';
import { daysOverdue, isOffHoldSql, isOverdueSql, isToBeCheckedSql } from '../../actions/overdue.rules.js';
import {
  type AttentionRow,
  type Chair,
  hasNews,
  overviewOf,
  type ReadOverview,
  type RefusedAddress,
} from './overview.rules.js';
import { Unanswered } from './unanswered.service.js';

const REFUSED_DAYS = 14;

interface ChairWithAreas extends Chair {
  areaIds: string[];
  organisationIds: string[];
  isChair: boolean;
  /** By name. */
  standsInFor: string[];
}

/** SQL for an action in its chair's overview: handed back, blocked, overdue or past its check date. */
const needsChair = (on: string): string =>
  `a."closedOn" IS NULL AND NOT a."isWithdrawn" AND (a."isHandedBack" OR (a."ownerId" IS NOT NULL AND a."dueKind" IS NOT NULL
     AND (a."status" = 'blocked' OR (${isOverdueSql('a', on)}) OR (a."dueOn" IS NULL AND ${isToBeCheckedSql('a', on)}))))`;

/**
 * The same in two parts: the first is in an index (`actions_open_by_area`), the second reads the few open actions without
 * a deadline. As one, every open action is read: a minute if they are not in memory.
 */
function newsOf(on: string): string {
  const open = `SELECT a."areaId", CASE WHEN a."isConfidential" THEN a."id" END AS "actionId" FROM "actions" a
    WHERE a."closedOn" IS NULL AND NOT a."isWithdrawn"`;
  const owned = 'a."ownerId" IS NOT NULL AND a."dueKind" IS NOT NULL';
  const offHold = isOffHoldSql('a', on);
  return `${open} AND (a."isHandedBack" OR (${owned} AND (a."status" = 'blocked' OR (${offHold} AND a."dueOn" < ${on}))))
    UNION ${open} AND ${owned} AND a."dueOn" IS NULL AND ${offHold} AND a."checkOn" < ${on}`;
}

/** The chairs' overview: everything in a chair's areas that needs their attention. */
@Injectable()
export class Overviews {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly actionRecipients: ActionRecipients,
    private readonly unanswered: Unanswered,
  ) {}

  /**
   * The chairs with something to look at, and whether some of it is not confidential. The query returns one row per
   * area and one per confidential action.
   */
  async chairsWithNews(source: Source, today: string): Promise<Map<string, boolean>> {
    const params = new Params();
    const found = await rows<{ areaId: string; actionId: string | null }>(
      source,
      newsOf(params.add(today)),
      params.values,
    );
    const areas = new Set(found.filter(({ actionId }) => actionId === null).map(({ areaId }) => areaId));
    const secret = found.filter(({ actionId }) => actionId !== null);
    const parties = await this.actionRecipients.parties(
      source,
      secret.map(({ actionId }) => actionId!),
    );
    const refused = await this.refused(source, today);
    const known = secret.map(({ areaId, actionId }) => ({ areaId, partyIds: parties.get(actionId!) ?? [] }));
    const chairs = await this.chairs(source, today);
    return new Map(
      [...chairs]
        .filter(([, chair]) => hasNews(chair, areas, known, refused))
        .map(([id, chair]) => [id, hasNews(chair, areas, [], refused)]),
    );
  }

  /** The overview of each chair among these people (null if there is nothing to look at) and the areas it covers. */
  async findFor(
    source: Source,
    personIds: readonly string[],
    today: string,
  ): Promise<Map<string, { areaIds: string[]; overview: ReadOverview | null }>> {
    const overviews = new Map<string, { areaIds: string[]; overview: ReadOverview | null }>();
    const chairs = await this.chairs(source, today, personIds);
    const refused = chairs.size > 0 ? await this.refused(source, today) : [];
    for (const [id, chair] of chairs) {
      const overdue = await this.actionRecipients.find(source, { overdueIn: chair.areaIds }, today);
      const actions = await this.attention(source, overdue, today, chair.areaIds);
      const unanswered = await this.unanswered.find(source, overdue, today);
      const overview = overviewOf(actions, refused, unanswered, chair, today, this.settings.ESCALATION_DAYS);
      const { areaIds, isChair, standsInFor } = chair;
      overviews.set(id, { areaIds, overview: overview && { ...overview, isChair, standsInFor } });
    }
    return overviews;
  }

  /** The chairs, and who stands in for one who is away; each knows only what their own organisations may know. */
  private async chairs(
    source: Source,
    today: string,
    personIds?: readonly string[],
  ): Promise<Map<string, ChairWithAreas>> {
    const stands = (await this.actionRecipients.replacements(source, today)).filter(
      ({ personId }) => personIds === undefined || personIds.includes(personId),
    );
    const params = new Params();
    const on = params.add(today);
    const asked = personIds && [...new Set([...personIds, ...stands.map(({ forPersonId }) => forPersonId)])];
    const who = asked === undefined ? '' : `AND g."personId" IN (${params.list(asked)})`;
    const granted = await rows<{ personId: string; areaId: string; isShared: boolean; name: string }>(
      source,
      `WITH RECURSIVE "granted" ("personId", "areaId") AS (
         SELECT g."personId", g."areaId" FROM "grants" g WHERE g."role" = 'chair' AND ${inForce('g', on)} ${who}
         UNION SELECT b."personId", p."areaId" FROM "granted" b
         JOIN "area_parents" p ON p."parentId" = b."areaId" AND ${inForce('p', on)})
       SELECT b."personId", b."areaId", p."isShared", p."name" FROM "granted" b
       JOIN "people" p ON p."id" = b."personId" AND p."active" AND p."email" IS NOT NULL`,
      params.values,
      shapeOf(Person),
    );
    if (granted.length === 0) return new Map();
    const chairs = new Map<string, ChairWithAreas>();
    for (const { personId: id, areaId, isShared } of granted) {
      if (!chairs.has(id))
        chairs.set(id, { areaIds: [], organisationIds: [], isShared, isChair: true, standsInFor: [] });
      chairs.get(id)!.areaIds.push(areaId);
    }
    const names = new Map(granted.map(({ personId, name }) => [personId, name]));
    const inOffice = new Map([...chairs].map(([id, { areaIds }]) => [id, [...areaIds]]));
    for (const { forPersonId, personId, isShared } of stands) {
      const areaIds = inOffice.get(forPersonId);
      if (!areaIds) continue;
      const none = { areaIds: [], organisationIds: [], isShared, isChair: false, standsInFor: [] };
      const own = chairs.get(personId) ?? none;
      const standsInFor = [...own.standsInFor, names.get(forPersonId)!];
      chairs.set(personId, { ...own, areaIds: [...new Set([...own.areaIds, ...areaIds])], standsInFor });
    }
    const members = await organisationsOf(source, today, [...chairs.keys()]);
    for (const { personId: id, organisationId } of members) chairs.get(id)?.organisationIds.push(organisationId);
    return personIds === undefined ? chairs : new Map([...chairs].filter(([id]) => personIds.includes(id)));
  }

  private async attention(
    source: Source,
    overdue: readonly Assignment[],
    today: string,
    areaIds: readonly string[],
  ): Promise<AttentionRow[]> {
    const params = new Params();
    const needed = needsChair(params.add(today));
    const found = await rows<Omit<AttentionRow, 'partyIds' | 'hasNobodyToMail' | 'isToDiscuss'>>(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", a."status", a."resumeOn",
         a."dueOn", a."checkOn", a."isConfidential", a."isHandedBack", ${returnedBySql} AS "returnedByName", s."heldOn" AS "sessionOn",
         o."id" AS "organisationId", o."name" AS "organisationName",
         e."decidedFor", CASE WHEN e."answeredAt" IS NULL THEN e."askedOn" END AS "askedOn"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       LEFT JOIN "sessions" s ON s."id" = a."sessionId"
       LEFT JOIN "action_escalations" e ON e."actionId" = a."id" AND NOT EXISTS (
         SELECT 1 FROM "action_escalations" n WHERE n."actionId" = e."actionId" AND n."step" > e."step")
       WHERE ${needed} AND a."areaId" IN (${params.list(areaIds)})`,
      params.values,
      shapeOf(Action),
    );
    const secret = found.filter(({ isConfidential }) => isConfidential).map(({ actionId }) => actionId);
    const parties = await this.actionRecipients.parties(source, secret);
    const asked = await askedOf(
      source,
      found.filter((action) => mayAskToDiscuss(daysOverdue(action, today))).map(({ actionId }) => actionId),
    );
    const nobody = new Set(overdue.filter(({ recipients }) => recipients.length === 0).map(({ actionId }) => actionId));
    return found.map((action) => ({
      ...action,
      partyIds: parties.get(action.actionId) ?? [],
      isToDiscuss: asked.has(action.actionId),
      hasNobodyToMail: nobody.has(action.actionId),
    }));
  }

  /** Addresses permanently refused recently and not changed since. */
  private refused(source: Source, today: string): Promise<RefusedAddress[]> {
    return rows<RefusedAddress>(
      source,
      `SELECT DISTINCT p."id" AS "personId", p."name", m."address", c."areaId" FROM "outgoing_messages" m
       JOIN "people" p ON p."id" = m."personId" AND p."active" AND p."email" = m."address"
       LEFT JOIN "contacts" c ON c."personId" = m."personId" AND ${inForce('c', '$1')}
       WHERE m."refusedAt" > $2`,
      [today, momentOf(addDays(today, -REFUSED_DAYS))],
    );
  }
}

/** The organisations these people act for. */
async function organisationsOf(source: Source, today: string, personIds: readonly string[]) {
  const found: { personId: string; organisationId: string }[] = [];
  for (const asked of chunks(personIds)) {
    const params = new Params();
    const sql = `SELECT m."personId", o."id" AS "organisationId" FROM "memberships" m
      JOIN "organisations" o ON ${actsFor('m', 'o')}
      WHERE ${inForce('m', params.add(today))} AND m."personId" IN (${params.list(asked)})`;
    found.push(...(await rows<{ personId: string; organisationId: string }>(source, sql, params.values)));
  }
  return found;
}
