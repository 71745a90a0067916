import { Injectable } from '@nestjs/common';
import { areasPerRole, type How, type Human, ROLES_WITH_AREAS } from '../platform/access/caller.js';
import { GRANTED_ROLES, type GrantedRole, type Role } from '../platform/access/permissions.js';
import { Clock } from '../platform/common/clock.js';
import { Database } from '../platform/database/database.js';
import { inForce, row, rows, type Source } from '../platform/database/rows.js';
import { isForContact } from '../directory/people/contact-resolver.rules.js';
import { answersFor, keepsSeat } from '../directory/people/leaving.conditions.js';
import { CommitScopedCache } from '../platform/database/commit-scoped-cache.js';
import { StampedCache } from '../platform/database/stamped-cache.js';
import { ApiToken } from './api-token.entity.js';
import { STAMP } from './rights-stamp.js';
import { isNewUse, TokenUses } from './token-uses.service.js';
import { hashOf } from './tokens.rules.js';

interface Right {
  kind: GrantedRole | 'member' | 'merged' | 'meeting' | 'contact' | 'session' | 'lead' | 'opgave' | 'stamp';
  id: string;
}

/**
 * All permissions of a person on a day, in one statement: grants including the areas below, memberships, contacts, the
 * meetings the person is invited to, by name for an organisation they did not leave or, where nobody who still acts for it
 * and receives mail is named, as the nearest contact
 * (`contactFor`) of an invited organisation, the sessions the person is named for until their minutes are sent, the opgaven
 * led by an organisation of theirs, and those of which they are bestuurder or procesregisseur.
 * An invitation for a single agenda item does not give access to the meeting. Members and contacts of an organisation
 * also act for those merged into it.
 */
