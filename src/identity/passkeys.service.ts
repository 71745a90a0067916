import { BadRequestException, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { EntityManager } from 'typeorm';
import { type Actor, type Caller, STRANGER } from '../platform/access/caller.js';
import { mustHaveJustSignedIn } from '../platform/access/recent-sign-in.js';
import { Audit } from '../platform/audit/audit.service.js';
import { Clock } from '../platform/common/clock.js';
import { newId } from '../platform/common/ids.js';
import { notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { execute, row, rows } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { Passkey } from './passkey.entity.js';
import { BLANK, later } from './sign-in-links.js';
import { SignInRequest } from './sign-in-request.entity.js';
import { browserOf } from './sign-in.rules.js';
import { hashOf } from './tokens.rules.js';
import { type Browser, type OpenSession, WebSessions } from './web-sessions.service.js';

const MINUTES_TO_ANSWER = 5;
/** Loaded when somebody first uses a passkey: few do so every day. */
const library = () => import('@simplewebauthn/server');

export type PasskeyRow = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>;

const refused = () =>
  new BadRequestException('This passkey is not known here, or its answer is not right.', {
    errorCode: 'PASSKEY_REFUSED',
  });

/** 403: this session may do nothing but sign in with a passkey, or make the first one. */
export const passkeyRequired = () =>
  new ForbiddenException('Sign in with a passkey to do this.', { errorCode: 'PASSKEY_REQUIRED' });

/** Signing in with a passkey. Each challenge is kept until it is answered, once. */
@Injectable()
export class Passkeys {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly sessions: WebSessions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  list(personId: string): Promise<PasskeyRow[]> {
    const sql = `SELECT "id", "name", "createdAt", "lastUsedAt" FROM "passkeys" WHERE "personId" = $1 ORDER BY "createdAt", "id"`;
    return rows<PasskeyRow>(this.database.reader, sql, [personId]);
  }

  /** What the browser needs to make a key for the caller; 403 for who has not just signed in. */
  async offerRegistration(caller: Caller) {
    mustHaveJustSignedIn(caller, this.clock.now());
    const known = await rows<{ id: string }>(
      this.database.reader,
      'SELECT "credentialId" AS "id" FROM "passkeys" WHERE "personId" = $1',
      [caller.personId],
    );
    const options = await (
      await library()
    ).generateRegistrationOptions({
      rpName: `Wijkagenda ${this.settings.MUNICIPALITY}`,
      rpID: this.host,
      userName: caller.name,
      userDisplayName: caller.name,
      userID: new TextEncoder().encode(caller.personId),
      excludeCredentials: known,
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    await this.keepChallenge(options.challenge, caller.personId);
    return options;
  }

  /**
   * Takes the key that was made; the session it was made in counts as begun with it. Throws 400 when its answer is not
   * right, and 403 when the session was to be begun with a key the person has already, or long ago.
   */
  async register(
    response: RegistrationResponseJSON,
    userAgent: string | undefined,
    by: Caller,
    session: OpenSession | undefined,
  ): Promise<void> {
    mustHaveJustSignedIn(by, this.clock.now());
    if (session?.needsPasskey && (await this.list(by.personId)).length > 0) throw passkeyRequired();
    const { verified, registrationInfo } = await (
      await library()
    )
      .verifyRegistrationResponse({
        response,
        expectedChallenge: (challenge) => this.takeChallenge(challenge, by.personId),
        expectedOrigin: this.origin,
        expectedRPID: this.host,
        requireUserVerification: true,
      })
      .catch(() => {
        throw refused();
      });
    if (!verified) throw refused();
    const { credential } = registrationInfo;
    const id = newId();
    await this.transactions.run(async (manager) => {
      await manager.insert(Passkey, {
        id,
        personId: by.personId,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        name: browserOf(userAgent),
        createdAt: this.clock.moment(),
        lastUsedAt: null,
      });
      if (session) await this.sessions.strengthen(manager, session.id);
      await this.audit.record(manager, by, 'passkey.registered', { type: 'passkey', id });
    });
  }

  /** Takes a key of the caller away; 404 for another's, 403 in a session that was to be begun with one, or long ago. */
  async remove(id: string, by: Caller, session: OpenSession | undefined): Promise<void> {
    if (session?.needsPasskey) throw passkeyRequired();
    mustHaveJustSignedIn(by, this.clock.now());
    await this.transactions.run(async (manager) => {
      const sql = 'DELETE FROM "passkeys" WHERE "id" = $1 AND "personId" = $2';
      if ((await execute(manager, sql, [id, by.personId])) === 0) throw notFound();
      await this.audit.record(manager, by, 'passkey.removed', { type: 'passkey', id });
    });
  }

  /** Takes all keys of a person away, and ends the person's sessions: a device was lost. 403 for who has not just signed in. */
  async removeAll(personId: string, by: Actor): Promise<void> {
    mustHaveJustSignedIn(by, this.clock.now());
    await this.transactions.run((manager) => forgetPasskeys(manager, this.audit, this.clock.moment(), personId, by));
  }

  /** What the browser needs to answer with any key it has for us; it says nothing of who is known. */
  async offerSignIn() {
    const options = await (
      await library()
    ).generateAuthenticationOptions({ rpID: this.host, userVerification: 'required' });
    await this.keepChallenge(options.challenge, null);
    return options;
  }

  /** Signs in with a key: the secret for the cookie. Throws 400 for one that is unknown, wrong, or of who is not active. */
  async signIn(response: AuthenticationResponseJSON, browser: Browser): Promise<string> {
    const key = await row<Pick<Passkey, 'id' | 'personId' | 'credentialId' | 'publicKey' | 'counter'>>(
      this.database.reader,
      `SELECT k."id", k."personId", k."credentialId", k."publicKey", k."counter"
       FROM "passkeys" k JOIN "people" p ON p."id" = k."personId" AND p."active" WHERE k."credentialId" = $1`,
      [typeof response?.id === 'string' ? response.id.slice(0, 500) : ''],
    );
    if (!key) throw refused();
    const answered = await (
      await library()
    )
      .verifyAuthenticationResponse({
        response,
        expectedChallenge: (challenge) => this.takeChallenge(challenge, null),
        expectedOrigin: this.origin,
        expectedRPID: this.host,
        requireUserVerification: true,
        credential: {
          id: key.credentialId,
          publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
          counter: Number(key.counter),
        },
      })
      .catch(() => undefined);
    if (!answered?.verified) {
      const who = { type: 'person', id: key.personId };
      await this.transactions.run((manager) => this.audit.recordRefusal(manager, STRANGER, 'sign_in.refused', who));
      throw refused();
    }
    return this.transactions.run(async (manager) => {
      const used = { counter: answered.authenticationInfo.newCounter, lastUsedAt: this.clock.moment() };
      await manager.update(Passkey, key.id, used);
      return this.sessions.start(manager, key.personId, 'passkey', browser);
    });
  }

  private async keepChallenge(challenge: string, personId: string | null): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run((manager) =>
      manager.insert(SignInRequest, {
        ...BLANK,
        id: newId(),
        // Not `personId`: with it the challenge would be a link to sign in with.
        returnTo: purposeOf(personId),
        hash: hashOf(`challenge ${challenge}`),
        requestedAt: now.toISOString(),
        expiresAt: later(now, MINUTES_TO_ANSWER),
      }),
    );
  }

  /** Whether we gave this challenge for this purpose a moment ago; from now on it is used up. */
  private async takeChallenge(challenge: string, personId: string | null): Promise<boolean> {
    const sql = 'DELETE FROM "sign_in_requests" WHERE "hash" = $1 AND "returnTo" = $2 AND "expiresAt" > $3';
    const values = [hashOf(`challenge ${challenge}`), purposeOf(personId), this.clock.moment()];
    return (await this.transactions.run((manager) => execute(manager, sql, values))) === 1;
  }

  private get origin(): string {
    return new URL(this.settings.PUBLIC_URL).origin;
  }

  private get host(): string {
    return new URL(this.settings.PUBLIC_URL).hostname;
  }
}

/** The same inside a transaction, for the command line too. The account at the provider can be another one from then on. */
export async function forgetPasskeys(
  manager: EntityManager,
  audit: Audit,
  moment: string,
  personId: string,
  by: Actor,
): Promise<void> {
  await manager.delete(Passkey, { personId });
  await execute(manager, 'UPDATE "people" SET "providerAccount" = NULL WHERE "id" = $1', [personId]);
  const sql = 'UPDATE "web_sessions" SET "endedAt" = $1 WHERE "endedAt" IS NULL AND "personId" = $2';
  await execute(manager, sql, [moment, personId]);
  await audit.record(manager, by, 'passkeys.removed', { type: 'person', id: personId });
}

const purposeOf = (personId: string | null): string => (personId ? `passkey ${personId}` : 'passkey');
