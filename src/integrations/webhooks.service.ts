import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { mustHaveJustSignedIn } from '../platform/access/recent-sign-in.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { mustMatch } from '../platform/common/etag.js';
import { newId } from '../platform/common/ids.js';
import type { Page } from '../platform/common/paging.js';
import { conflict, type FieldError, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { execute, orderOf, pageOf, Params, row, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { lockOne, Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { isAllowedTarget } from './addresses.rules.js';
import { Webhook } from './webhook.entity.js';
import type { ChangeWebhookDto, CreateWebhookDto, NewWebhook, WebhookListDto, WebhookView } from './webhooks.dto.js';
import { REASONS, secretOf } from './webhooks.rules.js';
import { isCurrentArea, NOT_AN_AREA } from '../directory/areas/current-areas.js';

const SORT = { name: 'natural_key(w."name")', area: 'natural_key(a."name")', createdAt: 'w."createdAt"' };
const ofIt = 'FROM "webhook_deliveries" d WHERE d."webhookId" = w."id"';
const COLUMNS = `w."id", w."name", w."url", w."areaId", a."name" AS "areaName", w."kinds", w."createdAt", w."rotatedAt",
  w."endedAt", w."version", (SELECT max(d."deliveredAt") ${ofIt}) AS "lastDeliveredAt",
  (SELECT count(*) ${ofIt} AND d."state" IN ('planned', 'claimed', 'deferred')) AS "waiting",
  (SELECT count(*) ${ofIt} AND d."state" = 'dead') AS "dead"`;
const FROM = '"webhooks" w JOIN "areas" a ON a."id" = w."areaId"';
const SHAPE = shapeOf(Webhook);

/** Subscriptions of other systems to the events of an area. */
@Injectable()
export class Webhooks {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(query: WebhookListDto): Promise<Page<WebhookView>> {
    const orderBy = orderOf(query.sort, SORT, 'natural_key(w."name"), w."id"');
    const where = query.working === undefined ? 'TRUE' : `(w."endedAt" IS NULL) = ${query.working ? 'TRUE' : 'FALSE'}`;
    const asked = { select: COLUMNS, from: FROM, where, orderBy, params: new Params(), shape: SHAPE };
    return pageOf<WebhookView>(this.database.reader, asked, query);
  }

  /** One subscription; 404 if there is none. */
  async read(id: string, source: Source = this.database.reader): Promise<WebhookView> {
    const found = await row<WebhookView>(source, `SELECT ${COLUMNS} FROM ${FROM} WHERE w."id" = $1`, [id], SHAPE);
    if (!found) throw notFound();
    return found;
  }

  /**
   * Subscribes to events from now on; only this result contains the secret. 400 for an unknown or merged area or a URL that is
   * not allowed.
   */
  create(input: CreateWebhookDto, by: Caller): Promise<NewWebhook> {
    this.mustBeRecent(by);
    return this.transactions.run(async (manager) => {
      const errors = this.violations(input);
      if (!(await isCurrentArea(manager, input.areaId))) errors.push(NOT_AN_AREA);
      if (errors.length > 0) throw invalid(errors);
      const { name, url, areaId, kinds } = input;
      const made = { id: newId(), createdAt: this.clock.moment(), createdById: by.personId, version: 1 };
      const fresh = { secretNumber: 1, rotatedAt: null, endedAt: null };
      await manager.insert(Webhook, { name, url, areaId, kinds, ...fresh, ...made });
      await this.audit.record(manager, by, 'webhook.created', { type: 'webhook', id: made.id, areaId });
      return { ...(await this.read(made.id, manager)), secret: this.secretOf(made.id, 1) };
    });
  }

  /** 409 `WEBHOOK_ENDED` once it was ended; 400 for a URL that is not allowed. */
  change(id: string, input: ChangeWebhookDto, version: number, by: Caller): Promise<WebhookView> {
    this.mustBeRecent(by);
    return this.transactions.run(async (manager) => {
      const { areaId } = await this.lock(manager, id, version);
      const errors = this.violations(input);
      if (errors.length > 0) throw invalid(errors);
      const { name, url, kinds } = input;
      await updateRow(manager, Webhook, id, { name, url, kinds });
      await this.audit.record(manager, by, 'webhook.changed', { type: 'webhook', id, areaId });
      return this.read(id, manager);
    });
  }

  /** Ends it permanently; pending deliveries are skipped. */
  end(id: string, version: number, by: Caller): Promise<WebhookView> {
    return this.transactions.run(async (manager) => {
      const { areaId } = await this.lock(manager, id, version);
      await updateRow(manager, Webhook, id, { endedAt: this.clock.moment() });
      await execute(
        manager,
        `UPDATE "webhook_deliveries" SET "state" = 'skipped', "reason" = '${REASONS.ended}'
         WHERE "webhookId" = $1 AND "state" IN ('planned', 'deferred')`,
        [id],
      );
      await this.audit.record(manager, by, 'webhook.ended', { type: 'webhook', id, areaId });
      return this.read(id, manager);
    });
  }

  /** Replaces the secret; only this result contains it. The previous one also signs for `SECRET_OVERLAP_HOURS`. */
  rotate(id: string, by: Caller): Promise<NewWebhook> {
    this.mustBeRecent(by);
    return this.transactions.run(async (manager) => {
      const { areaId, secretNumber } = await this.lock(manager, id);
      const next = { secretNumber: secretNumber + 1, rotatedAt: this.clock.moment() };
      await updateRow(manager, Webhook, id, next);
      await this.audit.record(manager, by, 'webhook.secret_rotated', { type: 'webhook', id, areaId });
      return { ...(await this.read(id, manager)), secret: this.secretOf(id, next.secretNumber) };
    });
  }

  /** What is wrong with a URL, which its form says together with everything else. */
  violations({ url }: { url?: string }): FieldError[] {
    const isAllowed = url === undefined || isAllowedTarget(url, this.settings.WEBHOOK_PRIVATE_ADDRESSES === 'on');
    const message = 'url must be an https address on the public internet, without credentials or fragment';
    return isAllowed ? [] : [{ field: 'url', message }];
  }

  /** Nobody who finds an unlocked screen can send events elsewhere. */
  private mustBeRecent(by: Caller): void {
    if (by.how === 'session') mustHaveJustSignedIn(by, this.clock.now());
  }

  private secretOf(id: string, number: number): string {
    return secretOf(this.settings.SECRET_KEY, id, number);
  }

  private async lock(manager: EntityManager, id: string, version?: number): Promise<Webhook> {
    const webhook = await lockOne(manager, Webhook, id);
    if (version !== undefined) mustMatch(webhook, version);
    if (webhook.endedAt !== null) throw conflict('WEBHOOK_ENDED', 'This subscription was ended.');
    return webhook;
  }
}
