import { Inject, Injectable } from '@nestjs/common';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { type EntityManager, IsNull } from 'typeorm';
import type { Actor, Human } from '../platform/access/caller.js';
import { mustHaveJustSignedIn } from '../platform/access/recent-sign-in.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { execute, row, rows } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Callers } from './callers.service.js';
import { browserOf, needsPasskey } from './sign-in.rules.js';
import { hashOf, newSecret } from './tokens.rules.js';
import { type SignedInBy, WebSession } from './web-session.entity.js';

const HOUR_MS = 3_600_000;
/** A session ends after this long without use, */
const IDLE_MS = 12 * HOUR_MS;
/** and in any case after this long. */
const ABSOLUTE_MS = 14 * 24 * HOUR_MS;
/** unless its person is in an open meeting then: at most a day longer. */
const LONGEST_MS = 15 * 24 * HOUR_MS;
/** The last use is recorded at most this often, so that viewing pages causes no writes. */
const NOTED_EVERY_MS = 5 * 60_000;

/** What a browser says about itself when signing in, and its session until now. */
export interface Browser {
  userAgent: string | undefined;
  secret: string | undefined;
}

export interface OpenSession {
  id: string;
  caller: Human;
  /** The CSRF token of this session's forms. */
  csrf: string;
  /** Until a passkey is presented or registered, only the caller's own account is accessible. */
  needsPasskey: boolean;
  lastUsedAt: string;
  expiresAt: string;
}

type Found = Pick<WebSession, 'id' | 'personId' | 'signedInBy' | 'createdAt' | 'lastUsedAt' | 'expiresAt'> & {
  name: string;
  stamp: string | null;
};

type SessionRow = Pick<WebSession, 'id' | 'signedInBy' | 'userAgent' | 'createdAt' | 'lastUsedAt'>;

/**
 * Web sessions. The cookie holds a secret, the database its hash; changes of permissions apply from the next request.
 */
@Injectable()
export class WebSessions {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly callers: Callers,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Starts a session in the caller's transaction; returns the cookie secret. Ends the browser's previous one. */
  async start(
    manager: EntityManager,
    personId: string,
    signedInBy: SignedInBy,
    { userAgent, secret: before }: Browser,
  ): Promise<string> {
    if (before) await this.endWhere(manager, '"hash" = $2', [hashOf(before)]);
    const secret = newSecret('ws');
    const now = this.clock.now();
    const id = newId();
    await manager.insert(WebSession, {
      id,
      personId,
      hash: hashOf(secret),
      signedInBy,
      userAgent: browserOf(userAgent),
      createdAt: now.toISOString(),
      lastUsedAt: now.toISOString(),
      expiresAt: new Date(now.getTime() + ABSOLUTE_MS).toISOString(),
      endedAt: null,
    });
    await this.audit.record(manager, { personId, how: 'session' }, 'web_session.started', { type: 'web_session', id });
    return secret;
  }

  /** The session of a cookie with its person's current permissions; undefined if it ended or the person is inactive. */
  async open(secret: string): Promise<OpenSession | undefined> {
    const session = await this.find(secret);
    if (session) await this.noteUse(session);
    return session;
  }

  /** The same, without counting as use. */
  async find(secret: string): Promise<OpenSession | undefined> {
    const now = this.clock.now();
    const found = await row<Found>(
      this.database.reader,
      `SELECT s."id", s."personId", p."name", s."signedInBy", s."createdAt", s."lastUsedAt", s."expiresAt",
         ${this.callers.stamp} AS "stamp"
       FROM "web_sessions" s JOIN "people" p ON p."id" = s."personId" AND p."active"
       WHERE s."hash" = $1 AND s."endedAt" IS NULL AND s."expiresAt" > $2 AND s."lastUsedAt" > $3`,
      [hashOf(secret), now.toISOString(), new Date(now.getTime() - IDLE_MS).toISOString()],
    );
    if (!found) return undefined;
    const { id, signedInBy, createdAt, lastUsedAt, expiresAt } = found;
    const caller = await this.callers.of(found, 'session');
    caller.signedInAt = createdAt;
    const isWeak = needsPasskey(caller.roles, signedInBy, this.settings.PASSKEY_REQUIRED_FOR);
    return { id, caller, csrf: this.csrfOf(id), needsPasskey: isWeak, lastUsedAt, expiresAt };
  }

