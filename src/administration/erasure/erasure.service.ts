import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { mustMatch } from '../../platform/common/etag.js';
import { newId } from '../../platform/common/ids.js';
import { conflict, notFound } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { execute, Params, row, rows } from '../../platform/database/rows.js';
import { lockOne, Transactions } from '../../platform/database/transactions.js';
import { Grants } from '../../directory/people/grants.service.js';
import { maySeePerson } from '../../directory/organisations/own.conditions.js';
import { Person } from '../../directory/people/person.entity.js';
import type { ErasureDto, ErasureView } from './erasure.dto.js';
import { ErasurePlace } from './erasure-place.entity.js';
import { Erasure } from './erasure.entity.js';
import { takeOutNames } from '../copies/copies.js';
import { ERASING } from './gone.js';
import { type Kept, NameOccurrences } from './name-occurrences.service.js';

/** Erases a person: name, address, memberships, links, sessions. What was said and done is kept without a name. */
@Injectable()
export class Erasures {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly grants: Grants,
    private readonly nameOccurrences: NameOccurrences,
  ) {}

  /** Where texts the caller may know contain the name: now or, once erased, on that day and whether it was handled. */
  async read(personId: string, caller: Caller, alsoKnownAs: readonly string[] = []): Promise<ErasureView> {
    const { name, email, version } = await this.person(personId, caller);
    if (email === null) return this.erased(personId, version, caller);
    const places = await this.nameOccurrences.find(wordsOf({ name, email }, alsoKnownAs), caller);
    return { personId, erasedAt: null, ground: null, places, version };
  }

  /** Permanently erases the person. 409 if already erased, or if no administrator would remain. */
  async erase(personId: string, input: ErasureDto, version: number, by: Caller): Promise<ErasureView> {
    const found = await this.person(personId, by);
    // Searched outside the transaction, because reading every text takes longer than a write may.
    const kept = await this.nameOccurrences.findAll(wordsOf(found, input.alsoKnownAs));
    await this.transactions.removeForGood(async (manager) => {
      const person = await lockOne(manager, Person, personId);
      mustMatch(person, version);
      const { name, email } = person;
      if (email === null) throw conflict('PERSON_ERASED', 'This person has already been erased.');
      await takeOutNames(manager, { id: personId, names: [name, email] });
      await this.takeAway(manager, personId, { ground: input.ground, kept }, by);
    });
    return this.read(personId, by);
  }

  private async takeAway(
    manager: EntityManager,
    personId: string,
    { ground, kept }: { ground: string; kept: readonly Kept[] },
    by: Actor,
  ): Promise<void> {
    await this.grants.keepingAdministrators(manager, async () => {
      for (const sql of ERASING) await execute(manager, sql, [personId]);
    });
    await manager.insert(Erasure, { personId, erasedAt: this.clock.moment(), byId: by.personId, ground });
    for (const place of kept) await manager.insert(ErasurePlace, { id: newId(), personId, ...place });
    await this.audit.record(manager, by, 'person.erased', { type: 'person', id: personId });
  }

  private async erased(personId: string, version: number, caller: Caller): Promise<ErasureView> {
    const { reader } = this.database;
    const sql = 'SELECT "erasedAt", "ground" FROM "erasures" WHERE "personId" = $1';
    const { erasedAt, ground } = (await row<Pick<Erasure, 'erasedAt' | 'ground'>>(reader, sql, [personId]))!;
    const kept = await rows<Kept>(
      reader,
      'SELECT "kind", "objectId", "field", "fingerprint" FROM "erasure_places" WHERE "personId" = $1',
      [personId],
    );
    return { personId, erasedAt, ground, places: await this.nameOccurrences.seen(kept, caller), version };
  }

  private async person(id: string, caller: Caller): Promise<Pick<Person, 'name' | 'email' | 'version'>> {
    const params = new Params();
    const visible = maySeePerson(caller, 'p."id"', params);
    const found = await row<Pick<Person, 'name' | 'email' | 'version'>>(
      this.database.reader,
      `SELECT p."name", p."email", p."version" FROM "people" p WHERE p."id" = ${params.add(id)} AND ${visible}`,
      params.values,
    );
    if (!found) throw notFound();
    return found;
  }
}

/** The words to search for; words shorter than three letters would match everywhere. */
const wordsOf = ({ name, email }: Pick<Person, 'name' | 'email'>, also: readonly string[]): string[] =>
  email === null ? [] : [name, email, ...also].filter((word) => word.length >= 3);
