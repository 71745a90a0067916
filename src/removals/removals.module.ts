import { Module } from '@nestjs/common';
import { MinutesModule } from '../minutes/minutes.module.js';
import { RemovalsController } from './removals.controller.js';
import { Removals } from './removals.service.js';

@Module({
  imports: [MinutesModule],
  controllers: [RemovalsController],
  providers: [Removals],
})
export class RemovalsModule {}
