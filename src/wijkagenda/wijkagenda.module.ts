import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.js';
import { GoalsModule } from '../goals/goals.module.js';
import { Proposal } from './proposal.service.js';
import { PublicController } from './public.controller.js';
import { Publication } from './publication.service.js';
import { WijkagendaContents } from './wijkagenda-contents.service.js';
import { WijkagendaDocument } from './wijkagenda-document.service.js';
import { WijkagendasController } from './wijkagendas.controller.js';
import { Wijkagendas } from './wijkagendas.service.js';

@Module({
  imports: [AreasModule, GoalsModule],
  controllers: [WijkagendasController, PublicController],
  providers: [Wijkagendas, WijkagendaContents, WijkagendaDocument, Publication, Proposal],
})
export class WijkagendaModule {}
