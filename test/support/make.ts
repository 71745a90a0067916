import { Action } from '../../src/actions/action.entity.js';
import { ActionCoOwner } from '../../src/actions/action-co-owner.entity.js';
import { ActionParty } from '../../src/actions/action-party.entity.js';
import { ActionUpdate } from '../../src/actions/history/action-update.entity.js';
import { stateOf } from '../../src/actions/history/action-state.js';
import type { GrantedRole } from '../../src/platform/access/permissions.js';
import { Webhook } from '../../src/integrations/webhook.entity.js';
import { WebhookDelivery } from '../../src/integrations/webhook-delivery.entity.js';
import { Event, EVENT_KINDS } from '../../src/platform/events/event.entity.js';
import { ClientToken } from '../../src/identity/clients/client-token.entity.js';
import { Client } from '../../src/identity/clients/client.entity.js';
import { CLIENT_PERMISSIONS } from '../../src/platform/access/permissions.js';
import { ApiToken } from '../../src/identity/api-token.entity.js';
import { Passkey } from '../../src/identity/passkey.entity.js';
import { WebSession } from '../../src/identity/web-session.entity.js';
import { hashOf, newSecret } from '../../src/identity/tokens.rules.js';
import { addDays } from '../../src/platform/common/calendar-date.js';
import { newId } from '../../src/platform/common/ids.js';
import { naturalKey, storedKey } from '../../src/platform/spelling/natural-order.js';
import { MakeMeetings } from './make-meetings.js';

type Fields<T> = Partial<T>;

/** Creates rows for tests through `Transactions`, with defaults for everything a test does not care about. */
export class Make extends MakeMeetings {
  /** An action with one row of history. Owner and deadline have defaults. */
  async action(fields: Fields<Action> & { coOwnerIds?: string[]; partyIds?: string[] } = {}): Promise<Action> {
    const n = this.count();
    const { coOwnerIds = [], partyIds = [], ...own } = fields;
    const recordedOn = own.recordedOn ?? this.clock.today();
    const dueOn = own.dueOn === undefined ? addDays(recordedOn, 28) : own.dueOn;
    const number = own.number ?? `TST-${own.isConfidential ? 'V' : ''}${n}`;
    const action = await this.row<Action>(Action, {
      id: newId(),
      number,
      numberKey: naturalKey(number),
      title: `Actie ${n}`,
      titleKey: storedKey(own.title ?? `Actie ${n}`),
      details: null,
      areaId: own.areaId ?? (await this.root()),
      meetingId: null,
      sessionId: null,
      agendaItemId: null,
      theme: null,
      status: 'open',
      statusReason: null,
      resumeOn: null,
      ownerId: own.ownerId === undefined ? (await this.organisation()).id : own.ownerId,
      ownerPersonId: null,
      dueKind: dueOn === null ? 'asap' : 'date',
      dueOn,
      originalDueOn: dueOn,
      postponements: 0,
      checkOn: null,
      realisation: null,
      result: null,
      resultSize: null,
      doneOn: null,
      closedOn: own.doneOn ?? null,
      isHandedBack: false,
      isWithdrawn: false,
      goalId: null,
      opgaveId: null,
      requestedById: null,
      reference: null,
      followsOnId: null,
      contribution: null,
      isPublic: false,
      publicText: null,
      expectedResult: null,
      recordedOn,
      isConfidential: false,
      version: 1,
      ...own,
    });
    for (const organisationId of coOwnerIds) await this.row(ActionCoOwner, { actionId: action.id, organisationId });
    for (const organisationId of partyIds) await this.row(ActionParty, { actionId: action.id, organisationId });
    await this.update(action, { coOwnerIds, kind: 'recorded', sequence: 1, effectiveOn: recordedOn });
    return action;
  }

  /** A row of an action's history with the given state of `action` after it. */
  update(action: Action, fields: Fields<ActionUpdate>): Promise<ActionUpdate> {
    return this.row<ActionUpdate>(ActionUpdate, {
      id: newId(),
      actionId: action.id,
      sequence: 2,
      kind: 'status',
      effectiveOn: this.clock.today(),
      recordedAt: this.clock.moment(),
      recordedById: null,
      recordedByClientId: null,
      onBehalfOfId: null,
      sessionId: null,
      comment: null,
      changes: {},
      restatesId: null,
      ...stateOf({ ...action, coOwnerIds: [] }),
      ...fields,
    });
  }

