import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { inPermittedAreas } from '../../platform/access/conditions.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { NOT_WITHDRAWN, readableActions } from '../action-conditions.js';

interface Served {
  id: string;
  title: string;
  areaId: string;
  areaName: string;
}

const MOST = 500;

/** What an action can serve, for options and names: the goals that the caller may read, and the opgaven; and what follows on it. */
@Injectable()
export class ServedChoices {
  constructor(private readonly database: Database) {}

  /** By area and title. */
  goals(caller: Caller): Promise<Served[]> {
    const params = new Params();
    return rows<Served>(
      this.database.reader,
      `SELECT g."id", g."title", g."areaId", ar."name" AS "areaName" FROM "goals" g JOIN "areas" ar ON ar."id" = g."areaId"
       WHERE ${inPermittedAreas(caller, 'goals.read', 'g."areaId"', params)}
       ORDER BY natural_key(ar."name"), natural_key(g."title"), g."id" LIMIT ${MOST}`,
      params.values,
    );
  }

  /** The actions known to the caller that follow on this one. */
  followers(actionId: string, caller: Caller): Promise<{ id: string; number: string }[]> {
    const params = new Params();
    return rows(
      this.database.reader,
      `SELECT a."id", a."number" FROM "actions" a WHERE a."followsOnId" = ${params.add(actionId)} AND ${NOT_WITHDRAWN}
         AND ${readableActions(this.database.reader, caller, params)} ORDER BY a."numberKey", a."id" LIMIT ${MOST}`,
      params.values,
    );
  }

  /** Visible to all who may read opgaven, which is everyone with a role. */
  opgaven(): Promise<Served[]> {
    return rows<Served>(
      this.database.reader,
      `SELECT p."id", p."title", p."areaId", ar."name" AS "areaName" FROM "opgaven" p JOIN "areas" ar ON ar."id" = p."areaId"
       ORDER BY natural_key(p."title"), p."id" LIMIT ${MOST}`,
    );
  }
}
