import { Module } from '@nestjs/common';
import { AreasController } from './areas/areas.controller.js';
import { Areas } from './areas/areas.service.js';
import { ContactResolver } from './people/contact-resolver.service.js';
import { ContactsController } from './people/contacts.controller.js';
import { Contacts } from './people/contacts.service.js';
import { GrantsController } from './people/grants.controller.js';
import { Grants } from './people/grants.service.js';
import { MembershipsController } from './people/memberships.controller.js';
import { Memberships } from './people/memberships.service.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { Organisations } from './organisations/organisations.service.js';
import { PeopleController } from './people/people.controller.js';
import { NewPeople } from './people/new-people.service.js';
import { WelcomeMail } from './welcome/welcome-mail.service.js';
import { People } from './people/people.service.js';

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
