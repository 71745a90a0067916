import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { BatchesModule } from '../batches/batches.module.js';
import { QuarterlyResultsModule } from '../quarterly-results/quarterly-results.module.js';
import { AboutController } from './about.controller.js';
import { AccountController } from './account.controller.js';
import { ActionTableController } from './action-table.controller.js';
import { FirstSteps } from './first-steps.service.js';
import { MyActionsController } from './my-actions.controller.js';
import { MyActions } from './my-actions.service.js';
import { OpenIdController } from './openid.controller.js';
import { PageProblems } from './page-problems.service.js';
import { PasskeysController } from './passkeys.controller.js';
import { Pages } from './pages.service.js';
import { SignInController } from './sign-in.controller.js';

/** The pages for who has signed in, and signing in itself. */
@Module({
  imports: [ActionsModule, BatchesModule, AuthModule, QuarterlyResultsModule],
  controllers: [
    AboutController,
    OpenIdController,
    PasskeysController,
    SignInController,
    AccountController,
    ActionTableController,
    MyActionsController,
  ],
  providers: [Pages, PageProblems, MyActions, FirstSteps],
  exports: [Pages, PageProblems, FirstSteps],
})
export class PagesModule {}
