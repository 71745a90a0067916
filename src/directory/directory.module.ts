import { Module } from '@nestjs/common';
import { AreasController } from './areas/areas.controller.js';
import { Areas } from './areas/areas.service.js';
import { AnsweringService } from './organisations/answering.service.js';
import { ContactsController } from './organisations/contacts.controller.js';
import { Contacts } from './organisations/contacts.service.js';
import { GrantsController } from './organisations/grants.controller.js';
import { Grants } from './organisations/grants.service.js';
import { MembershipsController } from './organisations/memberships.controller.js';
import { Memberships } from './organisations/memberships.service.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { Organisations } from './organisations/organisations.service.js';
import { PeopleController } from './organisations/people.controller.js';
import { People } from './organisations/people.service.js';
import { Standings } from './organisations/standings.service.js';

/** Areas, organisations, people, contacts and grants. */
@Module({
  controllers: [
    AreasController,
    OrganisationsController,
    PeopleController,
    MembershipsController,
    ContactsController,
    GrantsController,
  ],
  providers: [Areas, AnsweringService, Organisations, Standings, Memberships, Contacts, Grants, People],
  exports: [Areas, AnsweringService, Organisations, Memberships, Contacts, Grants, People],
})
export class DirectoryModule {}
