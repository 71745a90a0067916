import type { EntityTarget, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm';
import { Action } from '../../src/actions/action.entity.js';
import { ActionCoOwner } from '../../src/actions/action-co-owner.entity.js';
import { ActionParty } from '../../src/actions/action-party.entity.js';
import { ActionUpdate } from '../../src/actions/action-update.entity.js';
import type { GrantedRole } from '../../src/platform/access/permissions.js';
import { Area } from '../../src/directory/areas/area.entity.js';
import { AreaParent } from '../../src/directory/areas/area-parent.entity.js';
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
import type { Clock } from '../../src/platform/common/clock.js';
import { newId } from '../../src/platform/common/ids.js';
import { naturalKey, storedKey } from '../../src/platform/common/natural-order.js';
import type { Transactions } from '../../src/platform/database/transactions.js';
import { AgendaItemParty } from '../../src/meetings/agenda/agenda-item-party.entity.js';
import { AgendaItem } from '../../src/meetings/agenda/agenda-item.entity.js';
import { Attendance } from '../../src/meetings/attendance/attendance.entity.js';
import { Meeting } from '../../src/meetings/meeting.entity.js';
import { Invitation } from '../../src/meetings/invitation.entity.js';
import { Session } from '../../src/meetings/session.entity.js';
import { Contact } from '../../src/directory/organisations/contact.entity.js';
import { Grant } from '../../src/directory/organisations/grant.entity.js';
import { Membership } from '../../src/directory/organisations/membership.entity.js';
import { Organisation } from '../../src/directory/organisations/organisation.entity.js';
import { Person } from '../../src/directory/organisations/person.entity.js';
import { Discussion } from '../../src/actions/discussions/discussion.entity.js';

type Fields<T> = Partial<T>;
let counter = 0;

/** Creates rows for tests through `Transactions`, with defaults for everything a test does not care about. */
export class Make {
  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  async row<T extends ObjectLiteral>(entity: EntityTarget<T>, fields: T): Promise<T> {
    await this.transactions.run((manager) => manager.insert(entity, fields as QueryDeepPartialEntity<T>));
    return fields;
  }

  private rootId: string | undefined;

  /** The root of the tree; created once. */
  async root(): Promise<string> {
    this.rootId ??= (await this.area({ kind: 'municipality', name: 'Alphen aan den Rijn', code: 'ALP' })).id;
    return this.rootId;
  }

  async area(fields: Fields<Area> & { parentId?: string } = {}): Promise<Area> {
    counter += 1;
    const { parentId, ...own } = fields;
    const area = await this.row<Area>(Area, {
      id: newId(),
      name: `Wijk ${counter}`,
      code: code(counter),
      kind: 'wijk',
      cbsCode: null,
      inhabitants: null,
      mergedIntoId: null,
      lastActionNumber: 0,
      lastConfidentialNumber: 0,
      version: 1,
      ...own,
    });
    if (area.kind !== 'municipality') {
      await this.row(AreaParent, {
        id: newId(),
        areaId: area.id,
        parentId: parentId ?? (await this.root()),
        fromOn: '2000-01-01',
        untilOn: null,
      });
    }
    return area;
  }

  organisation(fields: Fields<Organisation> = {}): Promise<Organisation> {
    counter += 1;
    return this.row(Organisation, {
      id: newId(),
      name: `Organisatie ${counter}`,
      kind: 'other',
      aliases: [],
      mergedIntoId: null,
      version: 1,
      ...fields,
    });
  }

  /** A person; with `organisationId` a member of it. */
  async person({ organisationId, ...fields }: Fields<Person> & { organisationId?: string } = {}): Promise<Person> {
    counter += 1;
    const person = await this.row(Person, {
      id: newId(),
      name: `functionaris ${counter}`,
      email: `functionaris${counter}@organisatie.example`,
      active: true,
      isShared: false,
      replacementId: null,
      replacementUntilOn: null,
      digestPausedUntilOn: null,
      isDigestStopped: false,
      version: 1,
      ...fields,
    });
    if (organisationId) await this.member(person.id, organisationId);
    return person;
  }

  deactivate(personId: string): Promise<unknown> {
    return this.transactions.run((manager) => manager.update(Person, personId, { active: false }));
  }

  member(personId: string, organisationId: string, fields: Fields<Membership> = {}): Promise<Membership> {
    return this.row(Membership, {
      id: newId(),
      personId,
      organisationId,
      function: null,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }

  /** The person who answers for an organisation, in an area or (`areaId` null) in general. */
  contact(
    organisationId: string,
    personId: string,
    areaId: string | null = null,
    fields: Fields<Contact> = {},
  ): Promise<Contact> {
    return this.row(Contact, {
      id: newId(),
      organisationId,
      personId,
      areaId,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }

  grant(personId: string, role: GrantedRole, areaId: string, fields: Fields<Grant> = {}): Promise<Grant> {
    return this.row(Grant, {
      id: newId(),
      personId,
      role,
      areaId,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }

  meeting(areaId: string, fields: Fields<Meeting> = {}): Promise<Meeting> {
    counter += 1;
    return this.row(Meeting, {
      id: newId(),
      areaId,
      kind: 'professionals',
      name: `Professionaloverleg ${counter}`,
      rhythm: null,
      rhythmSince: null,
      startTime: '10:00',
      durationMinutes: 90,
      place: null,
      defaultAgenda: [],
      minutesForm: 'full',
      skipsHolidays: false,
      allowsWrittenAdoption: false,
      isOpenToReaders: false,
      hasOpenAnnex: null,
      endedOn: null,
      successorId: null,
      version: 1,
      ...fields,
    });
  }

  invitation(meetingId: string, fields: Fields<Invitation>): Promise<Invitation> {
    return this.row(Invitation, {
      id: newId(),
      meetingId,
      organisationId: null,
      personId: null,
      role: 'participant',
      agendaItemId: null,
      fromOn: '2000-01-01',
      untilOn: null,
      version: 1,
      ...fields,
    });
  }

  session(meetingId: string, fields: Fields<Session> = {}): Promise<Session> {
    return this.row(Session, {
      id: newId(),
      meetingId,
      heldOn: this.clock.today(),
      rhythmOn: null,
      startTime: '10:00',
      endTime: null,
      heldUntil: null,
      place: null,
      state: 'planned',
      isExtra: false,
      chairId: null,
      secretaryId: null,
      cancellationReason: null,
      reopeningReason: null,
      openedAt: null,
      closedAt: null,
      lastItemNumber: 0,
      lastConfidentialItemNumber: 0,
      calendarSequence: 0,
      version: 1,
      ...fields,
    });
  }

  /** An action with one row of history. Owner and deadline have defaults. */
  async action(fields: Fields<Action> & { coOwnerIds?: string[]; partyIds?: string[] } = {}): Promise<Action> {
    counter += 1;
    const { coOwnerIds = [], partyIds = [], ...own } = fields;
    const recordedOn = own.recordedOn ?? this.clock.today();
    const dueOn = own.dueOn === undefined ? addDays(recordedOn, 28) : own.dueOn;
    const number = own.number ?? `TST-${own.isConfidential ? 'V' : ''}${counter}`;
    const action = await this.row<Action>(Action, {
      id: newId(),
      number,
      numberKey: naturalKey(number),
      title: `Actie ${counter}`,
      titleKey: storedKey(own.title ?? `Actie ${counter}`),
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
    const {
      status,
      statusReason,
      resumeOn,
      ownerId,
      ownerPersonId,
      dueKind,
      dueOn,
      originalDueOn,
      postponements,
      checkOn,
    } = action;
    const { realisation, result, resultSize, doneOn, closedOn, isHandedBack, isWithdrawn, title, areaId, theme } =
      action;
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
      title,
      areaId,
      theme,
      coOwnerIds: [],
      isPublic: action.isPublic,
      isConfidential: action.isConfidential,
      status,
      statusReason,
      resumeOn,
      ownerId,
      ownerPersonId,
      dueKind,
      dueOn,
      originalDueOn,
      postponements,
      checkOn,
      realisation,
      result,
      resultSize,
      doneOn,
      closedOn,
      isHandedBack,
      isWithdrawn,
      recordedOn: action.recordedOn,
      ...fields,
    });
  }

  /** An agenda item; with `partyIds` a confidential one. */
  async agendaItem(
    sessionId: string,
    { partyIds = [], ...fields }: Fields<AgendaItem> & { partyIds?: string[] } = {},
  ): Promise<AgendaItem> {
    const item = await this.row<AgendaItem>(AgendaItem, {
      id: newId(),
      sessionId,
      number: '1',
      position: 1,
      kind: 'topic',
      title: 'Zwerfvuil',
      notes: null,
      decision: null,
      state: 'accepted',
      proposedById: null,
      plannedMinutes: null,
      declineReason: null,
      carriedFromId: null,
      isConfidential: partyIds.length > 0,
      version: 1,
      ...fields,
    });
    for (const organisationId of partyIds) await this.row(AgendaItemParty, { agendaItemId: item.id, organisationId });
    return item;
  }

  attendance(sessionId: string, fields: Fields<Attendance>): Promise<Attendance> {
    return this.row(Attendance, {
      id: newId(),
      sessionId,
      personId: null,
      guestName: null,
      organisationId: null,
      isReplacement: false,
      status: 'present',
      version: 1,
      ...fields,
    });
  }

  /** An action discussed in a session. */
  discussion(fields: Fields<Discussion> & { sessionId: string; actionId: string }): Promise<Discussion> {
    return this.row(Discussion, { id: newId(), kind: 'open', outcome: null, note: null, version: 1, ...fields });
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

  /** A client with everything it can be given, in the root unless said otherwise, and its token as a header. */
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

  /** The delivery of an event about an action that does not exist. */
  async delivery(webhookId: string, fields: Fields<WebhookDelivery> = {}): Promise<WebhookDelivery> {
    const now = this.clock.moment();
    const event = await this.row<Event>(Event, {
      ...{ id: newId(), kind: 'action.changed', areaId: await this.root(), subjectId: newId(), data: {}, at: now },
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

  async client(
    fields: Fields<Client> = {},
    token: Fields<ClientToken> = {},
  ): Promise<{ id: string; tokenId: string; token: string }> {
    const [id, tokenId] = [newId(), newId()];
    const areaId = fields.areaId ?? (await this.root());
    counter += 1;
    await this.row<Client>(Client, {
      ...{ id, name: `zaaksysteem ${counter}`, contact: null, areaId, permissions: CLIENT_PERMISSIONS },
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

/** AA, AB … for the n-th area. */
function code(n: number): string {
  return `T${String.fromCharCode(65 + (Math.floor(n / 676) % 26), 65 + (Math.floor(n / 26) % 26), 65 + (n % 26))}`;
}
