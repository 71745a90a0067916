import { Injectable } from '@nestjs/common';
import { hasReach } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { forbidden, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { BackgroundReader } from '../../platform/database/background-reader.js';
import { Params, row } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Person } from '../../directory/people/person.entity.js';
import { GoalAgreement } from '../../goals/goal-agreement.entity.js';
import { Transactions } from '../../platform/database/transactions.js';
import { maySeePerson } from '../../directory/organisations/own.conditions.js';
import { EXPORT_SECTIONS, OWN, SELF } from './export-sections.js';

const FLAGS = { ...shapeOf(Person), ...shapeOf(GoalAgreement) };

/** All data held, by section. */
type PersonExportView = { exportedAt: string; [section: string]: unknown };

/** The data held about one person (article 15 AVG), for that person and for administrators. */
@Injectable()
export class PersonExport {
  constructor(
    private readonly database: Database,
    private readonly reads: BackgroundReader,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** 404 if the caller may not know of the person, 403 if it is someone else. Reading it is audited. */
  async of(personId: string, caller: Caller): Promise<PersonExportView> {
    await this.mustBeVisible(personId, caller);
    const isOwn = personId === caller.personId;
    if (!isOwn && !hasReach(caller, 'people.export', 'all')) throw forbidden();
    const subject = { type: 'person', id: personId };
    await this.transactions.run((manager) => this.audit.record(manager, caller, 'person.exported', subject));
    const parts: PersonExportView = { exportedAt: this.clock.moment() };
    for (const [name, { sql, isPrivate }] of Object.entries(EXPORT_SECTIONS)) {
      if (isPrivate && !isOwn) continue;
      const params = new Params();
      params.add(personId);
      const known = sql.includes(OWN) ? sql.replaceAll(OWN, params.list(caller.organisationIds)) : sql;
      const asked = known.replaceAll(SELF, isOwn ? 'TRUE' : 'FALSE');
      const found = await this.reads.rows(asked, params.values, FLAGS);
      parts[name] = name === 'person' ? found[0] : found;
    }
    return parts;
  }

  private async mustBeVisible(id: string, caller: Caller): Promise<void> {
    const params = new Params();
    const visible = maySeePerson(caller, 'p."id"', params);
    const sql = `SELECT 1 AS "one" FROM "people" p WHERE p."id" = ${params.add(id)} AND ${visible}`;
    if (!(await row(this.database.reader, sql, params.values))) throw notFound();
  }
}
