import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import { type Actor, asPerson, type Caller } from '../../platform/access/caller.js';
import { Area } from '../../directory/areas/area.entity.js';
import { Person } from '../../directory/people/person.entity.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { forbidden, invalid, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { orderOf, pageOf, Params, row, rows, type Source } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { PublicationRequest, type PublicationSubject } from './publication-request.entity.js';
import type { PublicationRequestDto, PublicationRequestView } from './publication-requests.dto.js';
import { NOT_AN_AREA } from '../../directory/areas/current-areas.js';

const COLUMNS = 'r."id", r."subject", r."areaId", a."name" AS "areaName", r."askedAt", r."version"';
const FROM = '"publication_requests" r LEFT JOIN "areas" a ON a."id" = r."areaId"';
const BY_SUBJECT = 'r."subject", CASE WHEN r."areaId" IS NULL THEN 0 ELSE 1 END, natural_key(a."name"), r."id"';
const SORT = { askedAt: 'r."askedAt"' };

/** People's requests for a mail when something is published. */
@Injectable()
export class PublicationRequests {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The caller's requests: by subject, those for everything first, then by area. */
  list(query: PagingDto, by: Caller) {
    const orderBy = orderOf(query.sort, SORT, BY_SUBJECT);
    const params = new Params();
    const where = `r."personId" = ${params.add(by.personId)}`;
    const page = { select: COLUMNS, from: FROM, where, orderBy, params };
    return pageOf<PublicationRequestView>(this.database.reader, page, query);
  }

  /** All of the caller's requests for one subject. */
  of(subject: PublicationSubject, by: Caller): Promise<PublicationRequestView[]> {
    return rows<PublicationRequestView>(
      this.database.reader,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE r."personId" = $1 AND r."subject" = $2 ORDER BY ${BY_SUBJECT}`,
      [by.personId, subject],
    );
  }

  /**
   * Adds a request for an area, or for everything the caller may read. 403 if they may not read it; repeating it
   * changes nothing.
   */
  async ask(input: PublicationRequestDto, by: Caller): Promise<PublicationRequestView> {
    const { subject } = input;
    const areaId = input.areaId ?? null;
    return this.transactions.run(async (manager) => {
      if (areaId && !(await manager.existsBy(Area, { id: areaId }))) throw invalid([NOT_AN_AREA]);
      if (areaId && !isPermittedIn(by, 'reviews.read', areaId)) throw forbidden();
      // Serialised per person: a unique constraint does not compare the null of "everything".
      const { id: personId } = await lockOne(manager, Person, asPerson(by).personId);
      const known = await manager.findOneBy(PublicationRequest, { personId, subject, areaId: areaId ?? IsNull() });
      const id = known?.id ?? newId();
      if (!known) {
        const askedAt = this.clock.moment();
        await manager.insert(PublicationRequest, { id, personId, subject, areaId, askedAt, version: 1 });
        await this.audit.record(manager, by, 'publication.asked', { type: 'publication', id });
      }
      return this.one(manager, personId, id);
    }, by.once);
  }

  /** 404 if it is not the caller's own. */
  stop(id: string, version: number, by: Caller): Promise<PublicationRequestView> {
    return this.transactions.run(async (manager) => {
      const view = await this.one(manager, asPerson(by).personId, id);
      mustMatch(await lockOne(manager, PublicationRequest, id), version);
      await this.end(manager, id, by);
      return view;
    });
  }

  /** Deletes all of a person's requests for one subject, from a link in a mail and without sign-in. Idempotent. */
  async stopAll(personId: string, subject: PublicationSubject): Promise<void> {
    await this.transactions.run(async (manager) => {
      await lockOne(manager, Person, personId);
      for (const { id } of await manager.findBy(PublicationRequest, { personId, subject }))
        await this.end(manager, id, { personId, how: 'link' });
    });
  }

  private async end(manager: EntityManager, id: string, by: Actor): Promise<void> {
    await manager.delete(PublicationRequest, id);
    await this.audit.record(manager, by, 'publication.stopped', { type: 'publication', id });
  }

  private async one(source: Source, personId: string, id: string): Promise<PublicationRequestView> {
    const found = await row<PublicationRequestView>(
      source,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE r."personId" = $1 AND r."id" = $2`,
      [personId, id],
    );
    if (!found) throw notFound();
    return found;
  }
}
