import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { ActionImportsController } from './action-imports.controller.js';
import { ActionImports } from './action-imports.service.js';
import { ImportFacts } from './import-facts.service.js';

@Module({
  imports: [ActionsModule],
  controllers: [ActionImportsController],
  providers: [ActionImports, ImportFacts],
  exports: [ActionImports],
})
export class ExchangeModule {}
