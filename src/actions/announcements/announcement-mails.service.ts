import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ResolvedContact } from '../../directory/organisations/contact-resolver.rules.js';
import { addDays, momentOf } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { row } from '../../platform/database/rows.js';
import { Outbox } from '../../platform/mail/outbox.service.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import { ActionRecipients, type Owned } from '../recipients/action-recipients.service.js';

export const ANNOUNCEMENT = 'announcement';
/** Late enough to hold the actions of the day, early enough to be read on it. */
const SENT_AT = '17:00';
const DAYS_TO_DELIVER = 2;

/** An action with all who do it. */
export type Shared = Owned & { coOwnerIds: readonly string[] };

type Addressee = Pick<ResolvedContact, 'personId' | 'email'>;

/** The mail of the day of each person who is told of actions: who gets it, and which actions it tells of. */
@Injectable()
export class AnnouncementMails {
  constructor(
    private readonly outbox: Outbox,
    private readonly recipients: ActionRecipients,
    private readonly clock: Clock,
  ) {}

  /** Who gets mail about each of these actions: who answers for its owner and for each co-owner, every person once. */
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

  /** Tells a person of these actions: in the mail of today, or of tomorrow when that has gone. */
  async tell(manager: EntityManager, person: Addressee, actionIds: readonly string[]): Promise<void> {
    const today = this.clock.today();
    if (!(await this.tellOn(manager, today, person, actionIds)))
      await this.tellOn(manager, addDays(today, 1), person, actionIds);
  }

  /** In the mail of that day, which is planned when there is none; false when it has gone, or may have. */
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
