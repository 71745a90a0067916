import { Global, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AddressNotices } from './address-notices.service.js';
import { Delivery } from './delivery.service.js';
import { MailDoorbell } from './doorbell.js';
import { MailKinds } from './mail-kinds.js';
import { MailLinks } from './mail-links.service.js';
import { MessageClaims } from './message-claims.js';
import { Outbox } from './outbox.service.js';

@Global()
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [MailKinds, Outbox, MessageClaims, Delivery, MailDoorbell, MailLinks, AddressNotices],
  exports: [MailKinds, Outbox, Delivery, MailLinks, AddressNotices],
})
export class MailModule {}
