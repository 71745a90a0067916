import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { FilesModule } from '../files/files.module.js';
import { MinutesModule } from '../minutes/minutes.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { WebModule } from '../web/web.module.js';
import { ErasureController } from './erasure/erasure.controller.js';
import { Erasures } from './erasure/erasure.service.js';
import { GuestsController } from './erasure/guests.controller.js';
import { Guests } from './erasure/guests.service.js';
import { PersonExport } from './erasure/person-export.service.js';
import { NameOccurrences } from './erasure/name-occurrences.service.js';
import { AreaMergerPagesController } from './mergers/area-merger-pages.controller.js';
import { AreaMergersController } from './mergers/area-mergers.controller.js';
import { AreaMergers } from './mergers/area-mergers.service.js';
import { TransferActions } from './mergers/transfer-actions.service.js';
import { MergerPagesController } from './mergers/merger-pages.controller.js';
import { MergersController } from './mergers/mergers.controller.js';
import { Mergers } from './mergers/mergers.service.js';
import { TransferInvitations } from './mergers/transfer-invitations.service.js';
import { MetricsController } from './operations/metrics.controller.js';
import { RequestCounts } from './operations/request-counts.js';
import { LongDue } from './retention/due.js';
import { ServiceState } from './operations/state.service.js';
import { AdministrationController } from './pages/administration.controller.js';
import { AreaPagesController } from './pages/area-pages.controller.js';
import { AuditPagesController } from './pages/audit-pages.controller.js';
import { ContactPagesController } from './pages/contact-pages.controller.js';
import { ErasurePagesController } from './pages/erasure-pages.controller.js';
import { FillingPagesController } from './pages/filling-pages.controller.js';
import { GrantPagesController } from './pages/grant-pages.controller.js';
import { GuestPagesController } from './pages/guest-pages.controller.js';
import { MailPagesController } from './pages/mail-pages.controller.js';
import { MailState } from './pages/mail-state.service.js';
import { MembershipPagesController } from './pages/membership-pages.controller.js';
import { OrganisationPagesController } from './pages/organisation-pages.controller.js';
import { PasskeyPagesController } from './pages/passkey-pages.controller.js';
import { PersonPagesController } from './pages/person-pages.controller.js';
import { LeavingPages } from './pages/leaving-pages.service.js';
import { PersonPages } from './pages/person-pages.service.js';
import { StatePagesController } from './pages/state-pages.controller.js';
import { ClientPage } from './pages/client-page.service.js';
import { ClientPagesController } from './pages/client-pages.controller.js';
import { TokenPagesController } from './pages/token-pages.controller.js';
import { Destruction } from './redaction/destruction.service.js';
import { RedactionPagesController } from './redaction/redaction-pages.controller.js';
import { RedactionPlaces } from './redaction/redaction-places.service.js';
import { RegisterRedaction } from './redaction/register-redaction.service.js';
import { RemovalsController } from './redaction/removals.controller.js';
import { ChairChangePagesController } from './chair-change/chair-change-pages.controller.js';
import { ChairChangesController } from './chair-change/chair-changes.controller.js';
import { ChairChanges } from './chair-change/chair-changes.service.js';
import { MinutesDestruction } from './redaction/minutes-destruction.service.js';
import { MinutesRedaction } from './redaction/minutes-redaction.service.js';
import { AreaRows } from './register-import/area-rows.js';
import { ContactRows } from './register-import/contact-rows.js';
import { BudgetModule } from '../budget/budget.module.js';
import { BudgetRows } from './register-import/budget-rows.js';
import { InitiativeRows } from './register-import/initiative-rows.js';
import { GrantRows } from './register-import/grant-rows.js';
import { OrganisationRows } from './register-import/organisation-rows.js';
import { PersonRows } from './register-import/person-rows.js';
import { RegisterImports } from './register-import/register-imports.service.js';
import { RegisterRows } from './register-import/register-rows.service.js';
import { RegisterTables } from './register-import/register-tables.service.js';
import { RegistersController } from './register-import/registers.controller.js';

/** Registers, mergers, redaction, erasure and the state of the service. */
@Module({
  imports: [
    DirectoryModule,
    IdentityModule,
    WebModule,
    FilesModule,
    ActionsModule,
    BudgetModule,
    MinutesModule,
    SessionsModule,
  ],
  controllers: [
    MergersController,
    AreaMergersController,
    RemovalsController,
    RedactionPagesController,
    RegistersController,
    ErasureController,
    GuestsController,
    MetricsController,
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
    ClientPagesController,
    MailPagesController,
    StatePagesController,
    AuditPagesController,
    MergerPagesController,
    AreaMergerPagesController,
    ChairChangesController,
    ChairChangePagesController,
  ],
  providers: [
    ClientPage,
    Mergers,
    AreaMergers,
    ChairChanges,
    TransferInvitations,
    TransferActions,
    MinutesRedaction,
    RedactionPlaces,
    MinutesDestruction,
    RegisterRedaction,
    Destruction,
    RegisterTables,
    RegisterImports,
    RegisterRows,
    AreaRows,
    OrganisationRows,
    PersonRows,
    ContactRows,
    GrantRows,
    BudgetRows,
    InitiativeRows,
    Erasures,
    Guests,
    PersonExport,
    NameOccurrences,
    RequestCounts,
    ServiceState,
    LongDue,
    PersonPages,
    LeavingPages,
    MailState,
  ],
  exports: [Destruction, RequestCounts, ServiceState],
})
export class AdministrationModule {}
