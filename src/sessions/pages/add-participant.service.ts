import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import type { CreateSessionActionDto } from '../../actions/actions.dto.js';
import { Actions } from '../../actions/actions.service.js';
import type { ActionView } from '../../actions/actions.views.js';
import { Attendances } from '../attendance/attendances.service.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { CreateOrganisationDto } from '../../directory/organisations/organisations.dto.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import type { CreatePersonDto } from '../../directory/people/people.dto.js';
import { NewPeople } from '../../directory/people/new-people.service.js';

/** Adds an unknown person or organisation with their attendance or action in one transaction. */
@Injectable()
export class AddParticipant {
  constructor(
    private readonly transactions: Transactions,
    private readonly organisations: Organisations,
    private readonly newPeople: NewPeople,
    private readonly attendances: Attendances,
    private readonly actions: Actions,
  ) {}

  /**
   * Adds a person, present at the session; `organisation` is their new organisation, if any. Errors as for its parts.
   */
  seat(
    sessionId: string,
    person: CreatePersonDto,
    organisation: CreateOrganisationDto | undefined,
    by: Caller,
  ): Promise<void> {
    return this.transactions.run(async (manager) => {
      const organisationId = organisation
        ? await this.organisations.add(manager, organisation, by)
        : person.organisationId;
      const personId = await this.newPeople.add(manager, { ...person, organisationId }, by);
      await this.attendances.add(manager, sessionId, { personId, organisationId, status: 'present' }, by);
    });
  }

  /**
   * Records an action in an open session; `owner` is the new organisation that does it, if any. Errors as for its
   * parts.
   */
  assign(
    sessionId: string,
    action: CreateSessionActionDto,
    owner: CreateOrganisationDto | undefined,
    by: Caller,
  ): Promise<ActionView> {
    return this.transactions.run(async (manager) => {
      const ownerId = owner ? await this.organisations.add(manager, owner, by) : action.ownerId;
      return this.actions.recordAtTable(manager, sessionId, { ...action, ownerId }, by);
    }, by.once);
  }
}
