import { Injectable } from '@nestjs/common';
import { rowInSession } from '../../actions/history/as-of-session.js';
import { inForce, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from '../../directory/people/person.entity.js';
import { Participants } from '../../meetings/participants.service.js';
import { OPEN_PART } from '../minutes-content.js';
import type { Minutes } from '../minutes.entity.js';
import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import { ContactResolver, type Question, questionKey } from '../../directory/people/contact-resolver.service.js';
import { actsFor } from '../../directory/organisations/merged.conditions.js';
import { leaversAmong } from '../../directory/people/leaving.conditions.js';
import { isReplaced, replacedBy } from '../../directory/people/replaced.conditions.js';

interface Place {
  meetingId: string;
  areaId: string;
  heldOn: string;
}
interface OwnedRow {
  id: string;
  number: string;
  areaId: string;
  organisationId: string | null;
  personId: string | null;
  isInMinutes: boolean;
  isConfidential: boolean;
}

/** Someone the minutes are mailed to. */
export interface Recipient extends ResolvedContact {
  /**
   * The confidential actions that alone make them a recipient: only those who may know one of these may know of the
   * mail.
   */
  throughIds: string[];
  /** The parties of the only parts that made the minutes be sent again; omitted if they were sent to everyone. */
  partyIds?: string[];
}

/** An action recorded in a session, and the contacts of its owner or a co-owner. */
interface OwnedAction {
  id: string;
  number: string;
  isConfidential: boolean;
  people: ResolvedContact[];
  /** Those whose organisation has it in the minutes, rather than having taken it over later. */
  readers: ResolvedContact[];
}

const FROM = `"actions" a JOIN "sessions" s ON s."id" = a."sessionId"
  JOIN "action_updates" u ON u."id" = ${rowInSession('a', 's')}`;
/** SQL for "an organisation that is owner or co-owner in the minutes, or into which one was merged". */
const isInMinutes = (organisation: string): string => `EXISTS (SELECT 1 FROM "organisations" o
  WHERE (o."id" = ${organisation} OR o."mergedIntoId" = ${organisation})
    AND (u."ownerId" = o."id" OR u."coOwnerIds" LIKE '%' || CAST(o."id" AS varchar) || '%'))`;

const SENT_BEFORE = `SELECT x."number" FROM "minutes_versions" x
  JOIN "minutes_events" e ON e."versionId" = x."id" AND e."kind" = 'sent' WHERE x."minutesId" = $1 AND x."number" < $2 LIMIT 1`;

/** The parts of a version that changed since the last one sent before it, with their parties. */
const CHANGED_PARTS = `
  SELECT p."label", y."organisationId" FROM "minutes_versions" v
  JOIN (SELECT max(x."number") AS "number" FROM "minutes_versions" x
    JOIN "minutes_events" e ON e."versionId" = x."id" AND e."kind" = 'sent' WHERE x."minutesId" = $1 AND x."number" < $2) "last"
    ON "last"."number" IS NOT NULL
  JOIN "minutes_parts" p ON p."versionId" = v."id"
  LEFT JOIN "minutes_part_parties" y ON y."partId" = p."id"
  WHERE v."minutesId" = $1 AND (
    (v."number" = $2 AND coalesce(p."sinceNumber", v."number") > "last"."number")
    OR (v."number" = "last"."number" AND NOT EXISTS (SELECT 1 FROM "minutes_versions" w
      JOIN "minutes_parts" q ON q."versionId" = w."id" AND q."label" = p."label"
      WHERE w."minutesId" = $1 AND w."number" = $2)))`;

/**
 * The recipients of the minutes of a session: its table, the informed organisations, and all owners and co-owners of
 * its actions.
 */
@Injectable()
export class Recipients {
  constructor(
    private readonly answering: ContactResolver,
    private readonly participants: Participants,
  ) {}

  /**
   * The recipients of the version in force. If minutes are sent again and at most confidential parts changed, these are
   * the chairs and the parties of those parts: for all others the minutes are the same. Nobody else can tell whether
   * such a part changed or nothing did.
   */
  async ofVersion(
    source: Source,
    { id, sessionId, currentNumber }: Pick<Minutes, 'id' | 'sessionId' | 'currentNumber'>,
    today: string,
  ): Promise<Recipient[]> {
    const everyone = await this.of(source, sessionId, today);
    const version = [id, currentNumber];
    if (!(await row(source, SENT_BEFORE, version))) return everyone;
    const changed = await rows<{ label: string; organisationId: string | null }>(source, CHANGED_PARTS, version);
    if (changed.some(({ label }) => label === OPEN_PART)) return everyone;
    const params = new Params();
    const partyIds = [...new Set(changed.flatMap(({ organisationId }) => organisationId ?? []))];
    const parties = params.list(partyIds);
    const session = params.add(sessionId);
    const day = params.add(today);
    const knowing = await rows<{ id: string }>(
      source,
      `SELECT m."personId" AS "id" FROM "organisations" o JOIN "memberships" m ON ${actsFor('m', 'o')}
       WHERE o."id" IN (${parties}) AND ${inForce('m', day)}
       UNION SELECT i."personId" FROM "invitations" i JOIN "sessions" s ON s."meetingId" = i."meetingId"
       WHERE s."id" = ${session} AND i."role" = 'chair' AND ${inForce('i', day)}`,
      params.values,
    );
    return everyone
      .filter(({ personId }) => knowing.some((one) => one.id === personId))
      .map((recipient) => ({ ...recipient, partyIds }));
  }

  /** One entry per person, and so per address; a replacement valid after `today` is added to the person replaced. */
  async of(source: Source, sessionId: string, today: string): Promise<Recipient[]> {
    const place = (await row<Place>(
      source,
      `SELECT s."meetingId", g."areaId", s."heldOn" FROM "sessions" s JOIN "meetings" g ON g."id" = s."meetingId"
       WHERE s."id" = $1`,
      [sessionId],
    ))!;
    const { meetingId, areaId, heldOn } = place;
    const seats = await this.participants.of(source, meetingId, areaId, heldOn, sessionId, today);
    const present = await rows<{ personId: string }>(
      source,
      `SELECT "personId" FROM "attendances" WHERE "sessionId" = $1 AND "status" = 'present' AND "personId" IS NOT NULL`,
      [sessionId],
    );
    const table = await this.active(
      source,
      [...seats, ...present].map(({ personId }) => personId),
    );
    const owned = await this.ownedActions(source, sessionId, today);
    const found = new Map<string, Recipient>();
    const withReplacements = async (people: ResolvedContact[], throughId?: string) => {
      const ids = people.map(({ personId }) => personId);
      const all = [...people, ...(await this.replacements(source, ids, today))];
      for (const person of all) addTo(found, person, throughId);
    };
    await withReplacements([...table.values(), ...owned.flatMap((one) => (one.isConfidential ? [] : one.readers))]);
    for (const { id, isConfidential, readers } of owned) if (isConfidential) await withReplacements(readers, id);
    return [...found.values()];
  }

  /** The actions recorded in the session, with the contacts responsible for them on that day. */
  async ownedActions(source: Source, sessionId: string, today: string): Promise<OwnedAction[]> {
    const found = await rows<OwnedRow>(
      source,
      `SELECT a."id", a."number", a."numberKey", a."areaId", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId", a."isConfidential",
         ${isInMinutes('a."ownerId"')} AS "isInMinutes"
       FROM ${FROM} WHERE a."sessionId" = $1 AND NOT a."isWithdrawn"
       UNION ALL
       SELECT a."id", a."number", a."numberKey", a."areaId", c."organisationId", NULL, a."isConfidential",
         ${isInMinutes('c."organisationId"')}
       FROM ${FROM} JOIN "action_co_owners" c ON c."actionId" = a."id"
       WHERE a."sessionId" = $1 AND NOT a."isWithdrawn" ORDER BY "numberKey"`,
      [sessionId],
      { isConfidential: 'boolean', isInMinutes: 'boolean' },
    );
    const personIds = found.map(({ personId }) => personId);
    const named = await this.active(source, personIds);
    const hasLeft = await leaversAmong(source, personIds, today);
    const questions = found.filter(({ organisationId }) => organisationId !== null) as Question[];
    const contacts = await this.answering.resolve(source, questions, today);
    const actions = new Map<string, OwnedAction>();
    for (const { id, number, areaId, organisationId, personId, isConfidential, isInMinutes: isReader } of found) {
      const action = actions.get(number) ?? { id, number, isConfidential, people: [], readers: [] };
      const contact = organisationId && contacts.get(questionKey({ organisationId, areaId }));
      const person = (hasLeft(personId, organisationId) ? null : named.get(personId ?? '')) ?? contact;
      actions.set(number, action);
      if (person) action.people.push(person);
      if (person && isReader) action.readers.push(person);
    }
    return [...actions.values()];
  }

  /** The people someone receives mail for: themselves and everyone who named them as their replacement. */
  async represented(source: Source, personId: string, today: string): Promise<string[]> {
    const absent = await rows<{ id: string }>(source, replacedBy('$1', '$2'), [personId, today]);
    return [personId, ...absent.map(({ id }) => id)];
  }

  private async active(source: Source, ids: (string | null)[]): Promise<Map<string, ResolvedContact>> {
    const params = new Params();
    const found = await rows<ResolvedContact>(
      source,
      `SELECT p."id" AS "personId", p."name", p."email", p."isShared" FROM "people" p
       WHERE p."id" IN (${params.list([...new Set(ids.filter((id) => id !== null))])}) AND p."active" AND p."email" IS NOT NULL`,
      params.values,
      shapeOf(Person),
    );
    return new Map(found.map((person) => [person.personId, person]));
  }

  private replacements(source: Source, ids: string[], today: string): Promise<ResolvedContact[]> {
    const params = new Params();
    const day = params.add(today);
    return rows<ResolvedContact>(
      source,
      `SELECT r."id" AS "personId", r."name", r."email", r."isShared"
       FROM "people" p JOIN "people" r ON r."id" = p."replacementId"
       WHERE p."id" IN (${params.list(ids)}) AND ${isReplaced('p', day)} AND r."active" AND r."email" IS NOT NULL`,
      params.values,
      shapeOf(Person),
    );
  }
}

/**
 * Adds someone who is a recipient anyway (without `throughId`) or through a confidential action; the former takes
 * precedence.
 */
function addTo(found: Map<string, Recipient>, person: ResolvedContact, throughId?: string): void {
  const known = found.get(person.personId);
  if (!known) found.set(person.personId, { ...person, throughIds: throughId === undefined ? [] : [throughId] });
  else if (throughId !== undefined && known.throughIds.length > 0) known.throughIds.push(throughId);
}
