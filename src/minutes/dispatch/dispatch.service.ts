import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, forbidden } from '../../platform/common/problems.js';
import { row } from '../../platform/database/rows.js';
import { lockOne } from '../../platform/database/transactions.js';
import { updateRow } from '../../platform/database/writes.js';
import { appendEvents } from '../../platform/events/events.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import { mustNotLieAhead } from '../../meetings/sessions.rules.js';
import { Session } from '../../meetings/session.entity.js';
import type { DispatchView } from './dispatch.dto.js';
import { MinutesService } from '../minutes.service.js';
import { Minutes } from '../minutes.entity.js';
import { dispatchView, keyOf, MINUTES_MAIL, type Payload } from './dispatch-reports.service.js';
import { Recipients } from './recipients.service.js';
import { mustBeAsRead } from '../seen-versions.js';
import { VersionWriter } from '../version-writer.service.js';

const DAYS_TO_DELIVER = 14;

/** Sends minutes, once per version. The first time is kept, because it counts for process goals. */
@Injectable()
export class Dispatch {
  constructor(
    private readonly minutes: MinutesService,
    private readonly versions: VersionWriter,
    private readonly recipients: Recipients,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Locks the minutes of a session that the caller can send now. 409 if they were already sent, if their session is not
   * closed, or if no mail server is configured: minutes that would reach nobody are not sent.
   */
  async hold(manager: EntityManager, sessionId: string, version: number, by: Caller) {
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
    return { minutes, areaId: visible.areaId };
  }

  /** Sends minutes that the caller has locked. */
  async sendWithin(manager: EntityManager, minutes: Minutes, areaId: string, by: Caller): Promise<DispatchView> {
    await this.mark(manager, minutes, areaId, by);
    return this.view(manager, minutes.sessionId, by);
  }

  /**
   * Sends minutes that were waiting, unless they were reopened, destroyed or sent meanwhile: as of version `number`.
   */
  async sendDue(manager: EntityManager, id: string, number: number, by: Actor): Promise<void> {
    const found = await row<{ sessionId: string; areaId: string }>(
      manager,
      `SELECT m."sessionId", g."areaId" FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId"
       JOIN "meetings" g ON g."id" = s."meetingId" WHERE m."id" = $1 AND NOT EXISTS (SELECT 1 FROM "minutes_versions" v
         WHERE v."minutesId" = m."id" AND v."number" > $2 AND v."reason" <> 'correction')`,
      [id, number],
    );
    if (!found) return;
    const session = await lockOne(manager, Session, found.sessionId);
    const minutes = await lockOne(manager, Minutes, id);
    if (session.state === 'closed' && minutes.state === 'concept') await this.mark(manager, minutes, found.areaId, by);
  }

  /** The dispatch as the caller may know it. */
  async view(manager: EntityManager, sessionId: string, by: Caller): Promise<DispatchView> {
    return dispatchView(manager, await this.minutes.visible(manager, sessionId, by), by);
  }

  private async mark(manager: EntityManager, minutes: Minutes, areaId: string, by: Actor): Promise<void> {
    const now = this.clock.moment();
    await updateRow(manager, Minutes, minutes.id, { state: 'sent', sentAt: minutes.sentAt ?? now });
    const versionId = await this.planMails(manager, minutes, by, now);
    const { id: subjectId, sessionId } = minutes;
    await appendEvents(manager, now, async () => {
      // Versions that differ only in a confidential part do not count for those who do not know of it.
      const version = (await this.minutes.openCopy(manager, versionId))!.number;
      return [{ kind: 'minutes.sent', areaId, subjectId, data: { sessionId, version } }];
    });
    await this.audit.record(manager, by, 'minutes.sent', { type: 'minutes', id: minutes.id, areaId });
  }

  /** Returns the id of the version that is sent. */
  private async planMails(manager: EntityManager, minutes: Minutes, by: Actor, now: string): Promise<string> {
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
    return versionId;
  }
}
