import { CLOSED_LIST } from '../../actions/statuses.rules.js';
import { Inject, Injectable } from '@nestjs/common';
import { membersOf } from '../../actions/recipients/members.js';
import { isTold } from '../../actions/recipients/recipients.rules.js';
import { isToldApart } from '../../questions/turns.js';
import { ContactResolver, questionKey } from '../../directory/people/contact-resolver.service.js';
import { answeredForBy } from '../../directory/people/leaving.conditions.js';
import { ACTION_PARTIES, isParty, openOr } from '../../platform/access/confidentiality.js';
import { addDays, isoWeekOf, mondayOf, momentOf } from '../../platform/common/calendar-date.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Action } from '../../actions/action.entity.js';
import { SINCE, STEP } from './changes-since.js';

/** The outcome of something an organisation asked for. */
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

/** SQL for the organisation that asked for an action, and the one it was merged into. */
const ASKER = `a."requestedById", (SELECT q."mergedIntoId" FROM "organisations" q WHERE q."id" = a."requestedById")`;

/** What became of what an organisation asked for, since the last mail to the person who answers for it. */
@Injectable()
export class DigestAnswers {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly answering: ContactResolver,
  ) {}

  /**
   * "Wat is er met uw vraag gebeurd": done, cancelled or postponed, per person who answers for the asker, since the
   * last digest that person received. For mail, those of a question are left out, because these are mailed separately.
   */
  async of(
    source: Source,
    personIds: readonly string[],
    today: string,
    { isForMail }: { isForMail: boolean },
  ): Promise<Map<string, Answered[]>> {
    const since = await this.lastMailed(source, personIds, today);
    const params = new Params();
    params.add([...since.values()].sort()[0] ?? momentOf(today));
    const askers = answeredForBy(params.list(personIds), params.add(today));
    const step = `SELECT max(u."recordedAt") FROM ${STEP} WHERE u."actionId" = a."id" AND ${SINCE}
      AND (u."postponements" > b."postponements" OR (u."status" IN (${CLOSED_LIST}) AND u."status" <> b."status"
        AND u."status" = a."status"))`;
    const found = await rows<Answered & { organisationId: string; areaId: string; answeredAt: string }>(
      source,
      `SELECT x.* FROM (SELECT a."id" AS "actionId", a."number", a."title", a."areaId", ar."name" AS "areaName", o."name" AS "organisationName",
         a."requestedById" AS "organisationId", a."isConfidential", a."status", a."dueOn", a."result", a."statusReason",
         a."numberKey", (${step}) AS "answeredAt"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE a."requestedById" IN (${askers}) AND (a."ownerId" IS NULL OR a."ownerId" <> a."requestedById") AND NOT a."isWithdrawn" AND ${openOr('a', isParty('a."id"', ACTION_PARTIES, ASKER))}${isForMail ? ` AND NOT ${isToldApart('a')}` : ''}) x
       WHERE x."answeredAt" IS NOT NULL ORDER BY natural_key(x."areaName"), x."numberKey"`,
      params.values,
      shapeOf(Action),
    );
    const contacts = await this.answering.resolve(source, found, today);
    const secret = found.filter(({ isConfidential }) => isConfidential);
    const asking = secret.map(({ organisationId }) => organisationId);
    const members = await membersOf(source, asking, today);
    const answered = new Map<string, Answered[]>();
    for (const action of found) {
      const contact = contacts.get(questionKey(action));
      if (!contact || !(action.answeredAt > (since.get(contact.personId) ?? ''))) continue;
      if (!isTold(contact, members, action.isConfidential, [action.organisationId])) continue;
      answered.set(contact.personId, [...(answered.get(contact.personId) ?? []), action]);
    }
    return answered;
  }

  /**
   * Per person the moment since which nothing has been reported: when the last digest of an earlier week was planned.
   * For people who never received one, a week before they first became a contact, within the retention period of mails.
   */
  private async lastMailed(
    source: Source,
    personIds: readonly string[],
    today: string,
  ): Promise<ReadonlyMap<string, string>> {
    const params = new Params();
    const found = await rows<{ id: string; mailedAt: string | null; firstOn: string | null }>(
      source,
      `SELECT p."id", (SELECT max(m."plannedAt") FROM "outgoing_messages" m WHERE m."personId" = p."id" AND m."kind" = 'digest'
           AND m."state" = 'sent' AND m."plannedAt" < ${params.add(momentOf(mondayOf(isoWeekOf(today))))}) AS "mailedAt",
         (SELECT min(c."fromOn") FROM "contacts" c WHERE c."personId" = p."id") AS "firstOn"
       FROM "people" p WHERE p."id" IN (${params.list(personIds)})`,
      params.values,
    );
    const earliest = addDays(today, -this.settings.MAIL_RETENTION_DAYS);
    const never = (firstOn: string | null) => {
      const weekBefore = addDays(firstOn ?? today, -7);
      return momentOf(weekBefore > earliest ? weekBefore : earliest);
    };
    return new Map(found.map(({ id, mailedAt, firstOn }) => [id, mailedAt ?? never(firstOn)]));
  }
}
