import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { ACTION_PARTIES, knownTo, mayKnow } from '../../platform/access/confidentiality.js';
import { forbidden, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import type { Minutes } from '../minutes.entity.js';
import { MinutesService } from '../minutes.service.js';
import type { VisibleMinutes } from '../minutes-visibility.js';
import { seenBy } from '../seen-versions.js';
import type { DispatchView, RecipientView } from './dispatch.dto.js';
import type { Recipient } from './recipients.service.js';
import { sendsAt } from './waiting-minutes.js';

/** The kind of mail that carries minutes. */
export const MINUTES_MAIL = 'minutes';

interface Sending {
  versionId: string;
  place: number;
  at: string;
}

/** The data of a mail with minutes, and who else may know of it: see `Recipient`. */
export type Payload = { versionId: string } & Partial<Pick<Recipient, 'throughIds' | 'partyIds'>>;

/** The recipients of minutes, and the delivery state of their mails. */
@Injectable()
export class DispatchReports {
  constructor(
    private readonly database: Database,
    private readonly minutes: MinutesService,
  ) {}

  /**
   * The delivery state of the last dispatch, per recipient; for chairs with addresses and responses of the mail server.
   */
  async read(sessionId: string, caller: Caller): Promise<DispatchView> {
    const minutes = await this.minutes.visible(this.database.reader, sessionId, caller);
    if (!minutes.mayWrite && !caller.meetingIds.includes(minutes.meetingId)) throw forbidden();
    return dispatchView(this.database.reader, minutes, caller);
  }
}

/**
 * The last dispatch the caller may know of; if several sent versions read the same to the caller, the first of them.
 */
export async function dispatchView(source: Source, minutes: VisibleMinutes, caller: Caller): Promise<DispatchView> {
  const { versions: seen, version } = await seenBy(source, minutes, caller);
  const sent = await rows<Sending>(
    source,
    `SELECT e."versionId", v."number" AS "place", e."at" FROM "minutes_events" e
     JOIN "minutes_versions" v ON v."id" = e."versionId" WHERE e."minutesId" = $1 AND e."kind" = 'sent' ORDER BY v."number"`,
    [minutes.id],
  );
  const last = sent.findLast(({ versionId }) => minutes.mayWrite || seen.some(({ id }) => id === versionId));
  const waitsUntil = minutes.mayWrite ? await sendsAt(source, minutes.id) : null;
  const { sessionId, mayWrite } = minutes;
  if (!last && waitsUntil === null) throw notFound();
  if (!last)
    return { sessionId, sentAt: null, sendsAt: waitsUntil, number: seen.at(-1)!.number, recipients: [], version };
  const { number } = seen.findLast(({ place }) => place <= last.place)!;
  const messages = await lastMessages(source, minutes, sent.slice(0, sent.indexOf(last) + 1), caller);
  const known = await knownActions(
    source,
    messages.flatMap(({ payload }) => payload.throughIds ?? []),
    caller,
  );
  const recipients = messages
    .filter(({ payload: { throughIds = [] } }) => throughIds.length === 0 || throughIds.some((id) => known.has(id)))
    .map(({ payload: _, ...one }) => (mayWrite ? one : { ...one, address: null, serverWords: null }));
  return { sessionId, sentAt: last.at, sendsAt: waitsUntil, number, recipients, version };
}

/**
 * The mails of the last of these sendings that the caller may know of. Minutes sent again to the parties of a
 * confidential part alone are, to anyone else, the same minutes with the same recipients as before.
 */
async function lastMessages(source: Source, { id }: Pick<Minutes, 'id'>, sent: readonly Sending[], caller: Caller) {
  for (const { versionId } of sent.toReversed()) {
    const found = await rows<RecipientView & { payload: Payload }>(
      source,
      `SELECT p."name", o."address", o."state", o."sentAt", o."serverWords", o."payload"
       FROM "outgoing_messages" o JOIN "people" p ON p."id" = o."personId"
       WHERE o."batchId" = $1 AND o."kind" = '${MINUTES_MAIL}' AND o."dedupeKey" LIKE $2
       ORDER BY natural_key(p."name"), o."id"`,
      [id, `${keyOf(versionId)}%`],
      { payload: 'json' },
    );
    const partyIds = found[0]?.payload.partyIds;
    if (!partyIds || mayKnow(caller, true, partyIds)) return found;
  }
  return [];
}

/** The keys of the mails of one version begin with it. */
export const keyOf = (versionId: string): string => `${MINUTES_MAIL}:${versionId}:`;

/** Those of these actions that the caller may know of. */
async function knownActions(source: Source, ids: readonly string[], caller: Caller): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const params = new Params();
  const found = await rows<{ id: string }>(
    source,
    `SELECT a."id" FROM "actions" a
     WHERE a."id" IN (${params.list([...new Set(ids)])}) AND ${knownTo(caller, 'a', ACTION_PARTIES, params)}`,
    params.values,
  );
  return new Set(found.map(({ id }) => id));
}
