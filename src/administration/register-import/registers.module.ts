import { Module } from '@nestjs/common';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { ExchangeModule } from '../../actions/import/exchange.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { AreaRows } from './area-rows.js';
import { ContactRows } from './contact-rows.js';
import { GrantRows } from './grant-rows.js';
import { OrganisationRows } from './organisation-rows.js';
import { PersonRows } from './person-rows.js';
import { RegisterImports } from './register-imports.service.js';
import { RegisterRows } from './register-rows.service.js';
import { RegisterTables } from './register-tables.service.js';
import { RegistersController } from './registers.controller.js';

/** Registers filled from a file, and as a file. */
@Module({
  imports: [AreasModule, OrganisationsModule, ExchangeModule],
  controllers: [RegistersController],
  providers: [
    RegisterTables,
    RegisterImports,
    RegisterRows,
    AreaRows,
    OrganisationRows,
    PersonRows,
    ContactRows,
    GrantRows,
  ],
  exports: [RegisterTables, RegisterImports],
})
export class RegistersModule {}
