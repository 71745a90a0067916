import { Inject, Injectable, Logger } from '@nestjs/common';
import { createHmac, randomBytes } from 'node:crypto';
import type { Configuration } from 'openid-client';
import type { EntityManager } from 'typeorm';
import { Database } from '../platform/database/database.js';
import { execute, row } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Person } from '../directory/people/person.entity.js';
import { Transactions } from '../platform/database/transactions.js';
import { SETTINGS, type Settings } from '../platform/settings.js';
import { ownPath } from './sign-in.rules.js';
import type { SignedIn } from './sign-in.service.js';
import { type Browser, WebSessions } from './web-sessions.service.js';

export const OPENID_PATH = '/aanmelden/openid';
export const OPENID_RETURN = `${OPENID_PATH}/terug`;
const SCOPE = 'openid email';
const SECONDS_TO_ANSWER = 10;
/** Loaded at the first such sign-in, since most municipalities start without a provider. */
const library = () => import('openid-client');

/** Why the provider's response is rejected: cancelled or failed there, not valid for us, or no matching person here. */
export type Refused = 'given_up' | 'not_ours' | 'unknown';
/** The provider's claims about the person who signed in. */
type Claims = Record<string, unknown>;

/**
 * Sign-in at the municipality's OpenID Connect provider: authorization code flow with PKCE, state and nonce. The only
 * state kept in between is the ticket, in a cookie of that browser, so that any instance can handle the response.
 */
@Injectable()
export class OpenIdConnect {
  private readonly log = new Logger('auth');
  private provider: Promise<Configuration> | undefined;

  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly sessions: WebSessions,
  ) {}

  get isOffered(): boolean {
    return this.settings.OIDC_ISSUER !== '';
  }

  /** The URL that starts this sign-in and leads back to a page of ours; null without a provider. */
  hrefFor(returnTo: string): string | null {
    return this.isOffered ? `${OPENID_PATH}?terug=${encodeURIComponent(returnTo)}` : null;
  }

  /** Whether the person has signed in at the provider before: after that, only that account identifies them there. */
  async hasAccount(personId: string): Promise<boolean> {
    const sql = 'SELECT 1 AS "one" FROM "people" WHERE "id" = $1 AND "providerAccount" IS NOT NULL';
    return (await row(this.database.reader, sql, [personId])) !== undefined;
  }

  /** The URL for the browser, and the ticket it must bring back within ten minutes. Throws if the provider is down. */
  async begin(returnTo: unknown): Promise<{ url: string; ticket: string }> {
    const provider = await this.discover();
    const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await library();
    const state = randomBytes(32).toString('base64url');
    const url = buildAuthorizationUrl(provider, {
      redirect_uri: this.settings.PUBLIC_URL + OPENID_RETURN,
      scope: SCOPE,
      state,
      nonce: this.derived('nonce', state),
      code_challenge: await calculatePKCECodeChallenge(this.derived('verifier', state)),
      code_challenge_method: 'S256',
    });
    return { url: url.href, ticket: `${state}.${Buffer.from(ownPath(returnTo)).toString('base64url')}` };
  }

  /**
   * Handles the provider's response, the query of its redirect. The person is found by account, and the first time by
   * the verified address, because anyone with that mailbox could also sign in by mail.
   */
  async finish(query: string, ticket: string | undefined, browser: Browser): Promise<SignedIn | Refused> {
    const [state, path] = ticket?.split('.') ?? [];
    if (!state || !path) return 'not_ours';
    const claims = await this.claimsOf(query, state);
    if (typeof claims === 'string') return claims;
    const secret = await this.transactions.run(async (manager) => {
      const personId = await this.personOf(manager, claims);
      return personId && this.sessions.start(manager, personId, 'oidc', browser);
    });
    if (!secret) {
      this.log.warn('Sign-in at the provider failed: no person with that account or address');
      return 'unknown';
    }
    return { secret, returnTo: ownPath(Buffer.from(path, 'base64url').toString('utf8')) };
  }

  /**
   * The person of an account. An address identifies a person only until they have signed in with an account, so that
   * someone who inherits the address of a former colleague does not inherit their access.
   */
  private async personOf(manager: EntityManager, claims: Claims): Promise<string | undefined> {
    const issuer = `${this.settings.OIDC_ISSUER} `;
    const account = issuer + String(claims.sub);
    const known = await row<{ id: string; active: boolean }>(
      manager,
      'SELECT "id", "active" FROM "people" WHERE "providerAccount" = $1',
      [account],
      shapeOf(Person),
    );
    if (known) return known.active ? known.id : undefined;
    const { email, email_verified: isVerified = true } = claims;
    if (typeof email !== 'string' || isVerified !== true) return undefined;
    const person = await row<{ id: string; account: string | null }>(
      manager,
      'SELECT "id", "providerAccount" AS "account" FROM "people" WHERE "email" = $1 AND "active"',
      [email.toLowerCase()],
    );
    if (!person || person.account?.startsWith(issuer)) return undefined;
    await execute(manager, 'UPDATE "people" SET "providerAccount" = $1 WHERE "id" = $2', [account, person.id]);
    return person.id;
  }

  private async claimsOf(query: string, state: string): Promise<Claims | Refused> {
    const provider = await this.discover();
    const { authorizationCodeGrant, AuthorizationResponseError, fetchUserInfo } = await library();
    try {
      const tokens = await authorizationCodeGrant(
        provider,
        new URL(`${this.settings.PUBLIC_URL}${OPENID_RETURN}?${query}`),
        {
          expectedState: state,
          expectedNonce: this.derived('nonce', state),
          pkceCodeVerifier: this.derived('verifier', state),
          idTokenExpected: true,
        },
      );
      const claims = tokens.claims()!;
      return claims.email === undefined ? await fetchUserInfo(provider, tokens.access_token, claims.sub) : claims;
    } catch (error) {
      this.log.warn(`Sign-in at the provider failed: ${(error as { code?: string }).code ?? 'unknown reason'}`);
      return error instanceof AuthorizationResponseError ? 'given_up' : 'not_ours';
    }
  }

  /** The provider's endpoints and keys, fetched once; retried after a failure. */
  private discover(): Promise<Configuration> {
    return (this.provider ??= this.ask().catch((error: { code?: string }) => {
      this.provider = undefined;
      this.log.error(`The OpenID Connect provider cannot be reached: ${error.code ?? 'unknown reason'}`);
      throw error as Error;
    }));
  }

  private async ask(): Promise<Configuration> {
    const { allowInsecureRequests, ClientSecretPost, discovery, None } = await library();
    const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = this.settings;
    const issuer = new URL(OIDC_ISSUER);
    return discovery(
      issuer,
      OIDC_CLIENT_ID,
      undefined,
      OIDC_CLIENT_SECRET ? ClientSecretPost(OIDC_CLIENT_SECRET) : None(),
      { timeout: SECONDS_TO_ANSWER, execute: issuer.protocol === 'http:' ? [allowInsecureRequests] : [] },
    );
  }

  /** A secret that only this service can derive from the state, so that nothing needs to be stored. */
  private derived(purpose: string, state: string): string {
    return createHmac('sha256', this.settings.SECRET_KEY).update(`openid ${purpose} ${state}`).digest('base64url');
  }
}
