import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Params, row, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { type Mail, type MailKind, MakesMail } from '../../platform/mail/mail-kinds.js';
import type { OutgoingMessage } from '../../platform/mail/outgoing-message.entity.js';
import type { ResolvedContact } from '../../directory/people/contact-resolver.rules.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { organisationIdsOf } from '../action-columns.js';
import { Action, type DueKind } from '../action.entity.js';
import { ActionRecipients } from '../recipients/action-recipients.service.js';
import { dueWords } from '../words.js';
import { actionIdsOf, ANNOUNCEMENT, AnnouncementMails, type Shared } from './announcement-mails.service.js';

interface Announced extends Shared {
  id: string;
  number: string;
  title: string;
  areaName: string;
  dueKind: DueKind;
  dueOn: string | null;
}

/** The mail of the day about new actions: what is still its recipient's at the moment of sending. */
@Injectable()
@MakesMail([ANNOUNCEMENT])
export class AnnouncedActions implements MailKind {
  constructor(
    private readonly mails: AnnouncementMails,
    private readonly recipients: ActionRecipients,
    private readonly renderer: Renderer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async make(manager: EntityManager, message: OutgoingMessage): Promise<Mail | null> {
    const actions = await this.own(manager, message);
    if (actions.length === 0) return null;
    const sql = 'SELECT "name" FROM "people" WHERE "id" = $1';
    return this.render((await row<{ name: string }>(manager, sql, [message.personId]))!.name, actions);
  }

  async isStillWanted(manager: EntityManager, message: OutgoingMessage): Promise<boolean> {
    return (await this.own(manager, message)).length > 0;
  }

  /**
   * The actions of the mail that are still this person's, at this address. For actions that somebody else now answers
   * for and was not notified of, a mail to them is planned.
   */
  private async own(
    manager: EntityManager,
    { personId, address, payload }: Pick<OutgoingMessage, 'personId' | 'address' | 'payload'>,
  ): Promise<Announced[]> {
    const found = await this.announced(manager, actionIdsOf(payload));
    const told = await this.mails.whoDo(manager, found);
    const isOwn = (one: ResolvedContact) => one.personId === personId && one.email === address;
    for (const [n, { id }] of found.entries()) {
      if (told[n].some(isOwn)) continue;
      for (const person of told[n])
        if (!(await this.mails.wasTold(manager, person, id))) await this.mails.tell(manager, person, [id]);
    }
    return found.filter((_, n) => told[n].some(isOwn));
  }

  private async announced(manager: EntityManager, ids: readonly string[]): Promise<Announced[]> {
    const params = new Params();
    const found = await rows<Omit<Announced, 'partyIds'>>(
      manager,
      `SELECT a."id", a."number", a."title", a."areaId", ar."name" AS "areaName", a."dueKind", a."dueOn", a."ownerId",
         a."ownerPersonId", a."isConfidential", ${organisationIdsOf(manager, 'action_co_owners')} AS "coOwnerIds"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId"
       WHERE a."id" IN (${params.list(ids)}) AND a."closedOn" IS NULL AND NOT a."isWithdrawn" AND NOT a."isHandedBack"
         AND a."ownerId" IS NOT NULL ORDER BY natural_key(ar."name"), a."id"`,
      params.values,
      { ...shapeOf(Action), coOwnerIds: 'json' },
    );
    const secret = found.filter(({ isConfidential }) => isConfidential).map(({ id }) => id);
    const parties = await this.recipients.parties(manager, secret);
    return found.map((action) => ({ ...action, partyIds: parties.get(action.id) ?? [] }));
  }

  private render(name: string, actions: readonly Announced[]): Mail {
    const view = {
      name,
      count: actions.length,
      actions: actions.map(({ number, title, areaName, isConfidential, dueKind, dueOn }) => ({
        number,
        // Confidential text is never mailed.
        title: isConfidential ? null : title,
        areaName,
        dueWords: dueWords({ dueKind, dueOn }),
      })),
      url: `${this.settings.PUBLIC_URL}/mijn-acties`,
      municipality: this.settings.MUNICIPALITY,
      unsubscribeUrl: null,
    };
    return {
      ...this.renderer.renderMessage('actions/mails/announcement', view),
      lines: actions.length,
    };
  }
}