const RIGHTS = `
  WITH RECURSIVE
    "granted" ("role", "areaId") AS (
      SELECT g."role", g."areaId" FROM "grants" g WHERE g."personId" = $1 AND ${inForce('g', '$2')}
      UNION
      SELECT b."role", p."areaId" FROM "granted" b JOIN "area_parents" p ON p."parentId" = b."areaId" AND ${inForce('p', '$2')}
    ),
    "member" ("id") AS (SELECT m."organisationId" FROM "memberships" m WHERE m."personId" = $1 AND ${inForce('m', '$2')}),
    "merged" ("id") AS (SELECT o."id" FROM "organisations" o WHERE o."mergedIntoId" IN (SELECT m."id" FROM "member" m)),
    "contacts_mine" ("organisationId", "areaId") AS (
      SELECT c."organisationId", c."areaId" FROM "contacts" c WHERE c."personId" = $1 AND ${answersFor('c', '$2')}
      UNION ALL SELECT o."id", c."areaId" FROM "contacts" c JOIN "organisations" o ON o."mergedIntoId" = c."organisationId"
      WHERE c."personId" = $1 AND ${answersFor('c', '$2')}
    ),
    "asked" ("meetingId", "organisationId", "areaId") AS (
      SELECT DISTINCT i."meetingId", i."organisationId", m."areaId"
      FROM "contacts_mine" c
      JOIN "invitations" i ON i."organisationId" = c."organisationId"
      JOIN "meetings" m ON m."id" = i."meetingId"
      WHERE ${isForContact('i."personId"', keepsSeat('i', '$2'))} AND i."role" = 'participant' AND i."agendaItemId" IS NULL AND ${inForce('i', '$2')}
    ),
    "path" ("areaId", "aboveId", "depth") AS (
      SELECT a."areaId", a."areaId", 0 FROM "asked" a
      UNION
      SELECT b."areaId", p."parentId", b."depth" + 1 FROM "path" b
      JOIN "area_parents" p ON p."areaId" = b."aboveId" AND ${inForce('p', '$2')}
    ),
    "invited" ("meetingId") AS (
      SELECT i."meetingId" FROM "invitations" i
      WHERE i."personId" = $1 AND i."role" IN ('chair', 'participant') AND i."agendaItemId" IS NULL AND ${inForce('i', '$2')}
        AND ${keepsSeat('i', '$2')}
      UNION
      SELECT a."meetingId" FROM "asked" a
      JOIN "contacts_mine" c ON c."organisationId" = a."organisationId"
      LEFT JOIN "path" x ON x."areaId" = a."areaId" AND x."aboveId" = c."areaId"
      WHERE (c."areaId" IS NULL OR x."depth" IS NOT NULL) AND NOT EXISTS (
        SELECT 1 FROM "contacts" o
        JOIN "people" q ON q."id" = o."personId" AND q."active"
        JOIN "path" y ON y."areaId" = a."areaId" AND y."aboveId" = o."areaId"
        WHERE o."organisationId" = a."organisationId" AND ${answersFor('o', '$2')} AND y."depth" < coalesce(x."depth", 1000))
    )
  SELECT "role" AS "kind", "areaId" AS "id" FROM "granted"
  UNION ALL SELECT 'member', "id" FROM "member"
  UNION ALL SELECT 'merged', "id" FROM "merged"
  UNION ALL SELECT 'meeting', "meetingId" FROM "invited"
  UNION ALL SELECT 'contact', m."areaId" FROM "invited" i JOIN "meetings" m ON m."id" = i."meetingId"
  UNION ALL SELECT 'contact', "areaId" FROM "contacts_mine" WHERE "areaId" IS NOT NULL
  UNION ALL SELECT 'session', s."id" FROM "sessions" s
    WHERE (s."chairId" = $1 OR s."secretaryId" = $1) AND s."state" <> 'cancelled' AND NOT EXISTS (
      SELECT 1 FROM "minutes" m WHERE m."sessionId" = s."id" AND m."state" <> 'concept')
  UNION ALL SELECT 'lead', d."opgaveId" FROM "opgave_departments" d WHERE d."isLead"
    AND d."organisationId" IN (SELECT "id" FROM "member" UNION SELECT "id" FROM "merged")
  UNION ALL SELECT 'opgave', g."id" FROM "opgaven" g WHERE g."bestuurderId" = $1 OR g."procesregisseurId" = $1`;

/** What the rights of a person on a day add up to: kept, and shared by their requests. */
type Standing = Pick<
  Human,
  'roles' | 'organisationIds' | 'memberOfIds' | 'areaIds' | 'meetingIds' | 'sessionIds' | 'opgaveIds'
>;

interface KnownToken {
  id: string;
  personId: string;
  name: string;
  expiresAt: string;
  lastUsedAt: string | null;
  /** See `Callers.stamp`. */
  stamp: string | null;
}

/** An active person whose name was just read, with the stamp of that moment. */
type Identified = Pick<Human, 'personId' | 'name'> & { stamp?: string | null };

