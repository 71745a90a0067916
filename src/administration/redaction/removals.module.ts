import { Module } from '@nestjs/common';
import { MinutesModule } from '../../minutes/minutes.module.js';
import { Destruction } from './destruction.service.js';
import { RegisterRedaction } from './register-redaction.service.js';
import { RemovalsController } from './removals.controller.js';
import { Removals } from './removals.service.js';
import { WordsElsewhere } from './words-elsewhere.service.js';

@Module({
  imports: [MinutesModule],
  controllers: [RemovalsController],
  providers: [Removals, RegisterRedaction, WordsElsewhere, Destruction],
  exports: [Destruction],
})
export class RemovalsModule {}
