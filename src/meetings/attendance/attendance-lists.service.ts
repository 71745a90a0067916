import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Attendance } from './attendance.entity.js';
import type { AttendanceListView, AttendanceView, OrganisationPresence, RepresentedView } from './attendances.dto.js';
import { isFor, notHeardOf, presenceOf } from './attendances.rules.js';
import { readableSession, type ReadableSession, type SessionOrId } from '../meetings.access.js';
import { type Participant, Participants } from '../participants.service.js';

const SHAPE = shapeOf(Attendance);

/** Recorded rows, with the function on the day of the session. */
const RECORDED = `SELECT t."id", t."sessionId", t."personId", t."guestName", coalesce(p."name", t."guestName") AS "name",
    t."organisationId", o."name" AS "organisationName",
    (SELECT min(own."function") FROM "memberships" own WHERE own."personId" = t."personId"
      AND own."organisationId" = t."organisationId" AND ${inForce('own', 's."heldOn"')}) AS "function",
    t."isReplacement", t."status", t."alsoForIds", t."version"
  FROM "attendances" t JOIN "sessions" s ON s."id" = t."sessionId"
  LEFT JOIN "people" p ON p."id" = t."personId" LEFT JOIN "organisations" o ON o."id" = t."organisationId"`;

/** Those named for a session ($1), with an organisation of theirs on its day. */
const OFFICERS = `SELECT p."id" AS "personId", p."name", own."organisationId", o."name" AS "organisationName",
    own."function", NULL AS "role"
  FROM "sessions" s JOIN "people" p ON p."id" IN (s."chairId", s."secretaryId")
  LEFT JOIN "memberships" own ON own."id" = (SELECT m."id" FROM "memberships" m
    WHERE m."personId" = p."id" AND ${inForce('m', 's."heldOn"')} ORDER BY m."fromOn" DESC, m."id" LIMIT 1)
  LEFT JOIN "organisations" o ON o."id" = own."organisationId" WHERE s."id" = $1 AND p."active"
  ORDER BY natural_key(p."name"), p."id"`;

type Officer = Omit<Participant, 'role' | 'email'> & { role: null };
type Invited = Pick<OrganisationPresence, 'organisationId' | 'name'>;
type Recorded = AttendanceView & { status: 'present' | 'excused' | 'absent' };
type RecordedRow = Omit<Recorded, 'alsoFor'> & { alsoForIds: string[] | null };

/** Views of who was present and who was expected. */
@Injectable()
export class AttendanceLists {
  constructor(
    private readonly database: Database,
    private readonly participants: Participants,
  ) {}

  /** The people recorded, those expected but not recorded yet, and whether each invited organisation was present. */
  async list(ref: SessionOrId, caller: Caller): Promise<AttendanceListView> {
    const session = await readableSession(this.database.reader, ref, caller);
    const [{ recorded, expected }, invited, officers] = await Promise.all([
      this.sides(this.database.reader, session),
      this.invited(this.database.reader, session),
      this.officers(this.database.reader, session),
    ]);
    const roleOf = new Map(expected.map(({ personId, role }) => [personId, role]));
    const missing = expected.filter(
      ({ personId, role }) =>
        role !== 'informed' && (personId === null || !recorded.some((one) => one.personId === personId)),
    );
    const isListed = ({ personId }: { personId: string | null }) =>
      [...recorded, ...missing].some((one) => one.personId === personId);
    const items = [
      ...recorded.map((one) => ({
        ...one,
        role: (one.personId && roleOf.get(one.personId)) || null,
      })),
      ...[...missing, ...officers.filter((one) => !isListed(one))].map((one) => toExpected(one, session.id)),
    ];
    const organisations = presences(invited, recorded, session);
    return {
      items,
      total: items.length,
      page: 1,
      pageSize: Math.max(1, items.length),
      organisations,
    };
  }

