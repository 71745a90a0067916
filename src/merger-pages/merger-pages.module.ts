import { Module } from '@nestjs/common';
import { AdministrationModule } from '../administration/administration.module.js';
import { AreasModule } from '../areas/areas.module.js';
import { MergersModule } from '../mergers/mergers.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { AreaMergerPagesController } from './area-merger-pages.controller.js';
import { MergerPagesController } from './merger-pages.controller.js';

/** The pages on which an administrator merges an area or an organisation into another. */
@Module({
  imports: [AdministrationModule, AreasModule, MergersModule, OrganisationsModule, PagesModule],
  controllers: [MergerPagesController, AreaMergerPagesController],
})
export class MergerPagesModule {}
