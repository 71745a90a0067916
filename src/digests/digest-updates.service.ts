import { CLOSED_LIST } from '../actions/statuses.rules.js';
import { Inject, Injectable } from '@nestjs/common';
import { membersOf } from '../actions/recipients/members.js';
import { isTold } from '../actions/recipients/recipients.rules.js';
import { isToldApart } from '../questions/turns.js';
import { isForContact } from '../directory/organisations/contact-resolver.rules.js';
import { ContactResolver, questionKey } from '../directory/organisations/contact-resolver.service.js';
import { answeredForBy } from '../directory/organisations/merged.conditions.js';
import { ACTION_PARTIES, isParty, openOr } from '../platform/access/confidentiality.js';
import { addDays, dayOf, isoWeekOf, mondayOf, momentOf } from '../platform/common/calendar-date.js';
import { chunks, inForce, Params, rows, type Source } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Action } from '../actions/action.entity.js';
import { ActionUpdate } from '../actions/action-update.entity.js';

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

export interface Result {
  actionId: string;
  number: string;
  title: string;
  areaName: string;
  organisationName: string | null;
  result: string | null;
}

const MOST_RESULTS = 3;
/** What an owner may have said of an action that is still open when the next digest asks about it. */
const SAID_STATUSES: ReadonlySet<string> = new Set(['in_progress', 'blocked']);

/** SQL for a change: a row of history joined with the one before it. */
const STEP = `"action_updates" u JOIN "action_updates" b ON b."actionId" = u."actionId" AND b."sequence" = u."sequence" - 1`;
const SINCE = `u."recordedAt" > $1 AND u."restatesId" IS NULL`;

/** SQL for the organisation that asked for an action, and the one it was merged into. */
const ASKER = `a."requestedById", (SELECT q."mergedIntoId" FROM "organisations" q WHERE q."id" = a."requestedById")`;

