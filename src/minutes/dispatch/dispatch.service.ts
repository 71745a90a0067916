import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../../platform/access/caller.js';
import { ACTION_PARTIES, knownTo, mayKnow } from '../../platform/access/confidentiality.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, forbidden, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { Params, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { mustNotLieAhead } from '../../meetings/sessions.rules.js';
import { Session } from '../../meetings/session.entity.js';
import type { DispatchView, RecipientView } from './dispatch.dto.js';
import type { VisibleMinutes } from '../minutes-visibility.js';
import { MinutesService } from '../minutes.service.js';
import { Minutes } from '../minutes.entity.js';
import { type Recipient, Recipients } from './recipients.service.js';
import { mustBeAsRead, seenBy } from '../seen-versions.js';
import { VersionWriter } from '../version-writer.service.js';

/** The kind of mail that carries minutes. */
export const MINUTES_MAIL = 'minutes';
const DAYS_TO_DELIVER = 14;

interface Sending {
  versionId: string;
  place: number;
  at: string;
}

/** What a mail with minutes is made from, and who else may know of it: see `Recipient`. */
type Payload = { versionId: string } & Partial<Pick<Recipient, 'throughIds' | 'partyIds'>>;

/** Sends minutes, once per version. The first moment is kept, because it counts for process goals. */
@Injectable()
export class Dispatch {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly minutes: MinutesService,
    private readonly versions: VersionWriter,
    private readonly recipients: Recipients,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Marks the minutes as sent and plans one mail per address. 409 if they were sent already, if their session is not
   * closed, or if no mail server is set: minutes that reach nobody are not sent.
   */
  async send(sessionId: string, version: number, by: Caller): Promise<DispatchView> {
    return this.transactions.run(async (manager) => {
      const visible = await this.minutes.visible(manager, sessionId, by);
      if (!visible.mayWrite) throw forbidden();
      this.outbox.mustHaveServer();
      const session = await lockOne(manager, Session, sessionId);
      const minutes = await lockOne(manager, Minutes, visible.id);
      await mustBeAsRead(manager, { ...visible, state: minutes.state }, by, version);
      if (session.state !== 'closed')
        throw conflict('SESSION_NOT_CLOSED', 'Close the session before sending its minutes.');
      mustNotLieAhead(session, this.clock.today());
      if (minutes.state !== 'concept') throw conflict('MINUTES_ALREADY_SENT', 'These minutes have already been sent.');
      const now = this.clock.moment();
      await updateRow(manager, Minutes, minutes.id, {
        state: 'sent',
        sentAt: minutes.sentAt ?? now,
      });
      await this.planMails(manager, minutes, by, now);
      const subject = { type: 'minutes', id: minutes.id, areaId: visible.areaId };
      await this.audit.record(manager, by, 'minutes.sent', subject);
      return this.view(manager, await this.minutes.visible(manager, sessionId, by), by);
    });
  }

  /**
   * The delivery state of the last dispatch, per recipient; for chairs with addresses and replies of the mail server.
   */
  async read(sessionId: string, caller: Caller): Promise<DispatchView> {
    const minutes = await this.minutes.visible(this.database.reader, sessionId, caller);
    if (!minutes.mayWrite && !caller.meetingIds.includes(minutes.meetingId)) throw forbidden();
    return this.view(this.database.reader, minutes, caller);
  }

  private async planMails(manager: EntityManager, minutes: Minutes, by: Caller, now: string): Promise<void> {
    const versionId = (await row<{ id: string }>(
      manager,
      'SELECT "id" FROM "minutes_versions" WHERE "minutesId" = $1 AND "number" = $2',
      [minutes.id, minutes.currentNumber],
    ))!.id;
    await this.versions.note(manager, minutes, by, { kind: 'sent', sessionId: minutes.sessionId, versionId });
    const expiresAt = addDays(now.slice(0, 10), DAYS_TO_DELIVER) + now.slice(10);
    for (const { personId, email, throughIds, partyIds } of await this.recipients.ofVersion(
      manager,
      minutes,
      this.clock.today(),
    )) {
      await this.outbox.plan(manager, {
        kind: MINUTES_MAIL,
        dedupeKey: keyOf(versionId) + email,
        address: email,
        personId,
        batchId: minutes.id,
        payload: { versionId, throughIds, partyIds } satisfies Payload,
        expiresAt,
      });
    }
  }

  /** The last dispatch the caller may know of; of sent versions that read the same to the caller, the first one. */
  private async view(source: Source, minutes: VisibleMinutes, caller: Caller): Promise<DispatchView> {
    const { versions: seen, version } = await seenBy(source, minutes, caller);
    const sent = await rows<Sending>(
      source,
      `SELECT e."versionId", v."number" AS "place", e."at" FROM "minutes_events" e
       JOIN "minutes_versions" v ON v."id" = e."versionId" WHERE e."minutesId" = $1 AND e."kind" = 'sent' ORDER BY v."number"`,
      [minutes.id],
    );
    const last = sent.findLast(({ versionId }) => minutes.mayWrite || seen.some(({ id }) => id === versionId));
    if (!last) throw notFound();
    const { number } = seen.findLast(({ place }) => place <= last.place)!;
    const messages = await this.lastMessages(source, minutes, sent.slice(0, sent.indexOf(last) + 1), caller);
    const { sessionId, mayWrite } = minutes;
    const known = await knownActions(
      source,
      messages.flatMap(({ payload }) => payload.throughIds ?? []),
      caller,
    );
    const recipients = messages
      .filter(({ payload: { throughIds = [] } }) => throughIds.length === 0 || throughIds.some((id) => known.has(id)))
      .map(({ payload: _, ...one }) => (mayWrite ? one : { ...one, address: null, serverWords: null }));
    return { sessionId, sentAt: last.at, number, recipients, version };
  }

  /**
   * The mails of the last of these sendings that the caller may know of. Minutes sent again to the parties of a
   * confidential part alone are, to anyone else, the same minutes with the same recipients as before.
   */
  private async lastMessages(source: Source, { id }: Pick<Minutes, 'id'>, sent: readonly Sending[], caller: Caller) {
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
}

const keyOf = (versionId: string): string => `${MINUTES_MAIL}:${versionId}:`;

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
