import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions.module.js';
import { BatchesModule } from '../bulk/batches.module.js';
import { ActionImportsController } from './action-imports.controller.js';
import { ActionImports } from './action-imports.service.js';
import { ImportFacts } from './import-facts.service.js';
import { ReadingThread } from './reading-thread.js';

@Module({
  imports: [ActionsModule, BatchesModule],
  controllers: [ActionImportsController],
  providers: [ActionImports, ImportFacts, ReadingThread],
  exports: [ActionImports, ReadingThread],
})
export class ExchangeModule {}
