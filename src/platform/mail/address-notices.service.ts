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
const ADDRESS_NEW = 'address-new';
const DAYS_VALID = 7;
const DAY_MS = 86_400_000;

/**
 * Tells a person's former address that mail and sign-in now use another one, so that a takeover is noticed, and the new
 * one that they use it from now on.
 */
@Injectable()
@MakesMail([ADDRESS_CHANGED, ADDRESS_NEW])
export class AddressNotices implements MailKind {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly outbox: Outbox,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
  ) {}

  /** Plans the mails to the address the person had until `version` and to the one that follows, in the transaction of the change. */
  async plan(
    manager: EntityManager,
    { id, email, version }: { id: string; email: string; version: number },
    newEmail: string,
  ): Promise<void> {
    const expiresAt = new Date(this.clock.now().getTime() + DAYS_VALID * DAY_MS).toISOString();
    const mails = [
      { kind: ADDRESS_CHANGED, address: email },
      { kind: ADDRESS_NEW, address: newEmail },
    ];
    for (const { kind, address } of mails)
      await this.outbox.plan(manager, {
        ...{ kind, address, dedupeKey: `${kind} ${id} ${version}` },
        ...{ personId: id, batchId: null, payload: {}, expiresAt },
      });
  }

  /** Null for a former address that is in use again, and for a new one that no longer is, or was theirs before. */
  async make(manager: EntityManager, { kind, personId, address }: OutgoingMessage): Promise<Mail | null> {
    const isNew = kind === ADDRESS_NEW;
    const sql = isNew
      ? `SELECT p."name" FROM "people" p WHERE p."id" = $1 AND p."email" = $2 AND p."active" AND NOT EXISTS (
           SELECT 1 FROM "outgoing_messages" m WHERE m."personId" = p."id" AND m."address" = $2 AND m."kind" = '${ADDRESS_CHANGED}')`
      : 'SELECT p."name" FROM "people" p WHERE p."id" = $1 AND p."email" IS NOT NULL AND p."email" <> $2';
    const person = await row<{ name: string }>(manager, sql, [personId, address]);
    if (!person) return null;
    const { MUNICIPALITY: municipality, PUBLIC_URL } = this.settings;
    const view = { name: person.name, municipality, startUrl: `${PUBLIC_URL}/`, unsubscribeUrl: null };
    return { ...this.renderer.renderMessage(`platform/mails/${kind}`, view), lines: 0 };
  }
}
