import { Injectable } from '@nestjs/common';
import { inForce, Params, row, rows, type Source } from '../database/rows.js';
import type { Answering } from '../organisations/answering.rules.js';
import { AnsweringService, type Question, questionKey } from '../organisations/answering.service.js';

interface Place {
  meetingId: string;
  areaId: string;
  heldOn: string;
}
interface Seat {
  organisationId: string | null;
  personId: string | null;
}
interface OwnedRow {
  number: string;
  areaId: string;
  isConfidential: boolean;
  organisationId: string | null;
  personId: string | null;
}

/** An action made in a session, and who answers for its owner or a co-owner. */
export interface OwnedAction {
  number: string;
  isConfidential: boolean;
  people: Answering[];
}

/** Who gets the minutes of a session: its table, the informed, and every owner and co-owner of an action made there. */
@Injectable()
export class Recipients {
  constructor(private readonly answering: AnsweringService) {}

  /** One entry per person, and so per address; who named a replacement until after `today` is joined by it. */
  async of(source: Source, sessionId: string, today: string): Promise<Answering[]> {
    const place = (await row<Place>(
      source,
      `SELECT s."meetingId", g."areaId", s."heldOn" FROM "sessions" s JOIN "meetings" g ON g."id" = s."meetingId"
       WHERE s."id" = $1`,
      [sessionId],
    ))!;
    const seats = await this.seats(source, sessionId, place);
    const present = await rows<{ personId: string }>(
      source,
      `SELECT "personId" FROM "attendances" WHERE "sessionId" = $1 AND "status" = 'present' AND "personId" IS NOT NULL`,
      [sessionId],
    );
    const named = await this.active(
      source,
      [...seats, ...present].map(({ personId }) => personId),
    );
    const empty = seats.filter((seat) => seat.organisationId && !named.has(seat.personId ?? ''));
    const questions = empty.map((seat) => ({ organisationId: seat.organisationId!, areaId: place.areaId }));
    const contacts = await this.answering.resolve(source, questions, today);
    const owned = await this.ownedActions(source, sessionId, today);
    const found = new Map<string, Answering>();
    const everyone = [...named.values(), ...contacts.values(), ...owned.flatMap(({ people }) => people)];
    for (const person of everyone) if (person) found.set(person.personId, person);
    for (const person of await this.replacements(source, [...found.keys()], today)) found.set(person.personId, person);
    return [...found.values()];
  }

  /** The actions made in the session with the people who answer for them on that day. */
  async ownedActions(source: Source, sessionId: string, today: string): Promise<OwnedAction[]> {
    const found = await rows<OwnedRow>(
      source,
      `SELECT a."number", a."areaId", a."isConfidential", a."ownerId" AS "organisationId", a."ownerPersonId" AS "personId"
       FROM "actions" a WHERE a."sessionId" = $1 AND NOT a."isWithdrawn"
       UNION ALL
       SELECT a."number", a."areaId", a."isConfidential", c."organisationId", NULL
       FROM "actions" a JOIN "action_co_owners" c ON c."actionId" = a."id"
       WHERE a."sessionId" = $1 AND NOT a."isWithdrawn" ORDER BY "number"`,
      [sessionId],
      { isConfidential: 'boolean' },
    );
    const named = await this.active(
      source,
      found.map(({ personId }) => personId),
    );
    const questions = found.filter(({ organisationId }) => organisationId !== null) as Question[];
    const contacts = await this.answering.resolve(source, questions, today);
    const actions = new Map<string, OwnedAction>();
    for (const { number, isConfidential, areaId, organisationId, personId } of found) {
      const action = actions.get(number) ?? { number, isConfidential, people: [] };
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

  /** The places at the table on the day of the session, and those of who only gets the papers. */
  private seats(source: Source, sessionId: string, { meetingId, heldOn }: Place): Promise<Seat[]> {
    return rows<Seat>(
      source,
      `SELECT i."organisationId", i."personId" FROM "invitations" i
       WHERE i."meetingId" = $1 AND ${inForce('i', '$2')} AND (i."agendaItemId" IS NULL
         OR EXISTS (SELECT 1 FROM "agenda_items" t WHERE t."id" = i."agendaItemId" AND t."sessionId" = $3))`,
      [meetingId, heldOn, sessionId],
    );
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
