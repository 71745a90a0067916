import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { asPerson, type Caller, type Subject } from '../platform/access/caller.js';
import { ownOrganisation } from '../platform/access/own-organisation.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import type { PagingDto } from '../platform/common/paging.js';
import { Database } from '../platform/database/database.js';
import { pageOfParts, type Part, partOf } from '../platform/database/parts.js';
import { PartyLine } from './party-line.entity.js';
import type { AddLineDto, PartyLineView } from './party-lines.dto.js';

const LINE: Part = {
  from: '"party_lines" x JOIN "organisations" o ON o."id" = x."organisationId"',
  columns: 'x."id", x."organisationId", o."name" AS "organisationName", x."text", x."writtenOn"',
  orderBy: 'x."recordedAt" DESC, x."id" DESC',
  shape: {},
};

type Noted = { goalId: string } | { opgaveId: string };

/** The lines that parties add to a goal or an opgave; each party changes only its own. */
@Injectable()
export class PartyLines {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The lines of a goal or opgave; the caller's access must be checked beforehand. */
  listOf(of: Noted, query: PagingDto) {
    return pageOfParts<PartyLineView>(this.database.reader, LINE, of, query);
  }

  /** Adds a dated line of the caller's own organisation. */
  async write(
    manager: EntityManager,
    of: Noted,
    subject: Subject,
    input: AddLineDto,
    by: Caller,
  ): Promise<PartyLineView> {
    const id = newId();
    await manager.insert(PartyLine, {
      id,
      goalId: null,
      opgaveId: null,
      ...of,
      organisationId: ownOrganisation(by, input.organisationId),
      text: input.text,
      writtenOn: this.clock.today(),
      recordedById: asPerson(by).personId,
      recordedAt: this.clock.moment(),
    });
    await this.audit.record(manager, by, 'goalId' in of ? 'goal.line_added' : 'opgave.line_added', subject);
    return partOf<PartyLineView>(manager, LINE, id);
  }
}
