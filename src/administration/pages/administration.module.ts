import { Module } from '@nestjs/common';
import { ActionsModule } from '../../actions/actions.module.js';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { AuthModule } from '../../identity/auth.module.js';
import { ErasureModule } from '../erasure/erasure.module.js';
import { DigestsModule } from '../../digests/digests.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { PagesModule } from '../../web/pages.module.js';
import { RegistersModule } from '../register-import/registers.module.js';
import { AdministrationController } from './administration.controller.js';
import { AreaPagesController } from './area-pages.controller.js';
import { AuditPagesController } from './audit-pages.controller.js';
import { Choices } from '../../web/choices.service.js';
import { ContactPagesController } from './contact-pages.controller.js';
import { DigestPagesController } from '../../digests/pages/digest-pages.controller.js';
import { ErasurePagesController } from './erasure-pages.controller.js';
import { FillingPagesController } from './filling-pages.controller.js';
import { GrantPagesController } from './grant-pages.controller.js';
import { GuestPagesController } from './guest-pages.controller.js';
import { MailPagesController } from './mail-pages.controller.js';
import { MailState } from './mail-state.service.js';
import { MembershipPagesController } from './membership-pages.controller.js';
import { OrganisationPagesController } from './organisation-pages.controller.js';
import { PasskeyPagesController } from './passkey-pages.controller.js';
import { PersonPagesController } from './person-pages.controller.js';
import { PersonPages } from './person-pages.service.js';
import { StatePagesController } from './state-pages.controller.js';
import { TokenPagesController } from './token-pages.controller.js';

/** "Beheer": the registers, the logs and the state of the mail, on pages. */
@Module({
  imports: [
    ActionsModule,
    AreasModule,
    AuthModule,
    DigestsModule,
    ErasureModule,
    OperationsModule,
    OrganisationsModule,
    PagesModule,
    RegistersModule,
  ],
  controllers: [
    AdministrationController,
    AreaPagesController,
    OrganisationPagesController,
    PersonPagesController,
    MembershipPagesController,
    ErasurePagesController,
    GuestPagesController,
    PasskeyPagesController,
    ContactPagesController,
    GrantPagesController,
    FillingPagesController,
    TokenPagesController,
    DigestPagesController,
    MailPagesController,
    StatePagesController,
    AuditPagesController,
  ],
  providers: [Choices, PersonPages, MailState],
  exports: [Choices],
})
export class AdministrationModule {}
