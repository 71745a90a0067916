import { Module } from '@nestjs/common';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { ErasureController } from './erasure.controller.js';
import { Erasures } from './erasure.service.js';
import { GuestsController } from './guests.controller.js';
import { Guests } from './guests.service.js';
import { PersonExport } from './person-export.service.js';
import { Places } from './places.service.js';

@Module({
  imports: [OrganisationsModule],
  controllers: [ErasureController, GuestsController],
  providers: [Erasures, Guests, PersonExport, Places],
  exports: [Erasures, Guests],
})
export class ErasureModule {}
