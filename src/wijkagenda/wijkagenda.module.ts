import { Module } from '@nestjs/common';
import { AreasModule } from '../directory/areas/areas.module.js';
import { GoalsModule } from '../goals/goals.module.js';
import { OpgavenModule } from '../goals/opgaven/opgaven.module.js';
import { OrganisationsModule } from '../directory/organisations/organisations.module.js';
import { EarlyWarningsController } from './early-warnings.controller.js';
import { EarlyWarnings } from './early-warnings.service.js';
import { OpgaveOverviewController } from './opgave-overview.controller.js';
import { OpgaveOverview } from './opgave-overview.service.js';
import { Proposal } from './proposal.service.js';
import { PublicController } from './public.controller.js';
import { Publication } from './publication.service.js';
import { Signals } from './signals.service.js';
import { WijkagendaContents } from './wijkagenda-contents.service.js';
import { WijkagendaDocument } from './wijkagenda-document.service.js';
import { WijkagendasController } from './wijkagendas.controller.js';
import { Wijkagendas } from './wijkagendas.service.js';

@Module({
  imports: [AreasModule, OrganisationsModule, GoalsModule, OpgavenModule],
  controllers: [WijkagendasController, PublicController, EarlyWarningsController, OpgaveOverviewController],
  providers: [
    Wijkagendas,
    WijkagendaContents,
    WijkagendaDocument,
    Publication,
    Proposal,
    Signals,
    EarlyWarnings,
    OpgaveOverview,
  ],
  exports: [OpgaveOverview, Publication, Signals, WijkagendaContents, WijkagendaDocument, Wijkagendas],
})
export class WijkagendaModule {}
