import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { Limits } from './access/limits.service.js';
import { AuditEntriesController } from './audit/audit-entries.controller.js';
import { AuditEntries } from './audit/audit-entries.service.js';
import { Audit } from './audit/audit.service.js';
import { AuditHeadLog } from './audit/head-log.js';
import { Clock } from './common/clock.js';
import { Checkpoints } from './sqlite/checkpoints.js';
import { CommitSignals } from './database/commit-signals.js';
import { Database } from './database/database.js';
import { RowHistory } from './database/row-history.js';
import { HealthController } from './server/health.controller.js';
import { BackgroundReader } from './database/background-reader.js';
import { Transactions } from './database/transactions.js';
import { AddressNotices } from './mail/address-notices.service.js';
import { Delivery } from './mail/delivery.service.js';
import { HoldWatch } from './mail/hold-watch.js';
import { MailScheduler } from './mail/mail.scheduler.js';
import { MailKinds } from './mail/mail-kinds.js';
import { MailLinks } from './mail/mail-links.service.js';
import { MessageClaims } from './mail/message-claims.js';
import { Outbox } from './mail/outbox.service.js';
import { ApiDocument } from './openapi/api-document.js';
import { BackgroundWorker } from './rendering/background-worker.js';
import { AssetsController } from './rendering/assets.controller.js';
import { Assets } from './rendering/assets.js';
import { PageFrame } from './rendering/page-frame.js';
import { Renderer } from './rendering/renderer.js';
import { Theme } from './rendering/theme.js';
import { SETTINGS, type Settings } from './settings.js';

/** The foundation of every other room: clock, database, audit trail, rendering and the outbox. */
@Global()
@Module({})
export class PlatformModule {
  static of(settings: Settings, database: Database, clock: Clock): DynamicModule {
    const given = [
      { provide: SETTINGS, useValue: settings },
      { provide: Clock, useValue: clock },
      { provide: Database, useValue: database },
    ];
    return {
      module: PlatformModule,
      // Tests call what a tick does.
      imports: [DiscoveryModule, ScheduleModule.forRoot({ intervals: settings.NODE_ENV !== 'test' })],
      controllers: [HealthController, AuditEntriesController, AssetsController],
      providers: [
        ...given,
        Transactions,
        { provide: Checkpoints, useFactory: () => new Checkpoints(database) },
        CommitSignals,
        BackgroundReader,
        RowHistory,
        Audit,
        AuditEntries,
        AuditHeadLog,
        ApiDocument,
        BackgroundWorker,
        Theme,
        Assets,
        PageFrame,
        Renderer,
        HoldWatch,
        MailKinds,
        Outbox,
        MessageClaims,
        Delivery,
        MailScheduler,
        MailLinks,
        AddressNotices,
        Limits,
      ],
      exports: [
        ApiDocument,
        ...given,
        Transactions,
        CommitSignals,
        BackgroundReader,
        RowHistory,
        Audit,
        AuditEntries,
        BackgroundWorker,
        PageFrame,
        Renderer,
        Theme,
        HoldWatch,
        MailKinds,
        Outbox,
        Delivery,
        MailLinks,
        AddressNotices,
        Limits,
      ],
    };
  }
}
