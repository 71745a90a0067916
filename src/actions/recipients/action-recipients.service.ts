import { Injectable } from '@nestjs/common';
import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import { ContactResolver, questionKey } from '../../directory/people/contact-resolver.service.js';
import { answeredForBy, hasNotLeft, leaversAmong } from '../../directory/people/leaving.conditions.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { chunks, Params, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from '../../directory/people/person.entity.js';
import { isReplaced } from '../../directory/people/replaced.conditions.js';
import { Action } from '../action.entity.js';
import { isProvisional } from '../history/as-of-session.js';
import { isOverdueSql } from '../overdue.rules.js';
import { type Assignment, type FoundAssignment, type NamedPerson, personOf, toAssignment } from './assignments.js';
import { isTold } from './untold-actions.js';
import { membersOf } from './members.js';
import { recipientsOf, type Replacement } from './recipients.rules.js';

/**
 * Overdue actions in some areas, or open ones (due by a day, or undated) of which these people may be recipients; for
 * anything but mail also those they have not been notified of yet.
 */
type Scope = { overdueIn: readonly string[] } | { personIds: readonly string[]; dueBy?: string; untoldToo?: boolean };

/** The fields that determine who gets mail about an action as its owner. */
export type Owned = Pick<Action, 'ownerId' | 'ownerPersonId' | 'areaId' | 'isConfidential'> & {
  partyIds: readonly string[];
};

interface Who extends NamedPerson {
  areaId: string;
  organisationId: string;
  /** Only for a confidential action: other actions of the same area, organisation and person share one row. */
  actionId: string | null;
}

const ONLY_CONFIDENTIAL = `CASE WHEN a."isConfidential" THEN a."id" END`;

/** Complete, not finished, not handed back, not withdrawn, and not recorded in a session that may still change it. */
const OPEN = `a."closedOn" IS NULL AND NOT a."isWithdrawn" AND NOT a."isHandedBack" AND a."ownerId" IS NOT NULL AND a."dueKind" IS NOT NULL
  AND NOT ${isProvisional('a')}`;

/** Determines the recipients of mail about actions: a handful of statements, however many actions there are. */
@Injectable()
export class ActionRecipients {
  constructor(private readonly answering: ContactResolver) {}

  /** The open actions in this scope, each with the people who get mail about it, based on the contacts and replacements of `today`. */
  async find(source: Source, scope: Scope, today: string): Promise<Assignment[]> {
    const replacements = await this.replacements(source, today);
    const found = await this.open(source, scope, today, replacements);
    const parties = await this.parties(source, confidentialOf(found));
    const members = await membersOf(source, [...parties.values()].flat(), today);
    const contacts = await this.answering.resolve(source, found, today);
    return found.map((one) => {
      const partyIds = parties.get(one.actionId) ?? [];
      const contact = contacts.get(questionKey(one)) ?? null;
      const responsibility = { organisationId: one.organisationId, isConfidential: one.isConfidential, partyIds };
      const recipients = recipientsOf(responsibility, personOf(one), contact, replacements, members);
      return toAssignment(one, partyIds, recipients);
    });
  }

  /**
   * Who gets mail about each of these actions as its owner, in their order; nobody if it has no owner, or none that can
   * be mailed. With `isBeforeMerger`, for owners merged today: who got it until then.
   */
  async ofOwners(
    source: Source,
    actions: readonly Owned[],
    today: string,
    isBeforeMerger = false,
  ): Promise<ResolvedContact[][]> {
    const owned = actions.filter(({ ownerId }) => ownerId !== null);
    const questions = owned.map(({ ownerId, areaId }) => ({ organisationId: ownerId!, areaId }));
    const contactsOn = isBeforeMerger ? addDays(today, -1) : today;
    const contacts = await this.answering.resolve(source, questions, contactsOn, isBeforeMerger);
    const ownerPersonIds = owned.flatMap(({ ownerPersonId }) => ownerPersonId ?? []);
    const named = await this.people(source, ownerPersonIds);
    const hasLeft = await leaversAmong(source, ownerPersonIds, today);
    const members = await membersOf(
      source,
      owned.flatMap(({ isConfidential, partyIds }) => (isConfidential ? partyIds : [])),
      today,
    );
    const replacements = await this.replacements(source, today);
    return actions.map((action) => {
      if (action.ownerId === null) return [];
      const { areaId, isConfidential, partyIds, ownerId: organisationId } = action;
      const responsibility = { areaId, isConfidential, partyIds, organisationId };
      const contact = contacts.get(questionKey(responsibility)) ?? null;
      const person = hasLeft(action.ownerPersonId, organisationId) ? null : named.get(action.ownerPersonId ?? '');
      return recipientsOf(responsibility, person ?? null, contact, replacements, members);
    });
  }