/** Identifies the people behind requests, and their current permissions. */
@Injectable()
export class Callers {
  /**
   * Token and permissions share one cache, so that SQLite is asked only once per request whether anything was
   * committed.
   */
  private readonly tokens = new CommitScopedCache<{ token: KnownToken; standing: Standing } | null>(this.database);
  private readonly standings = new CommitScopedCache<Standing>(this.database);
  private readonly stamped = new StampedCache<Standing>();
  /**
   * SQL of the stamp that permissions are cached under, for the statement that identifies the caller; null on SQLite,
   * where commits are counted.
   */
  readonly stamp = this.database.isShared ? STAMP : 'NULL';

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly uses: TokenUses,
  ) {}

  /** The caller of an API token; undefined if it is unknown, expired or revoked, or if its person is inactive. */
  async byToken(secret: string): Promise<Human | undefined> {
    const now = this.clock.moment();
    const today = this.clock.today();
    const hash = hashOf(secret);
    const known = await this.tokens.latest(`${hash} ${today}`, async () => {
      const token = await this.findToken(hash);
      return token ? { token, standing: await this.stampedStanding(token, today) } : null;
    });
    if (!known || known.token.expiresAt <= now) return undefined;
    const { token, standing } = known;
    if (isNewUse(token, now)) await this.uses.note(ApiToken, token, now);
    const { personId, name, expiresAt: worksUntil } = token;
    return { personId, name, how: 'token', today, worksUntil, ...standing };
  }

  private async findToken(hash: string): Promise<KnownToken | null> {
    const token = await row<KnownToken>(
      this.database.reader,
      `SELECT t."id", t."expiresAt", t."lastUsedAt", p."id" AS "personId", p."name",
         ${this.stamp} AS "stamp"
       FROM "api_tokens" t JOIN "people" p ON p."id" = t."personId"
       WHERE t."hash" = $1 AND t."revokedAt" IS NULL AND p."active"`,
      [hash],
    );
    return token ?? null;
  }

  /** The caller for a person identified by other means (a mail link, a web session), also as known within a transaction. */
  async byPerson(personId: string, how: How, source: Source = this.database.reader): Promise<Human | undefined> {
    const person = await row<{ name: string }>(source, 'SELECT "name" FROM "people" WHERE "id" = $1 AND "active"', [
      personId,
    ]);
    return person && this.of({ personId, name: person.name }, how, source);
  }

  /** The same for an active person whose name was just read. */
  async of(person: Identified, how: How, source: Source = this.database.reader): Promise<Human> {
    const { personId, name } = person;
    const today = this.clock.today();
    const standing =
      source === this.database.reader
        ? await this.standings.get(`${personId} ${today}`, () => this.stampedStanding(person, today))
        : standingWith(await this.findRights(personId, today, source));
    return { personId, name, how, today, ...standing };
  }

  /** The current permissions; cached on PostgreSQL as long as the stamp read with the person is the same. */
  private stampedStanding({ personId, stamp = null }: Omit<Identified, 'name'>, today: string): Promise<Standing> {
    return this.stamped.get(`${personId} ${today}`, stamp, async () => {
      const rights = await this.findRights(personId, today);
      return { stamp: rights.find(({ kind }) => kind === 'stamp')?.id ?? null, value: standingWith(rights) };
    });
  }

  private findRights(personId: string, today: string, source: Source = this.database.reader): Promise<Right[]> {
    const sql = this.database.isShared ? `${RIGHTS} UNION ALL SELECT 'stamp', ${STAMP}` : RIGHTS;
    return rows<Right>(source, sql, [personId, today]);
  }
}

function standingWith(rights: Right[]): Standing {
  const of = (kind: Right['kind']) => [...new Set(rights.filter((right) => right.kind === kind).map(({ id }) => id))];
  const memberOfIds = of('member');
  const organisationIds = [...memberOfIds, ...of('merged')];
  const meetingIds = of('meeting');
  const sessionIds = of('session');
  const granted = Object.fromEntries(GRANTED_ROLES.map((role) => [role, of(role)]));
  const areaIds = areasPerRole({ ...granted, partner: of('contact') });
  const roles = new Set<Role>(ROLES_WITH_AREAS.filter((role) => areaIds[role].length > 0)).add('person');
  if (meetingIds.length > 0 || organisationIds.length > 0) roles.add('partner');
  if (sessionIds.length > 0) roles.add('officer');
  if (of('lead').length > 0) roles.add('lead');
  const opgaveIds = of('opgave');
  if (opgaveIds.length > 0) roles.add('bestuurder');
  // One request must not change what another may do.
  for (const list of [
    memberOfIds,
    organisationIds,
    meetingIds,
    sessionIds,
    opgaveIds,
    ...Object.values(areaIds),
    areaIds,
  ])
    Object.freeze(list);
  return { roles, organisationIds, memberOfIds, areaIds, meetingIds, sessionIds, opgaveIds };
}
