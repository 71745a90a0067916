import { Module } from '@nestjs/common';
import { AreasController } from './areas/areas.controller.js';
import { Areas } from './areas/areas.service.js';
import { ContactResolver } from './organisations/contact-resolver.service.js';
import { ContactsController } from './organisations/contacts.controller.js';
import { Contacts } from './organisations/contacts.service.js';
import { GrantsController } from './organisations/grants.controller.js';
import { Grants } from './organisations/grants.service.js';
import { MembershipsController } from './organisations/memberships.controller.js';
import { Memberships } from './organisations/memberships.service.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { Organisations } from './organisations/organisations.service.js';
import { PeopleController } from './organisations/people.controller.js';
import { NewPeople } from './organisations/new-people.service.js';
import { WelcomeMail } from './welcome/welcome-mail.service.js';
import { People } from './organisations/people.service.js';

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
  providers: [Areas, ContactResolver, Organisations, Memberships, Contacts, Grants, People, NewPeople, WelcomeMail],
  exports: [Areas, ContactResolver, Organisations, Memberships, Contacts, Grants, People, NewPeople, WelcomeMail],
})
export class DirectoryModule {}