  /**
   * The recipients of mail because something is overdue; the value is true if at least one of these actions is not
   * confidential. Reads one row per area, organisation and person.
   */
  async overduePeople(source: Source, today: string): Promise<Map<string, boolean>> {
    const replacements = await this.replacements(source, today);
    const params = new Params();
    const on = params.add(today);
    const late = `${isLate(on)} AND ${isTold('a')}`;
    const found = await rows<Who>(
      source,
      `SELECT w."areaId", w."organisationId", w."actionId", p."id" AS "personId", p."name" AS "personName",
         p."email" AS "personEmail", p."isShared" AS "personIsShared"
       FROM (SELECT a."areaId", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId", ${ONLY_CONFIDENTIAL} AS "actionId"
           FROM "actions" a WHERE ${late}
         UNION SELECT a."areaId", c."organisationId", NULL, ${ONLY_CONFIDENTIAL}
           FROM "action_co_owners" c JOIN "actions" a ON a."id" = c."actionId" WHERE ${late}) w
       LEFT JOIN "people" p ON p."id" = w."personId" AND p."active" AND p."email" IS NOT NULL
         AND ${hasNotLeft('w."personId"', 'w."organisationId"', on)}`,
      params.values,
      { personIsShared: 'boolean' },
    );
    const parties = await this.parties(
      source,
      found.map(({ actionId }) => actionId).filter((id) => id !== null),
    );
    const members = await membersOf(source, [...parties.values()].flat(), today);
    const contacts = await this.answering.resolve(source, found, today);
    const people = new Map<string, boolean>();
    for (const who of found) {
      const isConfidential = who.actionId !== null;
      const partyIds = isConfidential ? (parties.get(who.actionId!) ?? []) : [];
      const action = { organisationId: who.organisationId, isConfidential, partyIds };
      const contact = contacts.get(questionKey(who)) ?? null;
      for (const { personId } of recipientsOf(action, personOf(who), contact, replacements, members))
        people.set(personId, people.get(personId) === true || !isConfidential);
    }
    return people;
  }

  /** The organisations that may know each of these confidential actions. */
  async parties(source: Source, actionIds: readonly string[]): Promise<Map<string, string[]>> {
    const parties = new Map<string, string[]>();
    for (const asked of chunks(actionIds)) {
      const params = new Params();
      const found = await rows<{ actionId: string; organisationId: string }>(
        source,
        `SELECT p."actionId", p."organisationId" FROM "action_parties" p
         WHERE p."actionId" IN (${params.list(asked)})`,
        params.values,
      );
      for (const { actionId, organisationId } of found)
        parties.set(actionId, [...(parties.get(actionId) ?? []), organisationId]);
    }
    return parties;
  }

