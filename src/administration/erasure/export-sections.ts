import { ACTION_PARTIES, entryKnownTo, isParty, ITEM_PARTIES, openOr } from '../../platform/access/confidentiality.js';

/** A placeholder in the SQL of a section for the caller's organisations. */
export const OWN = ':own';
/** A placeholder for whether the caller is the person. */
export const SELF = ':self';

/** A part of the data held about one person: SQL over `$1`, the person, with `:own` and `:self`. */
interface Section {
  sql: string;
  /** Readable by the person only: not even administrators see it. */
  isPrivate?: boolean;
}

const KNOWN = openOr('a', isParty('a."id"', ACTION_PARTIES, OWN));
const ACT_KNOWN = entryKnownTo(OWN);
const plain = (sql: string, isPrivate = false): Section => ({ sql, isPrivate });

/** All data held about a person, by name. Confidential texts are included only if the caller may know them. */
export const EXPORT_SECTIONS: Record<string, Section> = {
  person: plain(
    `SELECT "id", "name", "email", "active", "isShared", "replacementId", "replacementUntilOn", "digestPausedUntilOn", "isDigestStopped", "providerAccount"
     FROM "people" WHERE "id" = $1`,
  ),
  memberships: plain(
    `SELECT o."name" AS "organisation", m."function", m."fromOn", m."untilOn" FROM "memberships" m
     JOIN "organisations" o ON o."id" = m."organisationId" WHERE m."personId" = $1 ORDER BY m."fromOn"`,
  ),
  contacts: plain(
    `SELECT o."name" AS "organisation", r."name" AS "area", c."fromOn", c."untilOn" FROM "contacts" c
     JOIN "organisations" o ON o."id" = c."organisationId" LEFT JOIN "areas" r ON r."id" = c."areaId" WHERE c."personId" = $1`,
  ),
  roles: plain(
    `SELECT g."role", r."name" AS "area", g."fromOn", g."untilOn" FROM "grants" g JOIN "areas" r ON r."id" = g."areaId" WHERE g."personId" = $1`,
  ),
  meetings: plain(
    `SELECT g."name" AS "meeting", i."role", i."fromOn", i."untilOn" FROM "invitations" i JOIN "meetings" g ON g."id" = i."meetingId"
     WHERE i."personId" = $1`,
  ),
  sessionsNamedFor: plain(
    `SELECT g."name" AS "meeting", s."heldOn", w."office" FROM (
       SELECT x."id", 'chair' AS "office" FROM "sessions" x WHERE x."chairId" = $1
       UNION ALL SELECT x."id", 'secretary' FROM "sessions" x WHERE x."secretaryId" = $1) w
     JOIN "sessions" s ON s."id" = w."id" JOIN "meetings" g ON g."id" = s."meetingId" ORDER BY s."heldOn", w."office"`,
  ),
  opgaven: plain(
    `SELECT o."title", 'bestuurder' AS "office" FROM "opgaven" o WHERE o."bestuurderId" = $1
     UNION ALL SELECT o."title", 'procesregisseur' FROM "opgaven" o WHERE o."procesregisseurId" = $1
     UNION ALL SELECT o."title", 'confirmed' FROM "opgave_departments" c JOIN "opgaven" o ON o."id" = c."opgaveId"
       WHERE c."confirmedById" = $1`,
  ),
  attendance: plain(
    `SELECT g."name" AS "meeting", s."heldOn", t."status" FROM "attendances" t JOIN "sessions" s ON s."id" = t."sessionId"
     JOIN "meetings" g ON g."id" = s."meetingId" WHERE t."personId" = $1 ORDER BY s."heldOn"`,
  ),
  namesInMinutes: plain(
    `SELECT g."name" AS "meeting", s."heldOn", n."name", n."function" FROM "minutes_names" n JOIN "minutes" m ON m."id" = n."minutesId"
     JOIN "sessions" s ON s."id" = m."sessionId" JOIN "meetings" g ON g."id" = s."meetingId" WHERE n."personId" = $1 ORDER BY s."heldOn"`,
  ),
  remarks: {
    sql: `SELECT e."kind", e."at", e."itemNumber", e."text" FROM "minutes_events" e JOIN "minutes" m ON m."id" = e."minutesId"
      LEFT JOIN "agenda_items" i ON i."sessionId" = m."sessionId" AND i."number" = e."itemNumber"
      WHERE e."byId" = $1 AND (i."id" IS NULL OR ${openOr('i', isParty('i."id"', ITEM_PARTIES, OWN))}) ORDER BY e."at"`,
  },
  actions: {
    sql: `SELECT a."number", a."title", a."status", a."dueOn", a."doneOn" FROM "actions" a
      WHERE a."ownerPersonId" = $1 AND ${KNOWN} ORDER BY a."numberKey"`,
  },
  updates: {
    sql: `SELECT a."number", u."kind", u."effectiveOn", u."recordedAt", u."comment", u."statusReason", u."result"
      FROM "action_updates" u JOIN "actions" a ON a."id" = u."actionId" WHERE u."recordedById" = $1 AND ${KNOWN} ORDER BY u."recordedAt"`,
  },
  files: {
    sql: `SELECT f."kind", f."name", f."addedAt" FROM "files" f
      LEFT JOIN "actions" a ON f."kind" = 'action' AND a."id" = f."thingId"
      LEFT JOIN "agenda_items" i ON f."kind" = 'agenda_item' AND i."id" = f."thingId"
      WHERE f."addedById" = $1 AND f."state" = 'stored' AND (a."id" IS NULL OR ${KNOWN})
        AND (i."id" IS NULL OR ${openOr('i', isParty('i."id"', ITEM_PARTIES, OWN))}) ORDER BY f."addedAt"`,
  },
  escalations: {
    sql: `SELECT a."number", x."askedOn", x."text", x."decision", x."answeredAt" FROM "action_escalations" x
      JOIN "actions" a ON a."id" = x."actionId" WHERE (x."personId" = $1 OR x."askedById" = $1) AND ${KNOWN}`,
  },
  judgements: {
    sql: `SELECT a."number", d."title" AS "goal", j."judgement", j."comment", j."judgedOn" FROM "judgements" j
      LEFT JOIN "actions" a ON a."id" = j."actionId" LEFT JOIN "goals" d ON d."id" = j."goalId"
      WHERE j."recordedById" = $1 AND (a."id" IS NULL OR ${KNOWN})`,
  },
  goalCourses: plain(
    `SELECT d."title" AS "goal", c."decidedOn", c."course", c."cause", c."consequence", c."measure", c."partiesView"
     FROM "goal_courses" c JOIN "goals" d ON d."id" = c."goalId" WHERE c."recordedById" = $1 ORDER BY c."recordedAt"`,
  ),
  goalMeasurements: plain(
    `SELECT d."title" AS "goal", c."measuredOn", c."value", c."source"
     FROM "goal_measurements" c JOIN "goals" d ON d."id" = c."goalId" WHERE c."recordedById" = $1 ORDER BY c."recordedAt"`,
  ),
  goalAgreements: plain(
    `SELECT d."title" AS "goal", c."answeredOn", c."agrees", c."comment"
     FROM "goal_agreements" c JOIN "goals" d ON d."id" = c."goalId" WHERE c."recordedById" = $1 ORDER BY c."recordedAt"`,
  ),
  initiatives: plain(
    `SELECT n."title", x."verb", x."recordedAt" FROM "initiative_changes" x JOIN "initiatives" n ON n."id" = x."initiativeId"
     WHERE x."recordedById" = $1 ORDER BY x."recordedAt"`,
  ),
  questions: plain(
    `SELECT q."title", q."details", q."askedOn" FROM "questions" q WHERE q."askedById" = $1 ORDER BY q."askedOn"`,
  ),
  questionChanges: plain(
    `SELECT q."title", x."verb", x."recordedAt" FROM "question_changes" x JOIN "questions" q ON q."id" = x."questionId"
     WHERE x."recordedById" = $1 ORDER BY x."recordedAt"`,
  ),
  budgets: plain(
    `SELECT a."name" AS "area", b."year", x."recordedAt" FROM "budget_changes" x JOIN "budgets" b ON b."id" = x."budgetId"
     JOIN "areas" a ON a."id" = b."areaId" WHERE x."recordedById" = $1 ORDER BY x."recordedAt"`,
  ),
  lines: plain('SELECT "text", "writtenOn" FROM "party_lines" WHERE "recordedById" = $1'),
  reviewDrafts: plain(
    `SELECT r."name" AS "area", w."fromOn", w."asOf", o."name" AS "organisation" FROM "review_parties" c
     JOIN "reviews" w ON w."id" = c."reviewId" JOIN "areas" r ON r."id" = w."areaId" JOIN "organisations" o ON o."id" = c."organisationId"
     WHERE c."personId" = $1 ORDER BY w."asOf"`,
  ),
  reactions: plain('SELECT "text", "reactedAt" FROM "review_reactions" WHERE "personId" = $1'),
  ratings: plain(
    `SELECT w."year", c."mark", c."speaksAsOne", c."keptAgreements", c."wentWell", c."canBeBetter", c."answeredAt"
     FROM "ratings" c JOIN "rating_rounds" w ON w."id" = c."roundId" WHERE c."personId" = $1`,
    true,
  ),
  mailsAskedFor: plain(
    `SELECT 'koersoverzicht' AS "subject", a."name" AS "area", k."askedAt" FROM "koersoverzicht_requests" k
     LEFT JOIN "areas" a ON a."id" = k."areaId" WHERE k."personId" = $1
     UNION ALL SELECT q."subject", b."name", q."askedAt" FROM "publication_requests" q
     LEFT JOIN "areas" b ON b."id" = q."areaId" WHERE q."personId" = $1`,
  ),
  // A subject can count confidential actions.
  mails: plain(
    `SELECT "kind", "address", CASE WHEN ${SELF} THEN "subject" END AS "subject", "state", "plannedAt", "sentAt" FROM "outgoing_messages" WHERE "personId" = $1 ORDER BY "plannedAt"`,
  ),
  links: plain('SELECT "purpose", "expiresAt", "usedAt" FROM "mail_links" WHERE "personId" = $1'),
  sessions: plain(
    'SELECT "signedInBy", "userAgent", "createdAt", "lastUsedAt", "endedAt" FROM "web_sessions" WHERE "personId" = $1',
  ),
  tokens: plain(
    'SELECT "name", "createdAt", "expiresAt", "lastUsedAt", "revokedAt" FROM "api_tokens" WHERE "personId" = $1',
    true,
  ),
  passkeys: plain('SELECT "name", "createdAt", "lastUsedAt" FROM "passkeys" WHERE "personId" = $1', true),
  calendarFeeds: plain('SELECT "createdAt" FROM "calendar_feeds" WHERE "personId" = $1'),
  imports: plain('SELECT "state", "createdAt", "executedAt" FROM "action_imports" WHERE "personId" = $1'),
  registerImports: plain(
    'SELECT "register", "state", "createdAt", "executedAt" FROM "register_imports" WHERE "personId" = $1',
  ),
  acts: {
    sql: `SELECT e."sequence", e."at", e."how", e."operation",
        CASE WHEN ${ACT_KNOWN} THEN e."objectType" ELSE 'vertrouwelijk' END AS "objectType",
        CASE WHEN ${ACT_KNOWN} THEN e."objectId" END AS "objectId"
      FROM "audit_entries" e WHERE e."actorId" = $1 ORDER BY e."sequence"`,
  },
};
