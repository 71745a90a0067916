import { Body, Controller, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { Deliveries } from './deliveries.service.js';
import { ChangeWebhookDto, CreateWebhookDto, DeliveryListDto, WebhookListDto } from './webhooks.dto.js';
import { Webhooks } from './webhooks.service.js';
import { HOURS_TRIED, SECRET_OVERLAP_HOURS } from './webhooks.rules.js';

@Controller('v1/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
  ) {}

  @Get()
  @Requires('webhooks.read')
  @Describe('List webhooks: subscriptions of other systems to the events of an area')
  list(@Query() query: WebhookListDto) {
    return this.webhooks.list(query);
  }

  @Post()
  @Requires('webhooks.write')
  @Describe('Subscribe a URL to the events of an area; only this response contains the secret', {
    rules: `Delivery is retried for ${HOURS_TRIED} hours. Events are never about anything confidential, and contain no text.`,
  })
  create(@Body() input: CreateWebhookDto, @CurrentCaller() caller: Caller) {
    return this.webhooks.create(input, caller);
  }

  @Get(':id')
  @Requires('webhooks.read')
  @Describe('Read a webhook')
  read(@Param('id', IdPipe) id: string) {
    return this.webhooks.read(id);
  }

  @Patch(':id')
  @Requires('webhooks.write')
  @Describe('Change the name, URL or kinds of a webhook')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeWebhookDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.webhooks.change(id, input, version, caller);
  }

  @Put(':id/ending')
  @Requires('webhooks.write')
  @Describe('End a webhook permanently; pending events are not delivered')
  end(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.webhooks.end(id, version, caller);
  }

  @Post(':id/secrets')
  @Requires('webhooks.write')
  @Describe('Replace the secret of a webhook; only this response contains it', {
    rules: `The previous secret also signs for another ${SECRET_OVERLAP_HOURS} hours.`,
  })
  rotate(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.webhooks.rotate(id, caller);
  }

  @Get(':id/deliveries')
  @Requires('webhooks.read')
  @Describe('List the deliveries of a webhook, newest first')
  listDeliveries(@Param('id', IdPipe) id: string, @Query() query: DeliveryListDto) {
    return this.deliveries.list(id, query);
  }

  @Post(':id/deliveries/:deliveryId/attempts')
  @HttpCode(200)
  @Requires('webhooks.write')
  @Describe('Deliver an event again, whatever its state')
  retry(
    @Param('id', IdPipe) id: string,
    @Param('deliveryId', IdPipe) deliveryId: string,
    @CurrentCaller() caller: Caller,
  ) {
    return this.deliveries.retry(id, deliveryId, caller);
  }
}
