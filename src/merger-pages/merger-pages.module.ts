import { Module } from '@nestjs/common';
import { AdministrationModule } from '../administration/administration.module.js';
import { MergersModule } from '../mergers/mergers.module.js';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { MergerPagesController } from './merger-pages.controller.js';

/** The pages on which an administrator merges an organisation into another. */
@Module({
  imports: [AdministrationModule, MergersModule, OrganisationsModule, PagesModule],
  controllers: [MergerPagesController],
})
export class MergerPagesModule {}
