import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { AboutController } from './about.controller.js';
import { SelectOptions } from './select-options.service.js';
import { FirstSteps } from './first-steps.service.js';
import { KeptForms } from './kept-forms.service.js';
import { LinkPages } from './link-pages.js';
import { PageProblems } from './page-problems.service.js';
import { Pages } from './pages.service.js';
import { AccountController } from './sign-in/account.controller.js';
import { OpenIdController } from './sign-in/openid.controller.js';
import { PasskeysController } from './sign-in/passkeys.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';

/** The page kit, the sign-in pages, and pages that belong to no other room. */
@Module({
  imports: [DirectoryModule, IdentityModule],
  controllers: [AboutController, OpenIdController, PasskeysController, SignInController, AccountController],
  providers: [LinkPages, KeptForms, Pages, PageProblems, FirstSteps, SelectOptions],
  exports: [LinkPages, Pages, PageProblems, FirstSteps, SelectOptions],
})
export class WebModule {}
