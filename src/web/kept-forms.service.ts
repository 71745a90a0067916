import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { isSameSite, readCookie, type RequestWithSession, writeCookie } from '../identity/session-cookie.js';
import { hashOf, newSecret } from '../identity/tokens.rules.js';
import { WebSessions } from '../identity/web-sessions.service.js';
import { Clock } from '../platform/common/clock.js';
import { Database } from '../platform/database/database.js';
import { execute, row } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { type Typed, withTyped } from './filled-forms.rules.js';
import { KeptForm } from './kept-form.entity.js';
import { BROUGHT_BACK, FILE_AGAIN } from './words.js';

const COOKIE = 'wijkagenda-formulier';
const SECONDS = 3600;
/** How many forms are kept, of as many tabs. */
const MOST = 5;
const CIPHER = 'aes-256-gcm';

interface Sent {
  /** The path the form posts to. */
  action: string;
  typed: Typed;
  hasFile: boolean;
}

/**
 * Keeps what was typed in a form that was submitted after the sign-in had expired, and fills it in again on the form's
 * page for the same person in the same browser. Nothing is executed: the person submits the form again. It is encrypted
 * with a secret that only that browser has.
 */
@Injectable()
export class KeptForms {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly sessions: WebSessions,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the submitted form for an hour, if it came from one of our forms in this browser's session; returns whether
   * it did; or if `isForeign`, in an earlier session of the same person.
   */
  async keep(request: RequestWithSession, reply: FastifyReply, isForeign = false): Promise<boolean> {
    const { method, body, url } = request;
    if (method !== 'POST' || typeof body !== 'object' || body === null) return false;
    const personId = await this.authorOf(request, (body as Record<string, unknown>)._csrf, isForeign);
    if (personId === undefined) return false;
    const earlier = await this.keptBy(request, personId);
    const secret = earlier?.secret ?? newSecret('kf');
    const sent = sentIn(url, body);
    const others = (earlier?.sent ?? []).filter(({ action }) => action !== sent.action);
    const sealed = this.seal([...others.slice(1 - MOST), sent], secret);
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + SECONDS * 1000).toISOString();
    await this.transactions.run(async (manager) => {
      const sql = 'DELETE FROM "kept_forms" WHERE "personId" = $1 OR "expiresAt" < $2';
      await execute(manager, sql, [personId, now.toISOString()]);
      await manager.insert(KeptForm, { personId, hash: hashOf(secret), sealed, expiresAt });
    });
    writeCookie(reply, this.settings.PUBLIC_URL, secret, COOKIE, SECONDS);
    return true;
  }

  /**
   * The page with the kept values filled in, once; the unchanged page if there are none, or if their form is not on it.
   */
  async bringBack(html: string, request: RequestWithSession, reply: FastifyReply): Promise<string> {
    const personId = request.session?.caller.personId;
    if (personId === undefined || request.method !== 'GET') return html;
    const kept = await this.keptBy(request, personId);
    if (!kept) return html;
    const { secret, sent: all } = kept;
    let filled = html;
    const back = all.filter(({ action, typed }) => {
      const changed = withTyped(filled, action, typed);
      filled = changed ?? filled;
      return changed !== undefined;
    });
    if (back.length === 0) return html;
    const left = all.filter((one) => !back.includes(one));
    await this.transactions.run((manager) =>
      left.length > 0
        ? execute(manager, 'UPDATE "kept_forms" SET "sealed" = $1 WHERE "personId" = $2', [
            this.seal(left, secret),
            personId,
          ])
        : execute(manager, 'DELETE FROM "kept_forms" WHERE "personId" = $1', [personId]),
    );
    if (left.length === 0) writeCookie(reply, this.settings.PUBLIC_URL, '', COOKIE);
    const words = back.some(({ hasFile }) => hasFile) ? `${BROUGHT_BACK} ${FILE_AGAIN}` : BROUGHT_BACK;
    return filled.replace(
      '<h1',
      () => `<p class="utrecht-alert utrecht-alert--warning warning notice" role="status">${words}</p>\n<h1`,
    );
  }

  /** The forms that this person submitted too late in this browser, and the secret they are sealed with. */
  private async keptBy(
    request: RequestWithSession,
    personId: string,
  ): Promise<{ secret: string; sent: Sent[] } | undefined> {
    const secret = readCookie(request, this.settings.PUBLIC_URL, COOKIE);
    if (!secret) return undefined;
    const kept = await row<Pick<KeptForm, 'sealed'>>(
      this.database.reader,
      'SELECT "sealed" FROM "kept_forms" WHERE "hash" = $1 AND "personId" = $2 AND "expiresAt" > $3',
      [hashOf(secret), personId, this.clock.moment()],
    );
    const sent = kept && this.open(kept.sealed, secret);
    return sent && { secret, sent };
  }

  /** The person whose form it is: that of the session, or of an earlier one whose token the form carries. */
  private async authorOf(request: RequestWithSession, csrf: unknown, isForeign: boolean): Promise<string | undefined> {
    if (!isSameSite(request, this.settings.PUBLIC_URL)) return undefined;
    const personId = request.session?.caller.personId;
    if (personId !== undefined) {
      const isOwn = !isForeign || (await this.sessions.isEarlierForm(personId, csrf));
      return isOwn ? personId : undefined;
    }
    const secret = readCookie(request, this.settings.PUBLIC_URL);
    return secret ? this.sessions.authorOfForm(secret, csrf) : undefined;
  }

  private keyOf(secret: string): Buffer {
    return createHmac('sha256', this.settings.SECRET_KEY).update(`kept form ${secret}`).digest();
  }

  private seal(sent: readonly Sent[], secret: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.keyOf(secret), iv);
    const bytes = Buffer.concat([cipher.update(JSON.stringify(sent), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), bytes]).toString('base64url');
  }

  /** Undefined if it can no longer be decrypted because `SECRET_KEY` has changed. */
  private open(sealed: string, secret: string): Sent[] | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv(CIPHER, this.keyOf(secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    try {
      const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
      return [JSON.parse(text) as Sent | Sent[]].flat();
    } catch {
      return undefined;
    }
  }
}

function sentIn(url: string, body: object): Sent {
  const isText = (value: unknown) => typeof value === 'string' || (Array.isArray(value) && value.every(isText));
  const entries = Object.entries(body).filter(([name, value]) => name !== '_csrf' && isText(value));
  const hasFile = Object.values(body).some((value) => Buffer.isBuffer(value));
  return { action: url, typed: Object.fromEntries(entries) as Typed, hasFile };
}
