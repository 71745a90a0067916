import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { row } from '../database/rows.js';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';
import { type Mail, type MailKind, MakesMail } from './mail-kinds.js';
import { Outbox } from './outbox.service.js';
import type { OutgoingMessage } from './outgoing-message.entity.js';

const ADDRESS_CHANGED = 'address-changed';
const DAYS_VALID = 7;
const DAY_MS = 86_400_000;

/** Tells a person's former address that mail and sign-in now use another one, so that a takeover is noticed. */
@Injectable()
@MakesMail([ADDRESS_CHANGED])
export class AddressNotices implements MailKind {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly outbox: Outbox,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
  ) {}

  /** Plans the mail to the address the person had until `version`, in the transaction of the change. */
  async plan(manager: EntityManager, person: { id: string; email: string; version: number }): Promise<void> {
    await this.outbox.plan(manager, {
      ...{
        kind: ADDRESS_CHANGED,
        dedupeKey: `${ADDRESS_CHANGED} ${person.id} ${person.version}`,
        address: person.email,
      },
      ...{ personId: person.id, batchId: null, payload: {} },
      expiresAt: new Date(this.clock.now().getTime() + DAYS_VALID * DAY_MS).toISOString(),
    });
  }

  async make(manager: EntityManager, { personId, address }: OutgoingMessage): Promise<Mail | null> {
    const sql = 'SELECT "name" FROM "people" WHERE "id" = $1 AND "email" IS NOT NULL AND "email" <> $2';
    const person = await row<{ name: string }>(manager, sql, [personId, address]);
    if (!person) return null;
    const view = { name: person.name, municipality: this.settings.MUNICIPALITY, unsubscribeUrl: null };
    return {
      ...this.renderer.renderMessage('platform/mails/address-changed', view),
      lines: 0,
    };
  }
}
