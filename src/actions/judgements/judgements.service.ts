import { Injectable } from '@nestjs/common';
import { shapeOf } from '../../platform/database/shapes.js';
import { type EntityManager, In } from 'typeorm';
import { asPerson, type Caller, type Subject } from '../../platform/access/caller.js';
import { ownOrganisation } from '../../platform/access/own-organisation.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import type { PagingDto } from '../../platform/common/paging.js';
import { Database } from '../../platform/database/database.js';
import { pageOfParts, type Part, partOf } from '../../platform/database/parts.js';
import { withMergedOf } from '../../directory/organisations/merged.conditions.js';
import { Judgement } from './judgement.entity.js';
import type { JudgeDto, JudgementView } from './judgements.dto.js';

const JUDGEMENT: Part = {
  from: '"judgements" x JOIN "organisations" o ON o."id" = x."organisationId"',
  columns: `x."id", x."goalId", x."actionId", x."organisationId", o."name" AS "organisationName", x."judgement", x."comment",
    x."judgedOn", x."isCurrent"`,
  orderBy: 'x."recordedAt" DESC, x."id" DESC',
  shape: shapeOf(Judgement),
};

type Judgeable = { goalId: string } | { actionId: string };

/**
 * The parties' judgements of an action or goal: they do not change the status, and nobody can change another party's
 * judgement.
 */
@Injectable()
export class Judgements {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The judgements of a goal or action. Does not check access: callers check first that it may be known. */
  listOf(of: Judgeable, query: PagingDto) {
    return pageOfParts<JudgementView>(this.database.reader, JUDGEMENT, of, query);
  }

  /** Records the judgement of the caller's organisation; its earlier one remains but no longer counts. */
  async record(
    manager: EntityManager,
    of: Judgeable,
    subject: Subject,
    input: JudgeDto,
    by: Caller,
  ): Promise<JudgementView> {
    const organisationId = ownOrganisation(by, input.organisationId);
    const id = newId();
    const party = In(await withMergedOf(manager, organisationId));
    await manager.update(Judgement, { ...of, organisationId: party, isCurrent: true }, { isCurrent: false });
    await manager.insert(Judgement, {
      id,
      goalId: null,
      actionId: null,
      ...of,
      organisationId,
      judgement: input.judgement,
      comment: input.comment ?? null,
      judgedOn: this.clock.today(),
      isCurrent: true,
      recordedById: asPerson(by).personId,
      recordedAt: this.clock.moment(),
    });
    await this.audit.record(manager, by, 'goalId' in of ? 'goal.judged' : 'action.judged', subject);
    return partOf<JudgementView>(manager, JUDGEMENT, id);
  }
}
