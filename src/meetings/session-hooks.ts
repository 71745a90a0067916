import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '../platform/access/caller.js';
import type { Session } from './session.entity.js';

/** `before`: the session as it was, where that matters. */
type Hook = (manager: EntityManager, session: Session, by: Actor, before?: Session) => Promise<void>;
/**
 * `moved`: to another day; `rescheduled`: to another day, time or place, before it was opened; `corrected`: the attendance
 * of a closed session was changed before its minutes were sent.
 */
export type SessionMoment = 'planned' | 'moved' | 'rescheduled' | 'cancelled' | 'closed' | 'reopened' | 'corrected';

/** What else happens, in the same transaction, when a session is planned, moved, closed …: modules below register theirs. */
@Injectable()
export class SessionHooks {
  private readonly hooks = new Map<SessionMoment, Hook[]>();

  on(moment: SessionMoment, hook: Hook): void {
    this.hooks.set(moment, [...(this.hooks.get(moment) ?? []), hook]);
  }

  /** Runs them one after another; what they do is not what the request of `by` answers, so its `once` stays out of it. */
  async run(
    moment: SessionMoment,
    manager: EntityManager,
    session: Session,
    by: Actor,
    before?: Session,
  ): Promise<void> {
    const quietly = { ...by, once: undefined };
    for (const hook of this.hooks.get(moment) ?? []) await hook(manager, session, quietly, before);
  }
}
