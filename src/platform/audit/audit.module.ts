import { Global, Module } from '@nestjs/common';
import { AuditEntriesController } from './audit-entries.controller.js';
import { AuditEntries } from './audit-entries.service.js';
import { Audit } from './audit.service.js';
import { AuditHeadLog } from './head-log.js';

@Global()
@Module({
  controllers: [AuditEntriesController],
  providers: [Audit, AuditEntries, AuditHeadLog],
  exports: [Audit, AuditEntries],
})
export class AuditModule {}