/** The changes since the last mail to a person, or since the last digest. */
@Injectable()
export class DigestUpdates {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly answering: ContactResolver,
  ) {}

  /**
   * "Wat is er met uw vraag gebeurd": done, cancelled or postponed, per person who answers for the asker, since the
   * last digest that person received. For mail, those of a question are left out, because these are mailed separately.
   */
  async answered(
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

  /**
   * Per person the overdue actions whose latest update is theirs, with its day: "loopt", since the deadline, or "stokt",
   * since whenever.
   */
  async saidRunning(
    source: Source,
    overdue: readonly { actionId: string; status: string }[],
  ): Promise<Map<string, Map<string, string>>> {
    const said = new Map<string, Map<string, string>>();
    const running = overdue.filter(({ status }) => SAID_STATUSES.has(status)).map(({ actionId }) => actionId);
    for (const asked of chunks(running)) {
      const params = new Params();
      const found = await rows<{
        actionId: string;
        recordedById: string;
        recordedAt: string;
        dueOn: string;
        status: string;
      }>(
        source,
        `SELECT u."actionId", u."recordedById", u."recordedAt", u."dueOn", u."status" FROM "action_updates" u
         WHERE u."actionId" IN (${params.list(asked)}) AND u."kind" IN ('status', 'comment') AND u."recordedById" IS NOT NULL
           AND u."onBehalfOfId" IS NULL AND NOT EXISTS (
             SELECT 1 FROM "action_updates" n WHERE n."actionId" = u."actionId" AND n."sequence" > u."sequence" AND n."kind" <> 'edit')`,
        params.values,
        shapeOf(ActionUpdate),
      );
      for (const { actionId, recordedById, recordedAt, dueOn, status } of found) {
        const day = dayOf(recordedAt);
        if (status === 'in_progress' && day <= dueOn) continue;
        const own = said.get(recordedById) ?? new Map<string, string>();
        said.set(recordedById, own.set(actionId, day));
      }
    }
    return said;
  }

  /**
   * Per person at most three results since then, in their meetings and chaired areas; largest first. Without what they
   * are told as the answer to their own question.
   */
  async results(
    source: Source,
    chairedAreaIds: ReadonlyMap<string, readonly string[]>,
    answered: ReadonlyMap<string, readonly Answered[]>,
    since: string,
    today: string,
  ): Promise<Map<string, Result[]>> {
    const meetings = await this.meetingsOf(source, [...chairedAreaIds.keys()], today);
    const recent = await this.recentResults(source, union(meetings.values()), union(chairedAreaIds.values()), since);
    return new Map(
      [...chairedAreaIds].map(([personId, areaIds]) => {
        const own = meetings.get(personId);
        const told = new Set(answered.get(personId)?.map(({ actionId }) => actionId));
        const isOwn = (result: (typeof recent)[number]) =>
          !told.has(result.actionId) &&
          ((result.meetingId !== null && own?.has(result.meetingId)) || areaIds.includes(result.areaId));
        return [personId, recent.filter(isOwn).slice(0, MOST_RESULTS)];
      }),
    );
  }

  /**
   * Actions done since then in these meetings and areas. No DISTINCT, because SQLite would then scan the whole history
   * in the order of the actions instead of only the few rows since that moment.
   */
  private async recentResults(
    source: Source,
    meetingIds: readonly string[],
    areaIds: readonly string[],
    since: string,
  ): Promise<(Result & { meetingId: string | null; areaId: string })[]> {
    if (meetingIds.length === 0 && areaIds.length === 0) return [];
    const params = new Params();
    params.add(since);
    return rows(
      source,
      `SELECT a."id" AS "actionId", a."number", a."title", a."areaId", a."meetingId", ar."name" AS "areaName",
         o."name" AS "organisationName", a."result"
       FROM "actions" a JOIN "areas" ar ON ar."id" = a."areaId" LEFT JOIN "organisations" o ON o."id" = a."ownerId"
       WHERE a."id" IN (SELECT u."actionId" FROM ${STEP} WHERE ${SINCE} AND u."status" = 'done' AND b."status" <> 'done')
         AND (a."meetingId" IN (${params.list(meetingIds)}) OR a."areaId" IN (${params.list(areaIds)}))
         AND a."status" = 'done' AND NOT a."isConfidential" AND NOT a."isWithdrawn"
       ORDER BY CASE WHEN a."resultSize" = 'large' THEN 0 ELSE 1 END, CASE WHEN a."result" IS NULL THEN 1 ELSE 0 END,
         a."doneOn" DESC, a."numberKey"`,
      params.values,
    );
  }

  /**
   * Per person the meetings in which they have a seat, or an organisation they answer for in that area; for a member
   * who answers for nothing, those of the organisation.
   */
  private async meetingsOf(
    source: Source,
    personIds: readonly string[],
    today: string,
  ): Promise<Map<string, Set<string>>> {
    const params = new Params();
    const people = params.list(personIds);
    const on = params.add(today);
    const seat = `i."role" <> 'informed' AND ${inForce('i', on)}`;
    const found = await rows<{ personId: string; meetingId: string }>(
      source,
      `SELECT i."personId", i."meetingId" FROM "invitations" i WHERE ${seat} AND i."personId" IN (${people})
       UNION SELECT own."personId", i."meetingId" FROM "invitations" i JOIN "meetings" m ON m."id" = i."meetingId" JOIN (
           SELECT c."personId", c."organisationId", c."areaId" FROM "contacts" c WHERE c."personId" IN (${people}) AND ${inForce('c', on)}
           UNION SELECT b."personId", b."organisationId", NULL FROM "memberships" b
             WHERE b."personId" IN (${people}) AND ${inForce('b', on)} AND NOT EXISTS (
               SELECT 1 FROM "contacts" c WHERE c."personId" = b."personId" AND ${inForce('c', on)})) own
           ON own."organisationId" = i."organisationId" AND (own."areaId" IS NULL OR own."areaId" = m."areaId")
         WHERE ${seat} AND ${isForContact('i."personId"')}`,
      params.values,
    );
    const meetings = new Map<string, Set<string>>();
    for (const { personId, meetingId } of found) {
      const known = meetings.get(personId);
      if (known) known.add(meetingId);
      else meetings.set(personId, new Set([meetingId]));
    }
    return meetings;
  }
}

const union = (groups: Iterable<Iterable<string>>): string[] => [...new Set([...groups].flatMap((ids) => [...ids]))];