  /**
   * Keeps a session, as returned by `find`, from ending during an open meeting: this counts as use, and in its last
   * hour it is extended, up to a day beyond its usual end. A session that was ended stays ended.
   */
  async keepAlive(session: OpenSession): Promise<void> {
    const { id, caller, expiresAt } = session;
    const now = this.clock.now().getTime();
    const latest = Date.parse(caller.signedInAt!) + LONGEST_MS;
    const ends = Date.parse(expiresAt);
    if (ends - now > HOUR_MS || ends >= latest) return this.noteUse(session);
    const changes = {
      lastUsedAt: new Date(now).toISOString(),
      expiresAt: new Date(Math.min(now + 2 * HOUR_MS, latest)).toISOString(),
    };
    await this.transactions.run((manager) => manager.update(WebSession, { id, endedAt: IsNull() }, changes));
  }

  private async noteUse({ id, lastUsedAt }: Pick<OpenSession, 'id' | 'lastUsedAt'>): Promise<void> {
    const now = this.clock.now();
    if (now.getTime() - Date.parse(lastUsedAt) <= NOTED_EVERY_MS) return;
    await this.transactions.run((manager) => manager.update(WebSession, id, { lastUsedAt: now.toISOString() }));
  }

  /** The person of a session, also one that has ended, if the form carries its token; undefined otherwise. */
  async authorOfForm(secret: string, token: unknown): Promise<string | undefined> {
    const session = await row<Pick<WebSession, 'id' | 'personId'>>(
      this.database.reader,
      `SELECT s."id", s."personId" FROM "web_sessions" s JOIN "people" p ON p."id" = s."personId" AND p."active"
       WHERE s."hash" = $1`,
      [hashOf(secret)],
    );
    return session && this.isOwnForm(session.id, token) ? session.personId : undefined;
  }

  /** Whether the form carries the token of a session of that person that has ended or expired. */
  async isEarlierForm(personId: string, token: unknown): Promise<boolean> {
    const sql = 'SELECT "id" FROM "web_sessions" WHERE "personId" = $1 ORDER BY "createdAt" DESC LIMIT 50';
    const sessions = await rows<{ id: string }>(this.database.reader, sql, [personId]);
    return sessions.some(({ id }) => this.isOwnForm(id, token));
  }

  /** Records that the person presented a passkey: the session now counts as started with it. */
  async strengthen(manager: EntityManager, id: string): Promise<void> {
    await manager.update(WebSession, id, { signedInBy: 'passkey' });
  }

  /** Whether a form carries its session's CSRF token. */
  isOwnForm(sessionId: string, token: unknown): boolean {
    if (typeof token !== 'string') return false;
    const [given, expected] = [Buffer.from(token), Buffer.from(this.csrfOf(sessionId))];
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  /** The caller's active sessions, last used first. */
  list(caller: Human): Promise<SessionRow[]> {
    const now = this.clock.now();
    return rows<SessionRow>(
      this.database.reader,
      `SELECT "id", "signedInBy", "userAgent", "createdAt", "lastUsedAt" FROM "web_sessions"
       WHERE "personId" = $1 AND "endedAt" IS NULL AND "expiresAt" > $2 AND "lastUsedAt" > $3 ORDER BY "lastUsedAt" DESC, "id"`,
      [caller.personId, now.toISOString(), new Date(now.getTime() - IDLE_MS).toISOString()],
    );
  }

  /** Ends the current session. */
  leave(id: string, by: Human): Promise<void> {
    return this.transactions.run(async (manager) => {
      if ((await this.endWhere(manager, '"id" = $2 AND "personId" = $3', [id, by.personId])) === 0) throw notFound();
      await this.record(manager, by, id);
    });
  }

  /** Ends another session of the caller; 404 if it is another's or has ended, 403 without a recent sign-in. */
  async end(id: string, by: Human): Promise<void> {
    mustHaveJustSignedIn(by, this.clock.now());
    await this.leave(id, by);
  }

  /** Ends all sessions of the caller except the current one; 403 without a recent sign-in. */
  async endOthers(keptId: string, by: Human): Promise<void> {
    mustHaveJustSignedIn(by, this.clock.now());
    await this.transactions.run(async (manager) => {
      const ended = await this.endWhere(manager, '"id" <> $2 AND "personId" = $3', [keptId, by.personId]);
      if (ended > 0) await this.record(manager, by, null);
    });
  }

  private endWhere(manager: EntityManager, which: string, values: string[]): Promise<number> {
    const sql = `UPDATE "web_sessions" SET "endedAt" = $1 WHERE "endedAt" IS NULL AND ${which}`;
    return execute(manager, sql, [this.clock.moment(), ...values]);
  }

  private record(manager: EntityManager, by: Actor, id: string | null): Promise<void> {
    return this.audit.record(manager, by, 'web_session.ended', { type: 'web_session', id });
  }

  private csrfOf(sessionId: string): string {
    return createHmac('sha256', this.settings.SECRET_KEY).update(`csrf ${sessionId}`).digest('base64url');
  }
}
