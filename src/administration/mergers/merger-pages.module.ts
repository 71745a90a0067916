import { Module } from '@nestjs/common';
import { AdministrationModule } from '../pages/administration.module.js';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { MergersModule } from './mergers.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { PagesModule } from '../../web/pages.module.js';
import { AreaMergerPagesController } from './area-merger-pages.controller.js';
import { MergerPagesController } from './merger-pages.controller.js';

/** The pages on which an administrator merges an area or an organisation into another. */
@Module({
  imports: [AdministrationModule, AreasModule, MergersModule, OrganisationsModule, PagesModule],
  controllers: [MergerPagesController, AreaMergerPagesController],
})
export class MergerPagesModule {}