  /** An API token of a person, as the value of the `Authorization` header. */
  async token(personId: string, fields: Fields<ApiToken> = {}): Promise<string> {
    const secret = newSecret('wa');
    await this.row(ApiToken, {
      id: newId(),
      personId,
      name: 'test',
      hash: hashOf(secret),
      createdAt: '2020-01-01T00:00:00.000Z',
      expiresAt: '2099-01-01T00:00:00.000Z',
      lastUsedAt: null,
      revokedAt: null,
      version: 1,
      ...fields,
    });
    return `Bearer ${secret}`;
  }

  /** A subscription to all events of an area. */
  async webhook(fields: Fields<Webhook> = {}): Promise<Webhook> {
    const areaId = fields.areaId ?? (await this.root());
    return this.row<Webhook>(Webhook, {
      ...{
        id: newId(),
        name: 'zaaksysteem',
        url: 'https://zaaksysteem.example/berichten',
        areaId,
        kinds: [...EVENT_KINDS],
      },
      ...{ secretNumber: 1, rotatedAt: null, createdAt: '2020-01-01T00:00:00.000Z', createdById: null, endedAt: null },
      ...{ version: 1, ...fields },
    });
  }

  /** The delivery of an event about an action that does not exist, in the area of the webhook. */
  async delivery({ id: webhookId, areaId }: Webhook, fields: Fields<WebhookDelivery> = {}): Promise<WebhookDelivery> {
    const now = this.clock.moment();
    const event = await this.row<Event>(Event, {
      ...{ id: newId(), kind: 'action.changed', areaId, subjectId: newId(), data: {}, at: now },
      ...{ dedupeKey: null, plannedAt: now },
    });
    return this.row<WebhookDelivery>(WebhookDelivery, {
      ...{
        id: newId(),
        webhookId,
        eventId: event.id,
        state: 'planned',
        plannedAt: now,
        nextAttemptAt: now,
        attempts: 0,
      },
      ...{ expiresAt: '2099-01-01T00:00:00.000Z', claimId: null, leaseUntil: null, status: null, reason: null },
      ...{ deliveredAt: null, ...fields },
    });
  }

  /** A client with everything it can be given, in the root unless said otherwise, and its token as a header. */
  async client(
    fields: Fields<Client> = {},
    token: Fields<ClientToken> = {},
  ): Promise<{ id: string; tokenId: string; token: string }> {
    const [id, tokenId] = [newId(), newId()];
    const areaId = fields.areaId ?? (await this.root());
    const n = this.count();
    await this.row<Client>(Client, {
      ...{ id, name: `zaaksysteem ${n}`, contact: null, areaId, permissions: CLIENT_PERMISSIONS },
      ...{ createdAt: '2020-01-01T00:00:00.000Z', createdById: null, endedAt: null, version: 1, ...fields },
    });
    const secret = newSecret('wac');
    await this.row<ClientToken>(ClientToken, {
      ...{ id: tokenId, clientId: id, hash: hashOf(secret), days: 90, renewableUntil: null, revokedAt: null },
      ...{ createdAt: '2020-01-01T00:00:00.000Z', expiresAt: '2099-01-01T00:00:00.000Z' },
      ...{ lastUsedAt: null, replacesId: null, version: 1, ...token },
    });
    return { id, tokenId, token: `Bearer ${secret}` };
  }

  /** A browser session of a person, as the value of the `Cookie` header. */
  async cookie(personId: string, fields: Fields<WebSession> = {}): Promise<string> {
    const secret = newSecret('ws');
    await this.row(WebSession, {
      id: newId(),
      personId,
      hash: hashOf(secret),
      signedInBy: 'mail',
      userAgent: 'Firefox op Linux',
      createdAt: this.clock.moment(),
      lastUsedAt: this.clock.moment(),
      expiresAt: '2099-01-01T00:00:00.000Z',
      endedAt: null,
      ...fields,
    });
    return `wijkagenda=${secret}`;
  }

  /** A passkey of a person, without a private key. */
  async passkey(personId: string): Promise<string> {
    const id = newId();
    const createdAt = this.clock.moment();
    const key = {
      credentialId: id,
      publicKey: 'AA',
      counter: 0,
      name: 'Firefox op Linux',
      createdAt,
      lastUsedAt: null,
    };
    await this.row(Passkey, { id, personId, ...key });
    return id;
  }

  /** A new person with this role (on the root unless said otherwise), as an `Authorization` header. */
  async signedIn(role: GrantedRole, areaId?: string, fields: Parameters<Make['person']>[0] = {}): Promise<string> {
    const person = await this.person(fields);
    await this.grant(person.id, role, areaId ?? (await this.root()));
    return this.token(person.id);
  }
}
