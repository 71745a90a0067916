import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { BatchesModule } from '../batches/batches.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { HandedOverWork } from './handed-over-work.service.js';
import { MergersController } from './mergers.controller.js';
import { Mergers } from './mergers.service.js';
import { MovedSeats } from './moved-seats.service.js';

@Module({
  imports: [AuditModule, OrganisationsModule, ActionsModule, BatchesModule],
  controllers: [MergersController],
  providers: [Mergers, MovedSeats, HandedOverWork],
  exports: [Mergers],
})
export class MergersModule {}
