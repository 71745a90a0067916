import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { row } from '../../platform/database/rows.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { ActionRecipients, type Owned } from '../recipients/action-recipients.service.js';

export const ANNOUNCEMENT = 'announcement';
/** Late enough to include the day's actions, early enough to be read that day. */
const SENT_AT = '17:00';
const DAYS_TO_DELIVER = 2;

/** An action with everyone who carries it out. */
export type Shared = Owned & { coOwnerIds: readonly string[] };

type Addressee = Pick<ResolvedContact, 'personId' | 'email'>;

/** The daily mail of each person who is notified of actions: its recipients and the actions it lists. */
@Injectable()
export class AnnouncementMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly recipients: ActionRecipients,
    private readonly clock: Clock,
  ) {}

  /**
   * The recipients of mail about each of these actions: those who answer for its owner and for each co-owner, each
   * person once.
   */
  async whoDo(
    manager: EntityManager,
    actions: readonly Shared[],
    isBeforeMerger = false,
  ): Promise<ResolvedContact[][]> {
    const doers = actions.flatMap((action, n) => [
      { n, action },
      ...action.coOwnerIds.map((ownerId) => ({ n, action: { ...action, ownerId, ownerPersonId: null } })),
    ]);
    const found = await this.recipients.ofOwners(
      manager,
      doers.map(({ action }) => action),
      this.clock.today(),
      isBeforeMerger,
    );
    const people = actions.map(() => new Map<string, ResolvedContact>());
    for (const [at, { n }] of doers.entries()) for (const one of found[at]) people[n].set(one.personId, one);
    return people.map((one) => [...one.values()]);
  }

  /** Notifies a person of these actions: in today's mail, or in tomorrow's if that has been sent. */
  async tell(manager: EntityManager, person: Addressee, actionIds: readonly string[]): Promise<void> {
    const today = this.clock.today();
    if (!(await this.tellOn(manager, today, person, actionIds)))
      await this.tellOn(manager, addDays(today, 1), person, actionIds);
  }

  /** Adds them to that day's mail, which is planned if there is none; false if it has been sent, or may have been. */
  private async tellOn(
    manager: EntityManager,
    day: string,
    { personId, email }: Addressee,
    actionIds: readonly string[],
  ): Promise<boolean> {
    const at = momentOf(day, SENT_AT);
    const now = this.clock.moment();
    const dedupeKey = `${ANNOUNCEMENT}:${day}:${email}`;
    const isNew = await this.outbox.plan(manager, {
      ...{ kind: ANNOUNCEMENT, dedupeKey, address: email, personId, batchId: null, payload: { actionIds } },
      notBefore: at > now ? at : now,
      expiresAt: momentOf(addDays(day, DAYS_TO_DELIVER)),
    });
    const added = (payload: OutgoingMessage['payload']) => ({
      actionIds: [...new Set([...actionIdsOf(payload), ...actionIds])],
    });
    return isNew || this.outbox.amend(manager, dedupeKey, added);
  }

  async wasTold(manager: EntityManager, { personId, email }: Addressee, actionId: string): Promise<boolean> {
    const sql = `SELECT 1 FROM "outgoing_messages" WHERE "personId" = $1 AND "address" = $2 AND "kind" = '${ANNOUNCEMENT}'
      AND "payload" LIKE $3`;
    return (await row(manager, sql, [personId, email, `%${actionId}%`])) !== undefined;
  }
}

export const actionIdsOf = ({ actionIds }: OutgoingMessage['payload']): string[] =>
  Array.isArray(actionIds) ? (actionIds as string[]) : [];
