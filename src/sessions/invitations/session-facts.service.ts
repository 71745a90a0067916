import { Injectable } from '@nestjs/common';
import { isReplaced } from '../../directory/people/replaced.conditions.js';
import { Clock } from '../../platform/common/clock.js';
import { inForce, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { Participants } from '../../meetings/participants.service.js';
import type { InvitationRole } from '../../meetings/invitation.entity.js';
import type { SessionView } from '../../meetings/sessions.dto.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import type { SessionEvent } from './calendar.rules.js';

/** The data of a session used in its mails and calendars. */
export interface SessionFacts extends Pick<
  SessionView,
  | ('id' | 'meetingId' | 'meetingName' | 'areaId' | 'areaName')
  | ('heldOn' | 'startTime' | 'endTime' | 'place' | 'state')
> {
  durationMinutes: number | null;
  cancellationReason: string | null;
  sequence: number;
  /** The address of the voorzitter, else of a chair of the meeting. */
  replyTo: string | null;
}

export interface Addressee {
  personId: string;
  name: string;
  email: string;
}

/** The roles that are expected at the table. */
export const AT_TABLE: readonly InvitationRole[] = ['chair', 'participant'];
/** The same, and those who only receive the papers. */
export const WITH_PAPERS: readonly InvitationRole[] = [...AT_TABLE, 'informed'];

/** Data for the mails and calendars of a session, and their recipients. */
@Injectable()
export class SessionFactsService {
  constructor(
    private readonly participants: Participants,
    private readonly clock: Clock,
  ) {}

  async of(source: Source, sessionId: string): Promise<SessionFacts | undefined> {
    const today = this.clock.today();
    return row<SessionFacts>(
      source,
      `SELECT s."id", s."meetingId", m."name" AS "meetingName", m."areaId", a."name" AS "areaName", s."heldOn", s."startTime",
         s."endTime", m."durationMinutes", s."place", s."state", s."cancellationReason", s."calendarSequence" AS "sequence",
         coalesce((SELECT p."email" FROM "people" p WHERE p."id" = s."chairId" AND p."active"),
           (SELECT min(p."email") FROM "invitations" i JOIN "people" p ON p."id" = i."personId"
            WHERE i."meetingId" = s."meetingId" AND i."role" = 'chair' AND p."active" AND ${inForce('i', '$2')})) AS "replyTo"
       FROM "sessions" s JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
       WHERE s."id" = $1`,
      [sessionId, today],
    );
  }

  /**
   * The people at the table on any of these days, each once, and their current replacements. Without a session id,
   * people invited for one item only are left out.
   */
  async table(
    source: Source,
    session: Pick<SessionFacts, 'meetingId' | 'areaId'> & { id: string | null },
    days: readonly string[],
    roles: readonly InvitationRole[] = AT_TABLE,
  ): Promise<Addressee[]> {
    const found = new Map<string, Addressee>();
    for (const day of new Set(days)) {
      for (const seat of await this.participants.of(source, session.meetingId, session.areaId, day, session.id)) {
        const { personId, name, email, role } = seat;
        if (personId && name && email && roles.includes(role)) found.set(personId, { personId, name, email });
      }
    }
    for (const one of await this.replacements(source, [...found.keys()])) found.set(one.personId, one);
    return [...found.values()];
  }

  /** The recipient of a mail, as long as the address still belongs to an active person. */
  async addressee(source: Source, personId: string | null, address: string): Promise<Addressee | undefined> {
    return row<Addressee>(
      source,
      `SELECT "id" AS "personId", "name", "email" FROM "people" WHERE "id" = $1 AND "email" = $2 AND "active"`,
      [personId, address],
    );
  }

  /** The same, as long as they are also expected on one of these days, or get the papers. */
  async expected(
    source: Source,
    { personId, address }: Pick<OutgoingMessage, 'personId' | 'address'>,
    session: SessionFacts,
    days: readonly string[],
  ): Promise<Addressee | undefined> {
    const addressee = await this.addressee(source, personId, address);
    const table = addressee ? await this.table(source, session, days, WITH_PAPERS) : [];
    return table.some((one) => one.personId === personId) ? addressee : undefined;
  }

  private replacements(source: Source, ids: readonly string[]): Promise<Addressee[]> {
    const params = new Params();
    return rows<Addressee>(
      source,
      `SELECT r."id" AS "personId", r."name", r."email" FROM "people" p JOIN "people" r ON r."id" = p."replacementId"
       WHERE p."id" IN (${params.list(ids)}) AND ${isReplaced('p', params.add(this.clock.today()))}
         AND r."active" AND r."email" IS NOT NULL`,
      params.values,
    );
  }
}

export function toSessionEvent(session: SessionFacts): SessionEvent {
  const { id, meetingName, heldOn, startTime, endTime, durationMinutes, place, sequence, state } = session;
  const isCancelled = state === 'cancelled';
  return {
    id,
    title: meetingName,
    heldOn,
    startTime,
    endTime,
    durationMinutes,
    place,
    sequence,
    isCancelled,
    description: null,
  };
}
