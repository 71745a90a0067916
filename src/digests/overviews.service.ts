import { Inject, Injectable } from '@nestjs/common';
import { addDays, momentOf } from '../common/calendar-date.js';
import { inForce, Params, rows, type Source } from '../database/rows.js';
import { SETTINGS, type Settings } from '../settings.js';
import { type Assignment, Assignments } from './assignments.service.js';
import { type AttentionRow, type Chair, type Overview, overviewOf, type RefusedAddress } from './overview.rules.js';

import { Unanswered } from './unanswered.service.js';

const REFUSED_DAYS = 14;

interface ChairWithAreas extends Chair {
  areaIds: string[];
  organisationIds: string[];
}

/** The chairs' overview: over all areas of a chair, what needs a chair. */
@Injectable()
export class Overviews {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly assignments: Assignments,
    private readonly unanswered: Unanswered,
  ) {}

  /** Per chair with something to look at. `overdue` is everything overdue, with who gets the mail about it. */
  async findAll(source: Source, overdue: readonly Assignment[], today: string): Promise<Map<string, Overview>> {
    const chairs = await this.chairs(source, today);
    const actions = await this.attention(source, overdue, today);
    const refused = await this.refused(source, today);
    const unanswered = await this.unanswered.find(source, overdue, today);
    const found = new Map<string, Overview>();
    for (const [id, chair] of chairs) {
      const overview = overviewOf(actions, refused, unanswered, chair, today, this.settings.ESCALATION_DAYS);
      if (overview) found.set(id, overview);
    }
    return found;
  }

  /** The overview of one person and the areas it is over; no areas for who is not a chair. */
  async findFor(
    source: Source,
    personId: string,
    today: string,
  ): Promise<{ areaIds: string[]; overview: Overview | null }> {
    const chair = (await this.chairs(source, today, personId)).get(personId);
    if (!chair) return { areaIds: [], overview: null };
    const overdue = await this.assignments.find(source, { overdueIn: chair.areaIds }, today);
    const actions = await this.attention(source, overdue, today, chair.areaIds);
    const refused = await this.refused(source, today);
    const unanswered = await this.unanswered.find(source, overdue, today);
    const overview = overviewOf(actions, refused, unanswered, chair, today, this.settings.ESCALATION_DAYS);
    return { areaIds: chair.areaIds, overview };
  }

  private async chairs(source: Source, today: string, personId?: string): Promise<Map<string, ChairWithAreas>> {
    const params = new Params();
    const on = params.add(today);
    const who = personId === undefined ? '' : `AND g."personId" = ${params.add(personId)}`;
    const granted = await rows<{ personId: string; areaId: string; isShared: boolean }>(
      source,
      `WITH RECURSIVE "granted" ("personId", "areaId") AS (
         SELECT g."personId", g."areaId" FROM "grants" g WHERE g."role" = 'chair' AND ${inForce('g', on)} ${who}
         UNION SELECT b."personId", p."areaId" FROM "granted" b
         JOIN "area_parents" p ON p."parentId" = b."areaId" AND ${inForce('p', on)})
       SELECT b."personId", b."areaId", p."isShared" FROM "granted" b
       JOIN "people" p ON p."id" = b."personId" AND p."active" AND p."email" IS NOT NULL`,
      params.values,
      { isShared: 'boolean' },
    );
    const members = await rows<{ personId: string; organisationId: string }>(
      source,
      `SELECT m."personId", m."organisationId" FROM "memberships" m
       WHERE ${inForce('m', '$1')} AND m."personId" IN (SELECT g."personId" FROM "grants" g WHERE g."role" = 'chair')`,
      [today],
    );
    const chairs = new Map<string, ChairWithAreas>();
    for (const { personId: id, areaId, isShared } of granted) {
      if (!chairs.has(id)) chairs.set(id, { areaIds: [], organisationIds: [], isShared });
      chairs.get(id)!.areaIds.push(areaId);
    }
    for (const { personId: id, organisationId } of members) chairs.get(id)?.organisationIds.push(organisationId);
    return chairs;
  }

  private async attention(
    source: Source,
    overdue: readonly Assignment[],
    today: string,
    areaIds?: readonly string[],
  ): Promise<AttentionRow[]> {
    const params = new Params();
    const on = params.add(today);
    const where = areaIds ? `AND a."areaId" IN (${params.list(areaIds)})` : '';
    const found = await rows<Omit<AttentionRow, 'partyIds' | 'hasNobodyToMail'>>(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", a."status", a."resumeOn",
         a."dueOn", a."checkOn", a."isConfidential", a."isHandedBack", s."heldOn" AS "sessionOn",
         o."id" AS "organisationId", o."name" AS "organisationName"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       LEFT JOIN "sessions" s ON s."id" = a."sessionId"
       WHERE a."closedOn" IS NULL AND NOT a."isWithdrawn" ${where}
         AND (a."isHandedBack" OR (a."ownerId" IS NOT NULL AND a."dueKind" IS NOT NULL))
         AND (a."isHandedBack" OR a."status" = 'blocked' OR a."dueOn" < ${on} OR a."checkOn" < ${on})`,
      params.values,
      { isConfidential: 'boolean', isHandedBack: 'boolean' },
    );
    const parties = await this.assignments.parties(source);
    const nobody = new Set(
      overdue
        .filter(({ recipients, isConfidential }) => recipients.length === 0 && !isConfidential)
        .map(({ actionId }) => actionId),
    );
    return found.map((action) => ({
      ...action,
      partyIds: parties.get(action.actionId) ?? [],
      hasNobodyToMail: nobody.has(action.actionId),
    }));
  }

  /** Addresses that were refused for good lately and have not been changed since. */
  private refused(source: Source, today: string): Promise<RefusedAddress[]> {
    return rows<RefusedAddress>(
      source,
      `SELECT DISTINCT p."name", m."address", c."areaId" FROM "outgoing_messages" m
       JOIN "people" p ON p."id" = m."personId" AND p."active" AND p."email" = m."address"
       LEFT JOIN "contacts" c ON c."personId" = m."personId" AND ${inForce('c', '$1')}
       WHERE m."refusedAt" > $2`,
      [today, momentOf(addDays(today, -REFUSED_DAYS))],
    );
  }
}
