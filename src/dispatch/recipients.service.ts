import { Injectable } from '@nestjs/common';
import { Params, row, rows, type Source } from '../database/rows.js';
import { Participants } from '../meetings/participants.service.js';
import type { Answering } from '../organisations/answering.rules.js';
import { AnsweringService, type Question, questionKey } from '../organisations/answering.service.js';

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
}

/** An action made in a session, and who answers for its owner or a co-owner. */
export interface OwnedAction {
  id: string;
  number: string;
  people: Answering[];
}

/** Who gets the minutes of a session: its table, the informed, and every owner and co-owner of an action made there. */
@Injectable()
export class Recipients {
  constructor(
    private readonly answering: AnsweringService,
    private readonly participants: Participants,
  ) {}

  /** One entry per person, and so per address; who named a replacement until after `today` is joined by it. */
  async of(source: Source, sessionId: string, today: string): Promise<Answering[]> {
    const place = (await row<Place>(
      source,
      `SELECT s."meetingId", g."areaId", s."heldOn" FROM "sessions" s JOIN "meetings" g ON g."id" = s."meetingId"
       WHERE s."id" = $1`,
      [sessionId],
    ))!;
    const { meetingId, areaId, heldOn } = place;
    const seats = await this.participants.of(source, meetingId, areaId, heldOn, sessionId);
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
    const found = new Map(table);
    for (const person of owned.flatMap(({ people }) => people)) found.set(person.personId, person);
    for (const person of await this.replacements(source, [...found.keys()], today)) found.set(person.personId, person);
    return [...found.values()];
  }

  /** The actions made in the session with the people who answer for them on that day. */
  async ownedActions(source: Source, sessionId: string, today: string): Promise<OwnedAction[]> {
    const found = await rows<OwnedRow>(
      source,
      `SELECT a."id", a."number", a."areaId", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId"
       FROM "actions" a WHERE a."sessionId" = $1 AND NOT a."isWithdrawn"
       UNION ALL
       SELECT a."id", a."number", a."areaId", c."organisationId", NULL
       FROM "actions" a JOIN "action_co_owners" c ON c."actionId" = a."id"
       WHERE a."sessionId" = $1 AND NOT a."isWithdrawn" ORDER BY "number"`,
      [sessionId],
    );
    const named = await this.active(
      source,
      found.map(({ personId }) => personId),
    );
    const questions = found.filter(({ organisationId }) => organisationId !== null) as Question[];
    const contacts = await this.answering.resolve(source, questions, today);
    const actions = new Map<string, OwnedAction>();
    for (const { id, number, areaId, organisationId, personId } of found) {
      const action = actions.get(number) ?? { id, number, people: [] };
      const contact = organisationId && contacts.get(questionKey({ organisationId, areaId }));
      const person = named.get(personId ?? '') ?? contact;
      actions.set(number, action);
      if (person) action.people.push(person);
    }
    return [...actions.values()];
  }

  /** The people for whom somebody gets mail: the person and whoever named that person as replacement. */
  async represented(source: Source, personId: string, today: string): Promise<string[]> {
    const absent = await rows<{ id: string }>(
      source,
      'SELECT "id" FROM "people" WHERE "replacementId" = $1 AND "replacementUntilOn" >= $2 AND "active"',
      [personId, today],
    );
    return [personId, ...absent.map(({ id }) => id)];
  }

  private async active(source: Source, ids: (string | null)[]): Promise<Map<string, Answering>> {
    const params = new Params();
    const found = await rows<Answering>(
      source,
      `SELECT p."id" AS "personId", p."name", p."email", p."isShared" FROM "people" p
       WHERE p."id" IN (${params.list([...new Set(ids.filter((id) => id !== null))])}) AND p."active" AND p."email" IS NOT NULL`,
      params.values,
      { isShared: 'boolean' },
    );
    return new Map(found.map((person) => [person.personId, person]));
  }

  private replacements(source: Source, ids: string[], today: string): Promise<Answering[]> {
    const params = new Params();
    const day = params.add(today);
    return rows<Answering>(
      source,
      `SELECT r."id" AS "personId", r."name", r."email", r."isShared"
       FROM "people" p JOIN "people" r ON r."id" = p."replacementId"
       WHERE p."id" IN (${params.list(ids)}) AND p."replacementUntilOn" >= ${day} AND r."active" AND r."email" IS NOT NULL`,
      params.values,
      { isShared: 'boolean' },
    );
  }
}
