import { Injectable } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { mustMatch } from '../../platform/common/etag.js';
import { forbidden } from '../../platform/common/problems.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { CreateOrganisationDto } from '../../directory/organisations/organisations.dto.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { ActionImports } from './action-imports.service.js';

/** What a name in a list means: an existing organisation with another name, or a new one. */
export type NameAnswer = { name: string } & ({ organisationId: string } | { isNew: CreateOrganisationDto });

/** Resolves the names in an uploaded list that match no organisation, so that the list itself need not be changed. */
@Injectable()
export class ImportNames {
  constructor(
    private readonly transactions: Transactions,
    private readonly organisations: Organisations,
    private readonly imports: ActionImports,
  ) {}

  /**
   * Adds the new organisations and rereads the rows with these names; answers about other names are ignored. 403 if the
   * caller may not add organisations, 409 if a name is taken or the list was executed or reread meanwhile.
   */
  async settle(id: string, version: number, answers: readonly NameAnswer[], by: Caller): Promise<void> {
    const found = await this.imports.read(id, by);
    mustMatch(found, version);
    const unknown = new Set(found.unknownNames.map(({ name }) => name));
    const asked = answers.filter(({ name }) => unknown.has(name));
    if (asked.some((one) => 'isNew' in one) && !isPermitted(by, 'organisations.write')) throw forbidden();
    const readAs = await this.transactions.run(async (manager) => {
      const ids: Record<string, string> = {};
      for (const one of asked)
        ids[one.name] = 'isNew' in one ? await this.organisations.add(manager, one.isNew, by) : one.organisationId;
      return ids;
    });
    await this.imports.readAgain(id, version, readAs, by);
  }
}
