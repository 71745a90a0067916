import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { row } from '../database/rows.js';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';
import { type Mail, type MailKind, MailKinds } from './mail-kinds.js';
import { Outbox } from './outbox.service.js';
import type { OutgoingMessage } from './outgoing-message.entity.js';

const DAYS_VALID = 7;
const DAY_MS = 86_400_000;

/** Tells a person's former address that mail and sign-in now use another one, so that a takeover is noticed. */
@Injectable()
export class AddressNotices implements MailKind, OnModuleInit {
  readonly kind = 'address-changed';

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly kinds: MailKinds,
    private readonly outbox: Outbox,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.kinds.register(this);
  }

  /** Plans the mail to the address the person had until `version`, in the transaction of the change. */
  async plan(manager: EntityManager, person: { id: string; email: string; version: number }): Promise<void> {
    await this.outbox.plan(manager, {
      ...{ kind: this.kind, dedupeKey: `${this.kind} ${person.id} ${person.version}`, address: person.email },
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
      subject: this.renderer.renderText('platform/mails/address-changed.subject', view).trim(),
      html: this.renderer.renderMail('platform/mails/address-changed', view),
      text: this.renderer.renderText('platform/mails/address-changed', view),
      lines: 0,
    };
  }
}
