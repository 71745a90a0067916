import { Injectable } from '@nestjs/common';
import { inForce, Params, rows, type Source } from '../platform/database/rows.js';
import { keepsSeat } from '../directory/people/leaving.conditions.js';
import { ContactResolver, questionKey } from '../directory/people/contact-resolver.service.js';
import type { InvitationRole } from './invitation.entity.js';

/** Someone expected at a meeting, or who receives its papers. */
export interface Participant {
  /** Null if the organisation has nobody who can receive mail. */
  personId: string | null;
  name: string | null;
  email: string | null;
  /** Null for a chair who represents no organisation. */
  organisationId: string | null;
  organisationName: string | null;
  /** The function in that organisation on that day. */
  function: string | null;
  role: InvitationRole;
}

/** The seat of an invitation; `isActive` if its person still sits there and can receive mail. */
type Seat = Participant & { isActive: boolean };

const WEIGHT: Record<InvitationRole, number> = { chair: 0, participant: 1, informed: 2 };

/** Determines the participants of a meeting on a day. */
@Injectable()
export class Participants {
  constructor(private readonly answering: ContactResolver) {}

  /**
   * The chairs; for each invitation the named person, else the organisation's contact for the area, else its general
   * contact. An organisation without any remains listed without a person. Each person is listed once, in the most
   * important role. An invitation for one agenda item counts only if that item belongs to `sessionId`. Who left an
   * organisation by `asOf` no longer sits there for it, and the contact is that of `asOf`: later than `day` for what is yet
   * to be mailed about a session that was held.
   */
  async of(
    source: Source,
    meetingId: string,
    areaId: string,
    day: string,
    sessionId: string | null = null,
    asOf: string = day,
  ): Promise<Participant[]> {
    const seats = await this.seats(source, meetingId, { day, asOf }, sessionId);
    const unnamed = seats.filter(({ isActive, organisationId }) => !isActive && organisationId !== null);
    const questions = unnamed.map((seat) => ({ organisationId: seat.organisationId!, areaId }));
    const answers = questions.length > 0 ? await this.answering.resolve(source, questions, asOf) : new Map();
    const filled = seats.flatMap(({ isActive, ...seat }): Participant[] => {
      if (isActive) return [seat];
      if (seat.organisationId === null) return [];
      const answer = answers.get(questionKey({ organisationId: seat.organisationId, areaId })) ?? null;
      const { personId = null, name = null, email = null } = answer ?? {};
      return [{ ...seat, personId, name, email, function: null }];
    });
    return this.withFunctions(source, once(filled), day);
  }

  private seats(
    source: Source,
    meetingId: string,
    { day, asOf }: { day: string; asOf: string },
    sessionId: string | null,
  ): Promise<Seat[]> {
    const params = new Params();
    const on = params.add(day);
    const session = params.add(sessionId);
    return rows<Seat>(
      source,
      `SELECT i."personId", p."name", p."email", i."role",
         coalesce(CAST(i."organisationId" AS varchar(36)), (SELECT min(CAST(own."organisationId" AS varchar(36))) FROM "memberships" own
           WHERE own."personId" = i."personId" AND ${inForce('own', on)})) AS "organisationId",
         (p."id" IS NOT NULL AND p."active" AND p."email" IS NOT NULL AND ${keepsSeat('i', params.add(asOf))}) AS "isActive"
       FROM "invitations" i LEFT JOIN "people" p ON p."id" = i."personId"
       WHERE i."meetingId" = ${params.add(meetingId)} AND ${inForce('i', on)}
         AND (i."agendaItemId" IS NULL OR EXISTS (SELECT 1 FROM "agenda_items" item WHERE item."id" = i."agendaItemId"
           AND CAST(item."sessionId" AS varchar(36)) = CAST(${session} AS varchar(36)) AND NOT item."isConfidential"))
       ORDER BY i."fromOn", i."id"`,
      params.values,
      { isActive: 'boolean' },
    );
  }

  /** Adds the names of the organisations and the people's functions in them. */
  private async withFunctions(source: Source, people: Participant[], day: string): Promise<Participant[]> {
    const params = new Params();
    const on = params.add(day);
    const personIds = params.list([...new Set(people.flatMap(({ personId }) => personId ?? []))]);
    const organisationIds = params.list([...new Set(people.flatMap(({ organisationId }) => organisationId ?? []))]);
    const found = await rows<{ id: string; name: string; personId: string | null; function: string | null }>(
      source,
      `SELECT o."id", o."name", m."personId", m."function" FROM "organisations" o
       LEFT JOIN "memberships" m ON m."organisationId" = o."id" AND m."personId" IN (${personIds}) AND ${inForce('m', on)}
       WHERE o."id" IN (${organisationIds}) ORDER BY m."fromOn" DESC, m."id"`,
      params.values,
    );
    const nameOf = new Map(found.map(({ id, name }) => [id, name]));
    return people.map((one) => ({
      ...one,
      organisationName: (one.organisationId && nameOf.get(one.organisationId)) ?? null,
      function:
        found.find(({ id, personId }) => personId !== null && personId === one.personId && id === one.organisationId)
          ?.function ?? null,
    }));
  }
}

/** Each person once, in the most important role, with an organisation if known; also organisations without one. */
function once(people: Participant[]): Participant[] {
  const byKey = new Map<string, Participant>();
  for (const one of [...people].sort((a, b) => WEIGHT[a.role] - WEIGHT[b.role])) {
    const key = one.personId ?? `organisation ${one.organisationId}`;
    const known = byKey.get(key);
    if (!known) byKey.set(key, one);
    else if (known.organisationId === null) byKey.set(key, { ...known, organisationId: one.organisationId });
  }
  return [...byKey.values()];
}
