import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions.module.js';
import { AuditModule } from '../../platform/audit/audit.module.js';
import { BatchesController } from './batches.controller.js';
import { Batches } from './batches.service.js';
import { BulkActions } from './bulk.service.js';

@Module({
  imports: [ActionsModule, AuditModule],
  controllers: [BatchesController],
  providers: [Batches, BulkActions],
  exports: [Batches, BulkActions],
})
export class BatchesModule {}