  /** One recorded row as returned by changes. */
  async one(source: Source, id: string): Promise<AttendanceView> {
    const raw = await row<RecordedRow>(source, `${RECORDED} WHERE t."id" = $1`, [id], SHAPE);
    if (!raw) throw notFound();
    const [found] = (await withOthers(source, [raw])) as [Recorded];
    const { meetingId, areaId, heldOn } = (await row<ReadableSession>(
      source,
      `SELECT s."meetingId", m."areaId", s."heldOn" FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" WHERE s."id" = $1`,
      [found.sessionId],
    ))!;
    const { version, ...rest } = found;
    const expected = await this.participants.of(source, meetingId, areaId, heldOn, found.sessionId);
    const role = expected.find(({ personId }) => personId !== null && personId === found.personId)?.role ?? null;
    return { ...rest, role, version };
  }

  /** The people who count as absent if the session is closed now. */
  async notHeardOf(source: Source, session: ReadableSession) {
    const { recorded, expected } = await this.sides(source, session);
    return notHeardOf(expected, recorded);
  }

  private async sides(source: Source, session: ReadableSession) {
    const { meetingId, areaId, heldOn, id } = session;
    const [recorded, expected] = await Promise.all([
      rows<RecordedRow>(
        source,
        `${RECORDED} WHERE t."sessionId" = $1 ORDER BY natural_key(coalesce(p."name", t."guestName")), t."id"`,
        [id],
        SHAPE,
      ).then((raw) => withOthers(source, raw)),
      this.participants.of(source, meetingId, areaId, heldOn, id),
    ]);
    return { recorded, expected };
  }

  /**
   * The voorzitter and the notulist of a session that is not over: a replacement, or a chair whose place somebody else
   * has taken since, is there too, but is no participant.
   */
  private officers(source: Source, { id, state }: ReadableSession): Promise<Officer[]> {
    if (state !== 'planned' && state !== 'open') return Promise.resolve([]);
    return rows<Officer>(source, OFFICERS, [id]);
  }

  /** The participating organisations on the day of the session; agendaleden never count. */
  private invited(source: Source, session: ReadableSession): Promise<Invited[]> {
    return rows<Invited>(
      source,
      `SELECT o."id" AS "organisationId", o."name" FROM "invitations" i
       JOIN "organisations" o ON o."id" = i."organisationId"
       WHERE i."meetingId" = $1 AND i."role" = 'participant' AND ${inForce('i', '$2')}
         AND (i."agendaItemId" IS NULL OR EXISTS (SELECT 1 FROM "agenda_items" item
           WHERE item."id" = i."agendaItemId" AND item."sessionId" = $3 AND NOT item."isConfidential"))
       GROUP BY o."id", o."name" ORDER BY natural_key(o."name"), o."id"`,
      [session.meetingId, session.heldOn, session.id],
    );
  }
}

const presences = (
  invited: readonly Invited[],
  recorded: readonly Recorded[],
  { state }: ReadableSession,
): OrganisationPresence[] =>
  invited.map(({ organisationId, name }) => {
    const own = recorded.filter((one) => isFor(one, organisationId));
    return { organisationId, name, status: presenceOf(own, state) };
  });

/** With the further organisations each person represents, by name. */
async function withOthers(source: Source, raw: readonly RecordedRow[]): Promise<Recorded[]> {
  const params = new Params();
  const ids = params.list([...new Set(raw.flatMap(({ alsoForIds }) => alsoForIds ?? []))]);
  const found =
    params.values.length === 0
      ? []
      : await rows<RepresentedView>(
          source,
          `SELECT o."id" AS "organisationId", o."name" FROM "organisations" o WHERE o."id" IN (${ids}) ORDER BY natural_key(o."name")`,
          params.values,
        );
  return raw.map(({ alsoForIds, ...one }) => ({
    ...one,
    alsoFor: found.filter(({ organisationId }) => (alsoForIds ?? []).includes(organisationId)),
  }));
}

function toExpected(
  one: Omit<Participant, 'role' | 'email'> & Pick<AttendanceView, 'role'>,
  sessionId: string,
): AttendanceView {
  const { personId, name, organisationId, organisationName, role } = one;
  const recorded = {
    id: null,
    guestName: null,
    isReplacement: false,
    status: null,
    version: null,
  };
  return {
    ...recorded,
    sessionId,
    personId,
    name,
    organisationId,
    organisationName,
    alsoFor: [],
    function: one.function,
    role,
  };
}
