import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { WebModule } from '../web/web.module.js';
import { BudgetsController } from './budgets.controller.js';
import { Budgets } from './budgets.service.js';
import { InitiativeDecisions } from './decisions.service.js';
import { InitiativeChanges } from './initiative-changes.service.js';
import { InitiativesController } from './initiatives.controller.js';
import { Initiatives } from './initiatives.service.js';

/** The leefbaarheidsbudget of areas, and the initiatives paid from it. */
@Module({
  imports: [DirectoryModule, WebModule, ActionsModule],
  controllers: [BudgetsController, InitiativesController],
  providers: [Budgets, Initiatives, InitiativeChanges, InitiativeDecisions],
  exports: [Budgets, Initiatives, InitiativeDecisions],
})
export class BudgetModule {}
