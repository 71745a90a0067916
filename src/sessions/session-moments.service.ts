import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Announcements } from '../actions/announcements/announcements.service.js';
import { forgetTreatments } from '../actions/discussions/treatments.js';
import type { Session } from '../meetings/session.entity.js';
import { Composing } from '../minutes/composing/composing.service.js';
import type { Actor } from '../platform/access/caller.js';
import { AttendanceReplies } from './attendance/attendance-replies.service.js';
import { ItemCarryOver } from './item-carry-over.service.js';
import { OfficersMail } from './planning/officers-mail.service.js';
import { SessionNotices } from './invitations/session-notices.service.js';
import { MeetingActions } from './series/meeting-actions.service.js';

/** These effects are not the response to the request of `by`, so its `once` is left out. */
export const quietly = (by: Actor): Actor => ({ ...by, once: undefined });

/** The side effects of planning, moving or closing a session …, in the same transaction and in this order. */
@Injectable()
export class SessionMoments {
  constructor(
    private readonly actions: MeetingActions,
    private readonly itemCarryOver: ItemCarryOver,
    private readonly replies: AttendanceReplies,
    private readonly notices: SessionNotices,
    private readonly composing: Composing,
    private readonly announcements: Announcements,
    private readonly officers: OfficersMail,
  ) {}

  async planned(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.actions.gather(manager, session, quietly(by));
    await this.itemCarryOver.takeWaiting(manager, session);
    await this.officers.plan(manager, session, null, by.personId);
  }

  /** Before it opens, so that its actions are complete. */
  async opening(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.actions.gather(manager, session, quietly(by));
  }

  /** Another voorzitter or notulist; `before` is the session before the change. */
  async named(manager: EntityManager, session: Session, before: Session, by: Actor): Promise<void> {
    await this.officers.plan(manager, session, before, by.personId);
  }

  /** Moved to another day. */
  async moved(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.actions.gather(manager, session, quietly(by));
    await this.replies.forget(manager, session);
  }

  /** Changed day, time or place before it was opened; `before` is the session before the change. */
  async rescheduled(manager: EntityManager, session: Session, before: Session): Promise<void> {
    await this.notices.planMoved(manager, session, before);
  }

  async cancelled(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.actions.gather(manager, session, quietly(by));
    await this.itemCarryOver.passOn(manager, session);
    await this.notices.planCancelled(manager, session);
  }

  /**
   * Its answers become final: they are announced and composed into minutes; then unanswered proposals move to the next
   * session.
   */
  async closed(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.announcements.planOf(manager, session.id);
    await this.notices.planClosed(manager, session);
    await forgetTreatments(manager, session.id);
    await this.composing.compose(manager, session, quietly(by));
    await this.itemCarryOver.passOn(manager, session);
  }

  async reopened(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.composing.reopen(manager, session, quietly(by));
  }

  /** Data in the minutes of a closed session was changed before they were sent. */
  async corrected(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.composing.compose(manager, session, quietly(by), 'correction');
  }

  /** The same, but leaves the open part as it is: only those who may know the confidential part see a new version. */
  async partiesChanged(manager: EntityManager, session: Session, by: Actor): Promise<void> {
    await this.composing.compose(manager, session, quietly(by), 'correction', true);
  }
}
