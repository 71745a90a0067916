import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { rows } from '../../platform/database/rows.js';
import { answersFor } from '../../directory/people/leaving.conditions.js';
import { ContactResolver, questionKey } from '../../directory/people/contact-resolver.service.js';
import type { InvitationRole } from '../../meetings/invitation.entity.js';
import { Invitations } from '../../meetings/invitations.service.js';
import type { MeetingView } from '../../meetings/meetings.dto.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { Participants } from '../../meetings/participants.service.js';
import { type Place, placeKey } from './places.rules.js';

/** Someone who can be ticked for a table: an organisation with its contact, or one of its people. */
export interface Candidate extends Place {
  key: string;
  organisationName: string | null;
  /** Null if there is nobody to mail. */
  name: string | null;
  email: string | null;
}

interface Candidates {
  /** People at the table of another meeting. */
  taken: Candidate[];
  /** Organisations with their own contact in the area. */
  ofArea: Candidate[];
  /** The other organisations, with their general contact if there is one. */
  others: Candidate[];
}

const MOST = 200;

/** Those who could be invited to a meeting and have not been yet. */
@Injectable()
export class TableCandidates {
  constructor(
    private readonly database: Database,
    private readonly meetings: Meetings,
    private readonly invitations: Invitations,
    private readonly participants: Participants,
    private readonly contacts: ContactResolver,
  ) {}

  /**
   * The candidates for a meeting, and those at the table of `fromId`, another one the caller may read (404 otherwise).
   */
  async of(meeting: MeetingView, fromId: string | null, caller: Caller): Promise<Candidates> {
    const { items } = await this.invitations.list(meeting.id, { page: 1, pageSize: MOST, on: caller.today }, caller);
    const seated = new Set(items.filter(({ agendaItemId }) => agendaItemId === null).map(placeKey));
    const taken = fromId ? await this.atTableOf(await this.meetings.read(fromId, caller), caller) : [];
    const free = taken.filter(({ key }) => !seated.has(key));
    const isHere = new Set(items.map(({ organisationId }) => organisationId));
    const named = new Set(free.map(({ organisationId }) => organisationId));
    const organisations = (await this.organisations(meeting, caller.today)).filter(
      ({ organisationId }) => !isHere.has(organisationId) && !named.has(organisationId),
    );
    return {
      taken: free,
      ofArea: organisations.filter(({ isOfArea }) => isOfArea),
      others: organisations.filter(({ isOfArea }) => !isOfArea),
    };
  }

  private async atTableOf(meeting: MeetingView, caller: Caller): Promise<Candidate[]> {
    const { items } = await this.invitations.list(meeting.id, { page: 1, pageSize: MOST, on: caller.today }, caller);
    const people = await this.participants.of(this.database.reader, meeting.id, meeting.areaId, caller.today);
    return items
      .filter(({ agendaItemId }) => agendaItemId === null)
      .map((one) => {
        const person = people.find(({ personId, organisationId }) =>
          one.personId ? personId === one.personId : organisationId === one.organisationId,
        );
        const { organisationId, organisationName, personId, role } = one;
        const seat = { organisationId, personId, role };
        const { name = one.personName, email = null } = person ?? {};
        return { ...seat, key: placeKey(seat), organisationName, name, email };
      });
  }

  private async organisations(meeting: MeetingView, day: string) {
    const found = await rows<{ id: string; name: string; isOfArea: boolean }>(
      this.database.reader,
      `SELECT o."id", o."name", EXISTS (SELECT 1 FROM "contacts" c WHERE c."organisationId" = o."id"
         AND c."areaId" = $1 AND ${answersFor('c', '$2')}) AS "isOfArea"
       FROM "organisations" o WHERE o."mergedIntoId" IS NULL ORDER BY natural_key(o."name"), o."id"`,
      [meeting.areaId, day],
      { isOfArea: 'boolean' },
    );
    const questions = found.map(({ id }) => ({ organisationId: id, areaId: meeting.areaId }));
    const answers = await this.contacts.resolve(this.database.reader, questions, day);
    return found.map(({ id, name: organisationName, isOfArea }) => {
      const contact = answers.get(questionKey({ organisationId: id, areaId: meeting.areaId })) ?? null;
      const seat = { organisationId: id, personId: null, role: 'participant' as InvitationRole };
      const { name = null, email = null } = contact ?? {};
      return { ...seat, key: placeKey(seat), organisationName, name, email, isOfArea };
    });
  }
}
