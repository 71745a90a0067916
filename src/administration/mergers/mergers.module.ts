import { Module } from '@nestjs/common';
import { ActionsModule } from '../../actions/actions.module.js';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { AuditModule } from '../../platform/audit/audit.module.js';
import { BatchesModule } from '../../actions/bulk/batches.module.js';
import { AreaMergersController } from './area-mergers.controller.js';
import { AreaMergers } from './area-mergers.service.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { HandedOverWork } from './handed-over-work.service.js';
import { MergersController } from './mergers.controller.js';
import { Mergers } from './mergers.service.js';
import { MovedSeats } from './moved-seats.service.js';

@Module({
  imports: [AreasModule, AuditModule, OrganisationsModule, ActionsModule, BatchesModule],
  controllers: [MergersController, AreaMergersController],
  providers: [Mergers, AreaMergers, MovedSeats, HandedOverWork],
  exports: [Mergers, AreaMergers],
})
export class MergersModule {}
