import { Global, Module } from '@nestjs/common';
import { MailKinds } from './mail-kinds.js';
import { Outbox } from './outbox.service.js';

@Global()
@Module({ providers: [MailKinds, Outbox], exports: [MailKinds, Outbox] })
export class MailModule {}
