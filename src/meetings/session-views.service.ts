import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { ACTION_PARTIES, ITEM_PARTIES, knownTo } from '../platform/access/confidentiality.js';
import { notFound } from '../platform/common/problems.js';
import { inForce, pageOf, Params, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Session } from './session.entity.js';
import { readableSessions, readableNotes, writableSessions } from './meetings.access.js';
import { SESSION_DETAILS, type SessionView } from './sessions.dto.js';

type Flat = Omit<SessionView, 'counts'> & SessionView['counts'];

const SHAPE = shapeOf(Session);

const SESSION_SOURCE = `"sessions" s JOIN "meetings" m ON m."id" = s."meetingId" JOIN "areas" a ON a."id" = m."areaId"
  LEFT JOIN "people" chair ON chair."id" = s."chairId" LEFT JOIN "people" secretary ON secretary."id" = s."secretaryId"`;

const DETAILS = SESSION_DETAILS.map((name) => `s."${name}"`).join(', ');

/** SQL for "somebody present only as agendalid", who counts in no attendance figure. */
const IS_INFORMED = `(EXISTS (SELECT 1 FROM "invitations" n WHERE n."meetingId" = s."meetingId" AND n."role" = 'informed'
    AND ${inForce('n', 's."heldOn"')} AND (n."personId" = t."personId" OR (n."personId" IS NULL AND n."organisationId" = t."organisationId")))
  AND NOT EXISTS (SELECT 1 FROM "invitations" n WHERE n."meetingId" = s."meetingId" AND n."role" <> 'informed'
    AND ${inForce('n', 's."heldOn"')} AND (n."personId" = t."personId" OR n."organisationId" = t."organisationId")))`;

/** The columns of a session as visible to one caller: confidential records hidden from them are not counted. */
function columns(caller: Caller, params: Params): string {
  const items = `SELECT count(*) FROM "agenda_items" i WHERE i."sessionId" = s."id" AND ${knownTo(caller, 'i', ITEM_PARTIES, params)}`;
  const known = knownTo(caller, 'act', ACTION_PARTIES, params);
  return `s."id", s."meetingId", m."name" AS "meetingName", m."areaId", a."name" AS "areaName", s."heldOn", ${DETAILS},
    s."heldUntil", s."state", s."isExtra", chair."name" AS "chairName", secretary."name" AS "secretaryName", s."cancellationReason", s."reopeningReason", s."openedAt", s."closedAt",
    s."calendarSequence", (${items} AND i."state" <> 'declined') AS "agendaItems",
    (${items} AND i."state" = 'proposed' AND s."state" IN ('planned', 'open')) AS "proposedItems",
    (SELECT count(*) FROM "discussions" d JOIN "actions" act ON act."id" = d."actionId"
      WHERE d."sessionId" = s."id" AND NOT act."isWithdrawn" AND ${known}
        AND ${readableNotes(caller, params)}) AS "discussions",
    (SELECT count(*) FROM "actions" act WHERE act."sessionId" = s."id" AND NOT act."isWithdrawn" AND ${known}
      AND (s."closedAt" IS NOT NULL OR s."reopeningReason" IS NOT NULL
        OR ${writableSessions(caller, 's', 'm', params)})) AS "actions",
    (SELECT count(*) FROM "attendances" t WHERE t."sessionId" = s."id" AND t."status" = 'present'
      AND NOT ${IS_INFORMED}) AS "present", s."version"`;
}

function toView({ agendaItems, proposedItems, discussions, actions, present, version, ...rest }: Flat): SessionView {
  return { ...rest, counts: { agendaItems, proposedItems, discussions, actions, present }, version };
}

/** Views of sessions for a caller; the same for reading, planning, opening and closing. */
@Injectable()
export class SessionViews {
  /** One session; 404 if the caller may not know it. */
  async one(source: Source, id: string, caller: Caller): Promise<SessionView> {
    const params = new Params();
    const select = columns(caller, params);
    const [found] = await rows<Flat>(
      source,
      `SELECT ${select} FROM ${SESSION_SOURCE} WHERE s."id" = ${params.add(id)} AND ${readableSessions(caller, params)}`,
      params.values,
      SHAPE,
    );
    if (!found) throw notFound();
    return toView(found);
  }

  /** A page of the sessions visible to the caller; `narrow` adds conditions over `s` and `m`. */
  async page(
    source: Source,
    caller: Caller,
    narrow: (params: Params) => string[],
    orderBy: string,
    paging: { page: number; pageSize: number },
  ) {
    const params = new Params();
    const where = [readableSessions(caller, params), ...narrow(params)].join(' AND ');
    const seen = await pageOf<{ id: string }>(
      source,
      { select: 's."id"', from: '"sessions" s JOIN "meetings" m ON m."id" = s."meetingId"', where, orderBy, params },
      paging,
    );
    const own = new Params();
    const select = columns(caller, own);
    const ids = seen.items.map(({ id }) => id);
    const found = await rows<Flat>(
      source,
      `SELECT ${select} FROM ${SESSION_SOURCE} WHERE s."id" IN (${own.list(ids)})`,
      own.values,
      SHAPE,
    );
    const byId = new Map(found.map((session) => [session.id, toView(session)]));
    return { ...seen, items: ids.flatMap((id) => byId.get(id) ?? []) };
  }
}
