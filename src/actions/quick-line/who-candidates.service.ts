import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { maySeePerson } from '../../directory/organisations/own.conditions.js';
import { Participants } from '../../meetings/participants.service.js';
import { type Member, peopleOf, type Seat, type WhoCandidates, type WhoOrganisation } from './who-candidates.rules.js';

/** The context of a line: place and day. */
export interface LinePlace {
  day: string;
  areaId: string | null;
  meetingId: string | null;
  sessionId: string | null;
}

/** Which people outside the table and the area are looked up: those named in a line, or those whose name has a part. */
type Sought = { line: string } | { part: string } | null;

/** Finds who can be named as owner of an action: organisations, and the people in them. */
@Injectable()
export class WhoCandidateLists {
  constructor(
    private readonly database: Database,
    private readonly participants: Participants,
  ) {}

  /** Only people the caller may see and those at the table; nobody deactivated or erased, no membership that ended. */
  async of(place: LinePlace, sought: Sought, caller: Caller): Promise<WhoCandidates> {
    const seats = await this.seats(place);
    const [organisations, members] = await Promise.all([
      this.organisations(place, seats),
      this.members(place, seats, sought, caller),
    ]);
    return { organisations, people: peopleOf(members, seats) };
  }

  /** Whoever is recorded in the session, then the participants of the meeting. */
  private async seats({ meetingId, areaId, day, sessionId }: LinePlace): Promise<Seat[]> {
    if (meetingId === null || areaId === null) return [];
    const expected = await this.participants.of(this.database.reader, meetingId, areaId, day, sessionId);
    const invited = expected.map(({ personId, name, organisationId, role }) => ({
      ...{ personId, name, organisationId },
      isInformed: role === 'informed',
    }));
    if (sessionId === null) return invited;
    const recorded = await rows<Omit<Seat, 'isInformed'>>(
      this.database.reader,
      `SELECT t."personId", t."guestName" AS "name", t."organisationId" FROM "attendances" t
       WHERE t."sessionId" = $1 ORDER BY t."id"`,
      [sessionId],
    );
    return [...recorded.map((seat) => ({ ...seat, isInformed: false })), ...invited];
  }

  /** Every organisation with its names, including those merged into it. */
  private async organisations({ areaId, day }: LinePlace, seats: readonly Seat[]): Promise<WhoOrganisation[]> {
    const params = new Params();
    const on = params.add(day);
    const area = areaId === null ? 'NULL' : params.add(areaId);
    const found = await rows<{
      id: string;
      name: string;
      aliases: string[];
      mergedIntoId: string | null;
      isInArea: boolean;
    }>(
      this.database.reader,
      `SELECT o."id", o."name", o."aliases", o."mergedIntoId",
         o."id" IN (SELECT c."organisationId" FROM "contacts" c WHERE c."areaId" = ${area} AND ${inForce('c', on)}) AS "isInArea"
       FROM "organisations" o ORDER BY natural_key(o."name"), o."id"`,
      params.values,
      { ...shapeOf(Organisation), isInArea: 'boolean' },
    );
    const seated = new Set(seats.filter(({ isInformed }) => !isInformed).map(({ organisationId }) => organisationId));
    const informed = new Set(seats.map(({ organisationId }) => organisationId));
    const former = found.filter(({ mergedIntoId }) => mergedIntoId !== null);
    return found
      .filter(({ mergedIntoId }) => mergedIntoId === null)
      .map(({ id, name, aliases, isInArea }) => {
        const merged = former.filter(({ mergedIntoId }) => mergedIntoId === id);
        const names = merged.flatMap((one) => [one.name, ...one.aliases]);
        const place = seated.has(id) ? 'table' : isInArea || informed.has(id) ? 'area' : 'other';
        return { id, name, aliases: [...aliases, ...names], place };
      });
  }

  /** The people at the table and the area's contacts with their memberships, and those sought. */
  private members({ areaId, day }: LinePlace, seats: readonly Seat[], sought: Sought, caller: Caller) {
    const { dialect, reader } = this.database;
    const params = new Params();
    const on = params.add(day);
    const today = params.add(caller.today);
    const area = areaId === null ? 'NULL' : params.add(areaId);
    const seated = `p."id" IN (${params.list([...new Set(seats.flatMap(({ personId }) => personId ?? []))])})`;
    const contact = `SELECT 1 FROM "contacts" c WHERE c."personId" = p."id" AND c."areaId" = ${area} AND ${inForce('c', on)}`;
    const conditions = [seated, `EXISTS (${contact})`];
    if (sought && 'line' in sought) {
      conditions.push(dialect.holds(params.add(sought.line.toLowerCase()), dialect.folded('p."name"')));
    } else if (sought) conditions.push(dialect.contains(['p."name"', 'm."function"'], sought.part, params));
    return rows<Member>(
      reader,
      `SELECT p."id" AS "personId", p."name", m."organisationId", m."function",
         EXISTS (${contact} AND c."organisationId" = m."organisationId") AS "isContact"
       FROM "people" p LEFT JOIN "memberships" m ON m."personId" = p."id" AND ${inForce('m', today)}
       WHERE p."active" AND p."email" IS NOT NULL AND (${conditions.join(' OR ')})
         AND (${seated} OR ${maySeePerson(caller, 'p."id"', params)})
       ORDER BY natural_key(p."name"), p."id", m."fromOn", m."id"`,
      params.values,
      { isContact: 'boolean' },
    );
  }
}
