import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { FilesModule } from '../files/files.module.js';
import { WebModule } from '../web/web.module.js';
import { BudgetsController } from './budgets.controller.js';
import { BudgetSummaries } from './budget-summaries.service.js';
import { Budgets } from './budgets.service.js';
import { InitiativeDecisions } from './decisions.service.js';
import { InitiativeChanges } from './initiative-changes.service.js';
import { InitiativesController } from './initiatives.controller.js';
import { InitiativeFilePagesController } from './files/initiative-file-pages.controller.js';
import { InitiativeFiles } from './files/initiative-files.service.js';
import { InitiativeFilesController } from './files/initiative-files.controller.js';
import { Initiatives } from './initiatives.service.js';
import { BudgetTables } from './tables/budget-tables.service.js';
import { TableBudgets } from './table-budget.service.js';
import { BudgetFilesController } from './pages/budget-files.controller.js';
import { BudgetPagesController } from './pages/budget-pages.controller.js';
import { BudgetPages } from './pages/budget-pages.service.js';
import { InitiativePagesController } from './pages/initiative-pages.controller.js';
import { InitiativePages } from './pages/initiative-pages.service.js';

/** The leefbaarheidsbudget of areas, and the initiatives paid from it. */
@Module({
  imports: [DirectoryModule, WebModule, FilesModule, ActionsModule],
  controllers: [
    BudgetsController,
    InitiativesController,
    InitiativeFilesController,
    InitiativeFilePagesController,
    BudgetFilesController,
    BudgetPagesController,
    InitiativePagesController,
  ],
  providers: [
    Budgets,
    Initiatives,
    InitiativeFiles,
    InitiativeChanges,
    InitiativeDecisions,
    BudgetPages,
    InitiativePages,
    TableBudgets,
    BudgetSummaries,
    BudgetTables,
  ],
  exports: [Budgets, Initiatives, InitiativeChanges, InitiativeDecisions, TableBudgets, BudgetSummaries, BudgetTables],
})
export class BudgetModule {}
