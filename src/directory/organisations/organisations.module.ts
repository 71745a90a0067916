import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.js';
import { AnsweringService } from './answering.service.js';
import { ContactsController } from './contacts.controller.js';
import { Contacts } from './contacts.service.js';
import { GrantsController } from './grants.controller.js';
import { Grants } from './grants.service.js';
import { MembershipsController } from './memberships.controller.js';
import { Memberships } from './memberships.service.js';
import { OrganisationsController } from './organisations.controller.js';
import { Organisations } from './organisations.service.js';
import { PeopleController } from './people.controller.js';
import { People } from './people.service.js';
import { Standings } from './standings.service.js';

@Module({
  imports: [AreasModule],
  controllers: [OrganisationsController, PeopleController, MembershipsController, ContactsController, GrantsController],
  providers: [AnsweringService, Organisations, Standings, Memberships, Contacts, Grants, People],
  exports: [AnsweringService, Organisations, Memberships, Contacts, Grants, People],
})
export class OrganisationsModule {}
