import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ANONYMOUS } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { isMailAddress } from '../platform/common/input.js';
import { newId } from '../platform/common/ids.js';
import { Database } from '../platform/database/database.js';
import { execute, row } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Transactions } from '../platform/database/transactions.js';
import { Outbox } from '../platform/mail/outbox.service.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { BLANK, insertLink, later, signInUrl } from './sign-in-links.js';
import { SignInRequest } from './sign-in-request.entity.js';
import {
  codeHashOf,
  MAILS_COUNT_MINUTES,
  MINUTES_VALID,
  MOST_MAILS,
  MOST_WRONG_CODES,
  ownPath,
} from './sign-in.rules.js';
import { hashOf } from './tokens.rules.js';
import { type Browser, WebSessions } from './web-sessions.service.js';

/** A successful sign-in: the cookie secret, and where the person was going. */
export interface SignedIn {
  secret: string;
  returnTo: string;
}

/** Sign-in with the link or code of a mail, valid once within ten minutes. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly sessions: WebSessions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Records a sign-in request and plans the mail if the address belongs to an active person. Returns the request's id,
   * which the code belongs to; it does not reveal whether the address is known.
   */
  ask(email: string, returnTo: string): Promise<string> {
    const address = email.trim().toLowerCase();
    const id = newId();
    const now = this.clock.now();
    const expiresAt = later(now, MINUTES_VALID);
    return this.transactions.run(async (manager) => {
      const person = await row<{ id: string; email: string; recent: number }>(
        manager,
        `SELECT p."id", p."email", (SELECT CAST(count(*) AS integer) FROM "sign_in_requests" r
           WHERE r."personId" = p."id" AND r."requestedAt" > $2 AND r."usedAt" IS NULL) AS "recent"
         FROM "people" p WHERE p."email" = $1 AND p."active"`,
        [isMailAddress(address) ? address : '', later(now, -MAILS_COUNT_MINUTES)],
      );
      const personId = person && person.recent < MOST_MAILS ? person.id : null;
      await this.forgetOld(manager, now);
      await manager.insert(SignInRequest, {
        ...BLANK,
        id,
        personId,
        returnTo: ownPath(returnTo),
        requestedAt: now.toISOString(),
        expiresAt,
      });
      if (personId) {
        const mail = { kind: 'sign_in', dedupeKey: `sign_in ${id}`, address: person!.email, personId };
        await this.outbox.plan(manager, { ...mail, batchId: null, payload: { requestId: id }, expiresAt });
      }
      return id;
    });
  }

  /** Creates a link without a mail, for demos: valid for some minutes and reusable. */
  async issueLink(personId: string, minutes: number): Promise<string> {
    const link = { personId, minutes, isOnce: false };
    return this.urlOf(await this.transactions.run((manager) => insertLink(manager, link, this.clock.now())));
  }

  urlOf(token: string): string {
    return signInUrl(this.settings.PUBLIC_URL, token);
  }

  /** Whether a link is still valid, for the page with its button; changes nothing. */
  async isOpen(token: string): Promise<boolean> {
    return (await this.usable(this.database.reader, '"hash" = $1', hashOf(token))) !== undefined;
  }

  /** Signs in with a link; undefined if it is no longer valid or its person is inactive. */
  withLink(token: string, browser: Browser): Promise<SignedIn | undefined> {
    return this.transactions.run(async (manager) => {
      const request = await this.usable(manager, '"hash" = $1', hashOf(token));
      if (!request) return undefined;
      return this.enter(manager, request, request.isOnce ? 'mail' : 'command', browser);
    });
  }

  /**
   * Signs in with the code of a request's mail. Wrong codes are counted and audited; five of them void the request. A
   * request for an unknown address is handled the same way, so that it takes as long.
   */
  withCode(requestId: string, code: string, browser: Browser): Promise<SignedIn | undefined> {
    return this.transactions.run(async (manager) => {
      const request = await this.usable(manager, '"id" = $1', requestId);
      const codeHash = codeHashOf(code.replaceAll(/\s/g, ''), requestId, this.settings.SECRET_KEY);
      if (request && request.wrongCodes < MOST_WRONG_CODES && request.codeHash === codeHash)
        return this.enter(manager, request, 'code', browser);
      await this.noteWrongCode(manager, requestId);
      return undefined;
    });
  }

  private async noteWrongCode(manager: EntityManager, requestId: string): Promise<void> {
    const asked = await row<{ personId: string | null }>(
      manager,
      'SELECT "personId" FROM "sign_in_requests" WHERE "id" = $1 AND "expiresAt" > $2',
      [requestId, this.clock.moment()],
    );
    if (!asked) return;
    const sql = 'UPDATE "sign_in_requests" SET "wrongCodes" = "wrongCodes" + 1 WHERE "id" = $1';
    await execute(manager, sql, [requestId]);
    await this.audit.recordRefusal(manager, ANONYMOUS, 'sign_in.refused', { type: 'person', id: asked.personId });
  }

  private async enter(
    manager: EntityManager,
    request: Usable,
    signedInBy: 'mail' | 'code' | 'command',
    browser: Browser,
  ): Promise<SignedIn | undefined> {
    const moment = this.clock.moment();
    const sql = `UPDATE "sign_in_requests" SET "usedAt" = $1 WHERE "id" = $2${request.isOnce ? ' AND "usedAt" IS NULL' : ''}`;
    // If two arrive at the same moment, the second finds it used.
    if ((await execute(manager, sql, [moment, request.id])) === 0) return undefined;
    const secret = await this.sessions.start(manager, request.personId, signedInBy, browser);
    return { secret, returnTo: request.returnTo };
  }

  private usable(
    source: EntityManager | Database['reader'],
    which: string,
    value: string,
  ): Promise<Usable | undefined> {
    return row<Usable>(
      source,
      `SELECT r."id", r."personId", r."codeHash", r."returnTo", r."wrongCodes", r."isOnce"
       FROM "sign_in_requests" r JOIN "people" p ON p."id" = r."personId" AND p."active"
       WHERE r.${which} AND r."expiresAt" > $2 AND (r."usedAt" IS NULL OR NOT r."isOnce")`,
      [value, this.clock.moment()],
      shapeOf(SignInRequest),
    );
  }

  private forgetOld(manager: EntityManager, now: Date): Promise<number> {
    return execute(manager, 'DELETE FROM "sign_in_requests" WHERE "expiresAt" < $1', [later(now, -24 * 60)]);
  }
}

interface Usable {
  id: string;
  personId: string;
  codeHash: string | null;
  returnTo: string;
  wrongCodes: number;
  isOnce: boolean;
}
