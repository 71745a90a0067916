import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { Database } from '../platform/database/database.js';
import { Params, rows } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { InitiativeDecisions } from './decisions.service.js';
import type { Initiative, InitiativeState } from './initiative.entity.js';
import type { CreateInitiativeDto, DecideInitiativeDto } from './initiatives.dto.js';
import { Initiatives } from './initiatives.service.js';

/** A budget that a session can decide on, in cents. */
export interface TableBudget {
  id: string;
  areaName: string;
  totalCents: number;
  grantedCents: number;
}

export interface TableInitiative {
  id: string;
  budgetId: string;
  title: string;
  requestedByName: string | null;
  requestedCents: number;
  grantedCents: number | null;
  state: InitiativeState;
  version: number;
}

/** The budgets on the desk of an open session, for those who take its minutes. */
@Injectable()
export class TableBudgets {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly initiatives: Initiatives,
    private readonly decisions: InitiativeDecisions,
  ) {}

  /** What waits for a decision in these areas, and what this session decided; empty if no chair created a budget. */
  async of(session: { id: string; heldOn: string }, areaIds: readonly string[]) {
    const params = new Params();
    const inAreas = `b."areaId" IN (${params.list(areaIds)})`;
    const ofYear = `${inAreas} AND b."year" = ${params.add(Number(session.heldOn.slice(0, 4)))}`;
    const budgets = await rows<TableBudget>(
      this.database.reader,
      `SELECT b."id", a."name" AS "areaName", b."amountCents" + b."carryOverCents" AS "totalCents",
         coalesce((SELECT sum(i."grantedCents") FROM "initiatives" i WHERE i."budgetId" = b."id"), 0) AS "grantedCents"
       FROM "budgets" b JOIN "areas" a ON a."id" = b."areaId" WHERE ${ofYear} ORDER BY natural_key(a."name"), b."id"`,
      params.values,
    );
    if (budgets.length === 0) return { budgets, initiatives: [] };
    const initiatives = await rows<TableInitiative>(
      this.database.reader,
      `SELECT i."id", i."budgetId", i."title", o."name" AS "requestedByName", i."requestedCents", i."grantedCents", i."state", i."version"
       FROM "initiatives" i JOIN "budgets" b ON b."id" = i."budgetId" LEFT JOIN "organisations" o ON o."id" = i."requestedById"
       WHERE ${ofYear} AND (i."state" = 'requested' OR i."sessionId" = ${params.add(session.id)})
       ORDER BY CASE WHEN i."state" = 'requested' THEN 0 ELSE 1 END, i."requestedOn", i."id"`,
      params.values,
    );
    return { budgets, initiatives };
  }

  /** Records a request made during the session; the named notulist may do so too. */
  record(sessionId: string, input: CreateInitiativeDto, by: Caller): Promise<Initiative> {
    return this.transactions.run((manager) => this.initiatives.add(manager, input, by, sessionId));
  }

  /** Decides in the session; the named notulist may do so too. */
  decide(sessionId: string, id: string, input: DecideInitiativeDto, version: number, by: Caller): Promise<Initiative> {
    return this.decisions.enter(id, { ...input, sessionId }, { version, sessionId }, by);
  }

  /** Undoes a decision of the session. */
  undo(sessionId: string, id: string, version: number, by: Caller): Promise<Initiative> {
    return this.decisions.takeBack(id, { version, sessionId }, by);
  }
}
