import { Injectable } from '@nestjs/common';
import type { Answering } from '../organisations/answering.rules.js';
import { AnsweringService, questionKey } from '../organisations/answering.service.js';
import { inForce, Params, rows, type Source } from '../database/rows.js';
import type { LineFacts } from './digest-lines.rules.js';
import { recipientsOf, type Replacement } from './recipients.rules.js';

/** An open action and an organisation that does it, with whoever gets the mail about it. */
export interface Assignment extends LineFacts {
  organisationId: string;
  organisationName: string;
  partyIds: string[];
  meetingId: string | null;
  recipients: Answering[];
}

/** All that is overdue (in some areas), or everything open of which this person may be the recipient. */
export type Scope = { overdueIn: 'all' | readonly string[] } | { personId: string };

interface Found extends Omit<Assignment, 'partyIds' | 'recipients'> {
  personId: string | null;
  personName: string | null;
  personEmail: string | null;
  personIsShared: boolean;
}

/** Complete, not finished, not handed back, not withdrawn. */
const OPEN = `a."closedOn" IS NULL AND NOT a."isWithdrawn" AND NOT a."isHandedBack" AND a."ownerId" IS NOT NULL AND a."dueKind" IS NOT NULL`;

/** Finds out who gets the mail about which action: a handful of statements, however many actions there are. */
@Injectable()
export class Assignments {
  constructor(private readonly answering: AnsweringService) {}

  async find(source: Source, scope: Scope, today: string): Promise<Assignment[]> {
    const replacements = await this.replacements(source, today);
    const found = await this.open(source, scope, today, replacements);
    const parties = await this.parties(source);
    const contacts = await this.answering.resolve(source, found, today);
    return found.map(({ personId, personName, personEmail, personIsShared, ...facts }) => {
      const person: Answering | null =
        personId && personName && personEmail
          ? { personId, name: personName, email: personEmail, isShared: personIsShared }
          : null;
      const partyIds = parties.get(facts.actionId) ?? [];
      const contact = contacts.get(questionKey(facts)) ?? null;
      return { ...facts, partyIds, recipients: recipientsOf({ ...facts, partyIds }, person, contact, replacements) };
    });
  }

  /** The organisations that may know each open confidential action. */
  async parties(source: Source): Promise<Map<string, string[]>> {
    const found = await rows<{ actionId: string; organisationId: string }>(
      source,
      `SELECT p."actionId", p."organisationId" FROM "action_parties" p JOIN "actions" a ON a."id" = p."actionId"
       WHERE a."isConfidential" AND a."closedOn" IS NULL`,
    );
    const parties = new Map<string, string[]>();
    for (const { actionId, organisationId } of found)
      parties.set(actionId, [...(parties.get(actionId) ?? []), organisationId]);
    return parties;
  }

  private async open(source: Source, scope: Scope, today: string, replacements: Replacement[]): Promise<Found[]> {
    const params = new Params();
    const responsible =
      'overdueIn' in scope
        ? overdue(scope.overdueIn, today, params)
        : ofPerson(scope.personId, today, replacements, params);
    return rows<Found>(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", a."status", a."resumeOn",
         a."dueOn", a."checkOn", a."isConfidential", a."meetingId", s."heldOn" AS "sessionOn", o."id" AS "organisationId",
         o."name" AS "organisationName", p."id" AS "personId", p."name" AS "personName", p."email" AS "personEmail",
         p."isShared" AS "personIsShared"
       FROM (${responsible}) r JOIN "actions" a ON a."id" = r."actionId" JOIN "areas" ar ON ar."id" = a."areaId"
       JOIN "organisations" o ON o."id" = r."organisationId" LEFT JOIN "sessions" s ON s."id" = a."sessionId"
       LEFT JOIN "people" p ON p."id" = r."personId" AND p."active" AND p."email" IS NOT NULL`,
      params.values,
      { isConfidential: 'boolean', personIsShared: 'boolean' },
    );
  }

  private async replacements(source: Source, today: string): Promise<Replacement[]> {
    const found = await rows<Omit<Replacement, 'organisationIds'> & { organisationId: string | null }>(
      source,
      `SELECT p."id" AS "forPersonId", r."id" AS "personId", r."name", r."email", r."isShared", m."organisationId"
       FROM "people" p JOIN "people" r ON r."id" = p."replacementId" AND r."active" AND r."email" IS NOT NULL
       LEFT JOIN "memberships" m ON m."personId" = r."id" AND ${inForce('m', '$1')}
       WHERE p."replacementId" IS NOT NULL AND p."replacementUntilOn" >= $1`,
      [today],
      { isShared: 'boolean' },
    );
    const byPair = new Map<string, Replacement & { organisationIds: string[] }>();
    for (const { organisationId, ...replacement } of found) {
      const key = `${replacement.forPersonId} ${replacement.personId}`;
      if (!byPair.has(key)) byPair.set(key, { ...replacement, organisationIds: [] });
      if (organisationId) byPair.get(key)!.organisationIds.push(organisationId);
    }
    return [...byPair.values()];
  }
}

/** All that is overdue, by owner and by each co-owner. */
function overdue(areaIds: 'all' | readonly string[], today: string, params: Params): string {
  const on = params.add(today);
  const where = areaIds === 'all' ? '' : `AND a."areaId" IN (${params.list(areaIds)})`;
  const late = `${OPEN} AND a."dueOn" < ${on} AND (a."status" <> 'on_hold' OR a."resumeOn" <= ${on}) ${where}`;
  return `SELECT a."id" AS "actionId", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId" FROM "actions" a WHERE ${late}
    UNION SELECT a."id", c."organisationId", NULL FROM "action_co_owners" c JOIN "actions" a ON a."id" = c."actionId" WHERE ${late}`;
}

/** What this person, or whom this person replaces, is named in or answers for. */
function ofPerson(personId: string, today: string, replacements: readonly Replacement[], params: Params): string {
  const replaced = replacements.filter((one) => one.personId === personId).map(({ forPersonId }) => forPersonId);
  const people = params.list([personId, ...replaced]);
  const own = `SELECT c."organisationId" FROM "contacts" c WHERE c."personId" IN (${people}) AND ${inForce('c', params.add(today))}`;
  const columns = `a."id" AS "actionId", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId"`;
  return `SELECT ${columns} FROM "actions" a WHERE ${OPEN} AND a."ownerId" IN (${own})
    UNION SELECT ${columns} FROM "actions" a WHERE ${OPEN} AND a."ownerPersonId" IN (${people})
    UNION SELECT a."id", c."organisationId", NULL FROM "action_co_owners" c JOIN "actions" a ON a."id" = c."actionId"
      WHERE ${OPEN} AND c."organisationId" IN (${own})`;
}
