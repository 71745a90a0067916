import { Injectable } from '@nestjs/common';
import { AnsweringService, questionKey } from '../organisations/answering.service.js';
import { inForce, Params, rows, type Source } from '../database/rows.js';

/** What became of something an organisation asked for. */
export interface Answered {
  actionId: string;
  number: string;
  title: string;
  areaName: string;
  organisationName: string | null;
  isConfidential: boolean;
  status: string;
  dueOn: string | null;
  result: string | null;
  statusReason: string | null;
}

export interface Result {
  actionId: string;
  number: string;
  title: string;
  areaName: string;
  organisationName: string | null;
  result: string | null;
}

const MOST_RESULTS = 3;

/** The step that finished an action, or moved its deadline: a row of history that differs from the one before it. */
const STEP = `JOIN "action_updates" b ON b."actionId" = u."actionId" AND b."sequence" = u."sequence" - 1
  WHERE u."recordedAt" > $1 AND u."restatesId" IS NULL`;

/** What happened since the last digest. */
@Injectable()
export class News {
  constructor(private readonly answering: AnsweringService) {}

  /** "Wat is er met uw vraag gebeurd": done, cancelled or postponed since that moment, for whoever answers for the asker. */
  async answered(source: Source, personId: string, since: string, today: string): Promise<Answered[]> {
    const found = await rows<Answered & { organisationId: string; areaId: string }>(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", o."name" AS "organisationName",
         a."requestedById" AS "organisationId", a."isConfidential", a."status", a."dueOn", a."result", a."statusReason"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE NOT a."isWithdrawn" AND (NOT a."isConfidential" OR EXISTS (
           SELECT 1 FROM "action_parties" ap WHERE ap."actionId" = a."id" AND ap."organisationId" = a."requestedById"))
         AND a."requestedById" IN (SELECT c."organisationId" FROM "contacts" c WHERE c."personId" = $2 AND ${inForce('c', '$3')})
         AND a."id" IN (SELECT u."actionId" FROM "action_updates" u ${STEP} AND (u."postponements" > b."postponements"
           OR (u."status" IN ('done', 'cancelled') AND u."status" <> b."status")))
       ORDER BY ar."name", a."number"`,
      [since, personId, today],
      { isConfidential: 'boolean' },
    );
    const contacts = await this.answering.resolve(source, found, today);
    return found.filter((action) => {
      const contact = contacts.get(questionKey(action));
      return contact?.personId === personId && !(action.isConfidential && contact.isShared);
    });
  }

  /** At most three results since that moment, in the meetings and areas of this person; what is large comes first. */
  results(
    source: Source,
    personId: string,
    since: string,
    today: string,
    chairedAreaIds: readonly string[],
  ): Promise<Result[]> {
    const params = new Params();
    params.add(since);
    const who = params.add(personId);
    const on = params.add(today);
    const own = `SELECT c."organisationId" FROM "contacts" c WHERE c."personId" = ${who} AND ${inForce('c', on)}
      UNION SELECT m."organisationId" FROM "memberships" m WHERE m."personId" = ${who} AND ${inForce('m', on)}`;
    const tables = `SELECT i."meetingId" FROM "invitations" i WHERE i."role" <> 'informed' AND ${inForce('i', on)}
      AND (i."personId" = ${who} OR (i."personId" IS NULL AND i."organisationId" IN (${own})))`;
    return rows<Result>(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", ar."name" AS "areaName", o."name" AS "organisationName", a."result"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE a."status" = 'done' AND NOT a."isConfidential" AND NOT a."isWithdrawn"
         AND (a."meetingId" IN (${tables}) OR a."areaId" IN (${params.list(chairedAreaIds)}))
         AND a."id" IN (SELECT u."actionId" FROM "action_updates" u ${STEP} AND u."status" = 'done' AND b."status" <> 'done')
       ORDER BY CASE WHEN a."resultSize" = 'large' THEN 0 ELSE 1 END, CASE WHEN a."result" IS NULL THEN 1 ELSE 0 END,
         a."doneOn" DESC, a."number" LIMIT ${MOST_RESULTS}`,
      params.values,
    );
  }
}
