import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { BudgetModule } from '../budget/budget.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { WebModule } from '../web/web.module.js';
import { QuestionPagesController } from './pages/question-pages.controller.js';
import { QuestionPages } from './pages/question-pages.service.js';
import { QuestionChanges } from './question-changes.service.js';
import { QuestionMail } from './question-mail.service.js';
import { QuestionOutcomes } from './question-outcomes.service.js';
import { QuestionsController } from './questions.controller.js';
import { QuestionScheduler } from './questions.scheduler.js';
import { Questions } from './questions.service.js';
import { QuestionTables } from './tables/question-tables.service.js';
import { TableQuestions } from './table-questions.service.js';

/** Questions of organisations and residents, and their outcomes. */
@Module({
  imports: [DirectoryModule, WebModule, MeetingsModule, ActionsModule, BudgetModule],
  controllers: [QuestionsController, QuestionPagesController],
  providers: [
    Questions,
    QuestionChanges,
    QuestionOutcomes,
    QuestionMail,
    QuestionScheduler,
    TableQuestions,
    QuestionTables,
    QuestionPages,
  ],
  exports: [QuestionPages, Questions, TableQuestions, QuestionMail, QuestionScheduler],
})
export class QuestionsModule {}
