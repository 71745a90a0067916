import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { WebModule } from '../web/web.module.js';
import { Deliveries } from './deliveries.service.js';
import { EventPlanner } from './event-planner.service.js';
import { IntegrationsScheduler } from './integrations.scheduler.js';
import { DeliveryPagesController } from './pages/delivery-pages.controller.js';
import { WebhookPage } from './pages/webhook-page.service.js';
import { WebhookPagesController } from './pages/webhook-pages.controller.js';
import { WebhookClaims } from './webhook-claims.js';
import { WebhookSender } from './webhook-sender.service.js';
import { WebhooksController } from './webhooks.controller.js';
import { Webhooks } from './webhooks.service.js';

/** Delivering events to other systems. */
@Module({
  imports: [DirectoryModule, WebModule],
  controllers: [WebhooksController, WebhookPagesController, DeliveryPagesController],
  providers: [Webhooks, Deliveries, EventPlanner, WebhookClaims, WebhookSender, WebhookPage, IntegrationsScheduler],
})
export class IntegrationsModule {}
