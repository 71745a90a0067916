import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AuthModule } from '../identity/auth.module.js';
import { BatchesModule } from '../actions/bulk/batches.module.js';
import { QuarterlyResultsModule } from '../wijkagenda/quarterly-results/quarterly-results.module.js';
import { AboutController } from './about.controller.js';
import { AccountController } from './sign-in/account.controller.js';
import { ActionTableController } from '../actions/pages/action-table.controller.js';
import { FirstSteps } from './first-steps.service.js';
import { MyActionsController } from '../home/my-actions.controller.js';
import { MyActions } from '../home/my-actions.service.js';
import { OpenIdController } from './sign-in/openid.controller.js';
import { PageProblems } from './page-problems.service.js';
import { PasskeysController } from './sign-in/passkeys.controller.js';
import { Pages } from './pages.service.js';
import { SignInController } from './sign-in/sign-in.controller.js';

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
