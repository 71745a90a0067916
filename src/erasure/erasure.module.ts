import { Module } from '@nestjs/common';
import { OrganisationsModule } from '../organisations/organisations.module.js';
import { ErasureController } from './erasure.controller.js';
import { Erasures } from './erasure.service.js';
import { PersonExport } from './person-export.service.js';
import { Places } from './places.service.js';

@Module({
  imports: [OrganisationsModule],
  controllers: [ErasureController],
  providers: [Erasures, PersonExport, Places],
  exports: [Erasures],
})
export class ErasureModule {}
