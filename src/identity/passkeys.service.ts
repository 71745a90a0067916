import { BadRequestException, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { EntityManager } from 'typeorm';
import { type Actor, ANONYMOUS, type Human } from '../platform/access/caller.js';
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
/** Loaded at first use: few people use a passkey every day. */
const library = () => import('@simplewebauthn/server');

type PasskeyRow = Pick<Passkey, 'id' | 'name' | 'createdAt' | 'lastUsedAt'>;

const refused = () =>
  new BadRequestException('This passkey is unknown, or its response is invalid.', {
    errorCode: 'PASSKEY_REFUSED',
  });

/** 403: until it presents a passkey, this session may only do that or register the first one. */
export const passkeyRequired = () =>
  new ForbiddenException('Sign in with a passkey to do this.', { errorCode: 'PASSKEY_REQUIRED' });

/** Sign-in with passkeys. Each challenge is stored until it is answered, once. */
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

  /** Options for the browser to create a passkey for the caller; 403 without a recent sign-in. */
  async offerRegistration(caller: Human) {
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
   * Registers a new passkey; the session then counts as started with it. 400 if the response is invalid, 403 without a
   * recent sign-in or if the session must first present a passkey the person already has.
   */
  async register(
    response: RegistrationResponseJSON,
    userAgent: string | undefined,
    by: Human,
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

  /** Removes a passkey of the caller; 404 for another's; 403 without a recent sign-in or a required passkey. */
  async remove(id: string, by: Human, session: OpenSession | undefined): Promise<void> {
    if (session?.needsPasskey) throw passkeyRequired();
    mustHaveJustSignedIn(by, this.clock.now());
    await this.transactions.run(async (manager) => {
      const sql = 'DELETE FROM "passkeys" WHERE "id" = $1 AND "personId" = $2';
      if ((await execute(manager, sql, [id, by.personId])) === 0) throw notFound();
      await this.audit.record(manager, by, 'passkey.removed', { type: 'passkey', id });
    });
  }

  /** Removes all passkeys of a person and ends their sessions: a device was lost. 403 without a recent sign-in. */
  async removeAll(personId: string, by: Actor): Promise<void> {
    mustHaveJustSignedIn(by, this.clock.now());
    await this.transactions.run((manager) => forgetPasskeys(manager, this.audit, this.clock.moment(), personId, by));
  }

  /** Options for the browser to sign in with any passkey for this service; reveals nothing about who is known. */
  async offerSignIn() {
    const options = await (
      await library()
    ).generateAuthenticationOptions({ rpID: this.host, userVerification: 'required' });
    await this.keepChallenge(options.challenge, null);
    return options;
  }

  /** Signs in with a passkey; returns the cookie secret. 400 if it is unknown or invalid, or its person is inactive. */
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
      await this.transactions.run((manager) => this.audit.recordRefusal(manager, ANONYMOUS, 'sign_in.refused', who));
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
        // Not in `personId`: that would turn the challenge into a sign-in link.
        returnTo: purposeOf(personId),
        hash: hashOf(`challenge ${challenge}`),
        requestedAt: now.toISOString(),
        expiresAt: later(now, MINUTES_TO_ANSWER),
      }),
    );
  }

  /** Whether this challenge was recently issued for this purpose; it is then used up. */
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

/** The same in the caller's transaction, also for commands. The provider account may be another one afterwards. */
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