  private async open(
    source: Source,
    scope: Scope,
    today: string,
    replacements: Replacement[],
  ): Promise<FoundAssignment[]> {
    const params = new Params();
    const responsible =
      'overdueIn' in scope ? overdue(scope.overdueIn, today, params) : ofPeople(scope, today, replacements, params);
    return rows<FoundAssignment>(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", a."status", a."resumeOn",
         a."dueOn", a."checkOn", a."isConfidential", a."meetingId", s."heldOn" AS "sessionOn", o."id" AS "organisationId",
         o."name" AS "organisationName", p."id" AS "personId", p."name" AS "personName", p."email" AS "personEmail",
         p."isShared" AS "personIsShared"
       FROM (${responsible}) r JOIN "actions" a ON a."id" = r."actionId" JOIN "areas" ar ON ar."id" = a."areaId"
       JOIN "organisations" o ON o."id" = r."organisationId" LEFT JOIN "sessions" s ON s."id" = a."sessionId"
       LEFT JOIN "people" p ON p."id" = r."personId" AND p."active" AND p."email" IS NOT NULL
         AND ${hasNotLeft('r."personId"', 'r."organisationId"', params.add(today))}`,
      params.values,
      { ...shapeOf(Action), personIsShared: 'boolean' },
    );
  }

  /** Who gets the mail to a person: that person, and a replacement while there is one. */
  async ofPerson(source: Source, personId: string, today: string): Promise<ResolvedContact[]> {
    const person = (await this.people(source, [personId])).get(personId);
    if (!person) return [];
    const stands = await this.replacements(source, today);
    return [person, ...stands.filter(({ forPersonId }) => forPersonId === personId)];
  }

  /** Those of these people who can be mailed. */
  private async people(source: Source, ids: readonly string[]): Promise<Map<string, ResolvedContact>> {
    const found: ResolvedContact[] = [];
    for (const asked of chunks([...new Set(ids)])) {
      const params = new Params();
      const sql = `SELECT p."id" AS "personId", p."name", p."email", p."isShared" FROM "people" p
        WHERE p."id" IN (${params.list(asked)}) AND p."active" AND p."email" IS NOT NULL`;
      found.push(...(await rows<ResolvedContact>(source, sql, params.values, shapeOf(Person))));
    }
    return new Map(found.map((person) => [person.personId, person]));
  }

  /** Everyone who replaces somebody on that day and can be mailed. */
  replacements(source: Source, today: string): Promise<Replacement[]> {
    return rows<Replacement>(
      source,
      `SELECT p."id" AS "forPersonId", r."id" AS "personId", r."name", r."email", r."isShared"
       FROM "people" p JOIN "people" r ON r."id" = p."replacementId" AND r."active" AND r."email" IS NOT NULL
       WHERE p."replacementId" IS NOT NULL AND ${isReplaced('p', '$1')}`,
      [today],
      shapeOf(Person),
    );
  }
}

const isLate = (on: string): string => `${OPEN} AND ${isOverdueSql('a', on)}`;

const confidentialOf = (found: readonly Pick<FoundAssignment, 'actionId' | 'isConfidential'>[]): string[] => [
  ...new Set(found.filter(({ isConfidential }) => isConfidential).map(({ actionId }) => actionId)),
];

/** All overdue actions, by owner and by each co-owner. */
function overdue(areaIds: readonly string[], today: string, params: Params): string {
  const late = `${isLate(params.add(today))} AND a."areaId" IN (${params.list(areaIds)})`;
  return `SELECT a."id" AS "actionId", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId" FROM "actions" a WHERE ${late}
    UNION SELECT a."id", c."organisationId", NULL FROM "action_co_owners" c JOIN "actions" a ON a."id" = c."actionId" WHERE ${late}`;
}

/** Actions whose person, or whose organisation's contact, is one of these people or someone they replace. */
function ofPeople(
  { personIds, dueBy, untoldToo = false }: Extract<Scope, { personIds: readonly string[] }>,
  today: string,
  replacements: readonly Replacement[],
  params: Params,
): string {
  const asked = new Set(personIds);
  const replaced = replacements.filter((one) => asked.has(one.personId)).map(({ forPersonId }) => forPersonId);
  const people = params.list([...new Set([...personIds, ...replaced])]);
  const own = answeredForBy(people, params.add(today));
  const soon = dueBy === undefined ? '' : ` AND (a."dueOn" <= ${params.add(dueBy)} OR a."dueOn" IS NULL)`;
  const open = `${OPEN}${soon}${untoldToo ? '' : ` AND ${isTold('a')}`}`;
  const columns = `a."id" AS "actionId", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId"`;
  return `SELECT ${columns} FROM "actions" a WHERE ${open} AND a."ownerId" IN (${own})
    UNION SELECT ${columns} FROM "actions" a WHERE ${open} AND a."ownerPersonId" IN (${people})
    UNION SELECT a."id", c."organisationId", NULL FROM "action_co_owners" c JOIN "actions" a ON a."id" = c."actionId"
      WHERE ${open} AND c."organisationId" IN (${own})`;
}
