import { Injectable } from '@nestjs/common';
import { withNameKnownTo } from '../platform/access/access.rules.js';
import type { EntityManager } from 'typeorm';
import type { Caller } from '../platform/access/caller.js';
import { Clock } from '../platform/common/clock.js';
import { mapPage, type PagingDto } from '../platform/common/paging.js';
import { conflict, invalid } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOfParts, type Part } from '../platform/database/parts.js';
import { row } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Session } from '../meetings/session.entity.js';
import { decidingDay } from './budget.access.js';
import type { Budget } from './budget.entity.js';
import { decisionViolations, leftOf } from './budget.rules.js';
import { InitiativeChange } from './initiative-change.entity.js';
import { InitiativeChanges, type Place, type Work } from './initiative-changes.service.js';
import type { Initiative } from './initiative.entity.js';
import type { DecideInitiativeDto } from './initiatives.dto.js';
import { Initiatives } from './initiatives.service.js';
import type { InitiativeChangeView, InitiativeView } from './initiatives.views.js';
import { amountOf, centsIn } from './money.rules.js';

const CHANGES: Part = {
  from: '"initiative_changes" x JOIN "people" p ON p."id" = x."recordedById"',
  columns: `x."id", x."verb", x."state", x."requestedCents", x."grantedCents", x."spentCents", x."isAccountedFor", x."decidedOn",
    x."sessionId", x."recordedAt", p."name" AS "recordedByName"`,
  orderBy: 'x."id" DESC',
  shape: shapeOf(InitiativeChange),
};
type ChangeRow = InitiativeChange & { recordedByName: string };

/** Granting and refusing, in a session or by mandate. */
@Injectable()
export class InitiativeDecisions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly initiatives: Initiatives,
    private readonly changes: InitiativeChanges,
  ) {}

  /**
   * Grants or refuses; a later decision replaces an earlier one, which stays in the history. Granting more than is left
   * requires a reason (400). 409 when refusing an initiative for which money was spent.
   */
  async decide(id: string, input: DecideInitiativeDto, version: number, by: Caller): Promise<InitiativeView> {
    await this.enter(id, input, { version }, by);
    return this.initiatives.read(id, by);
  }

  /** The same, possibly during a session. */
  enter(id: string, input: DecideInitiativeDto, place: Place, by: Caller): Promise<Initiative> {
    return this.changes.make(id, place, by, this.deciding(input, by));
  }

  /** The same inside the caller's transaction. */
  enterWithin(manager: EntityManager, id: string, input: DecideInitiativeDto, place: Place, by: Caller) {
    return this.changes.makeWithin(manager, id, place, by, this.deciding(input, by));
  }

  private deciding(input: DecideInitiativeDto, by: Caller): Work {
    return async (manager, initiative, budget) => {
      const { outcome, reason, sessionId, agendaItemId } = input;
      const today = this.clock.today();
      const isGranted = outcome === 'granted';
      const grantedCents = input.granted === undefined ? initiative.requestedCents : centsIn(input.granted)!;
      const leftCents = await leftWithout(manager, budget, initiative);
      const heldOn = sessionId && (await decidingDay(manager, { sessionId, agendaItemId }, by));
      const decidedOn = heldOn || (input.decidedOn ?? today);
      const violations = decisionViolations(
        { outcome, reason, decidedOn },
        { grantedCents: isGranted ? grantedCents : 0, leftCents, today },
      );
      if (!isGranted && input.granted !== undefined) {
        violations.push({ field: 'granted', message: 'granted must be omitted when it is refused' });
      }
      if (heldOn && input.decidedOn !== undefined && input.decidedOn !== heldOn) {
        violations.push({ field: 'decidedOn', message: 'decidedOn must be the day of the session' });
      }
      if (!sessionId && agendaItemId) {
        violations.push({ field: 'agendaItemId', message: 'agendaItemId must be omitted without sessionId' });
      }
      if (violations.length > 0) throw invalid(violations);
      if (!isGranted) mustBeUnspent(initiative);
      return {
        verb: outcome,
        changed: {
          ...{ state: outcome, grantedCents: isGranted ? grantedCents : null, reason: reason ?? null, decidedOn },
          ...{ sessionId: sessionId ?? null, agendaItemId: agendaItemId ?? null },
        },
      };
    };
  }

  /** Undoes a decision made by mistake; 409 once its session is closed, because the minutes contain it. */
  async undo(id: string, version: number, by: Caller): Promise<InitiativeView> {
    await this.takeBack(id, { version }, by);
    return this.initiatives.read(id, by);
  }

  /** The same, possibly during a session. */
  takeBack(id: string, place: Place, by: Caller): Promise<Initiative> {
    return this.changes.make(id, place, by, async (manager, initiative) => {
      if (initiative.state === 'requested') throw conflict('NOT_DECIDED', 'There is no decision to undo.');
      mustBeUnspent(initiative);
      const { sessionId } = initiative;
      const session = sessionId && (await manager.findOneBy(Session, { id: sessionId }));
      if (session && session.state === 'closed') {
        throw conflict('DECISION_IN_MINUTES', 'The minutes contain this decision. Record a new one instead.');
      }
      return {
        verb: 'undecided',
        changed: {
          ...{ state: 'requested', grantedCents: null, reason: null, decidedOn: null },
          ...{ sessionId: null, agendaItemId: null },
        },
        sessionId,
      };
    });
  }

  /** Every state of its figures, latest first. */
  async history(id: string, query: PagingDto, by: Caller) {
    await this.initiatives.initiativeRow(this.database.reader, id, by);
    const page = await pageOfParts<ChangeRow>(this.database.reader, CHANGES, { initiativeId: id }, query);
    return mapPage(page, (one) => withNameKnownTo(by, toChangeView(one)));
  }
}

function toChangeView({ requestedCents, grantedCents, spentCents, ...rest }: ChangeRow): InitiativeChangeView {
  return {
    ...rest,
    requested: amountOf(requestedCents),
    granted: grantedCents === null ? null : amountOf(grantedCents),
    spent: spentCents === null ? null : amountOf(spentCents),
  };
}

function mustBeUnspent({ spentCents, isAccountedFor }: Initiative): void {
  if (spentCents === null && !isAccountedFor) return;
  throw conflict('INITIATIVE_SPENT', 'Money of this initiative has been spent: clear that first.');
}

/** What is left of the budget without this initiative, in cents; the budget is locked. */
async function leftWithout(manager: EntityManager, budget: Budget, { id }: Initiative): Promise<number> {
  const { granted } = (await row<{ granted: number }>(
    manager,
    `SELECT coalesce(sum(i."grantedCents"), 0) AS "granted" FROM "initiatives" i
     WHERE i."budgetId" = $1 AND i."state" = 'granted' AND i."id" <> $2`,
    [budget.id, id],
  ))!;
  return leftOf({ ...budget, grantedCents: granted });
}
