import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions.module.js';
import { InterpretationController } from './interpretation.controller.js';
import { Interpretation } from './interpretation.service.js';

@Module({
  imports: [ActionsModule],
  controllers: [InterpretationController],
  providers: [Interpretation],
  exports: [Interpretation],
})
export class InterpretationModule {}
