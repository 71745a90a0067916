import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.js';
import { AreaMergersController } from './area-mergers.controller.js';
import { AreaMergers } from './area-mergers.service.js';

@Module({
  imports: [AreasModule],
  controllers: [AreaMergersController],
  providers: [AreaMergers],
  exports: [AreaMergers],
})
export class MergersModule {}
