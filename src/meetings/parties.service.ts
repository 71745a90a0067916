import { Injectable } from '@nestjs/common';
import { addDays } from '../platform/common/calendar-date.js';
import { goesOnSql } from './meetings.rules.js';
import { inForce, Params, rows, type Source } from '../platform/database/rows.js';
import { Areas } from '../directory/areas/areas.service.js';
import { Participants } from './participants.service.js';
import { ContactResolver, questionKey } from '../directory/people/contact-resolver.service.js';

const YEAR_DAYS = 366;

/** A person who represents an organisation at a table in the area. */
export interface Party {
  personId: string;
  name: string;
  email: string;
  organisationId: string;
}

/** The parties of an area: the participants of the meetings in it and below it, each person once. */
@Injectable()
export class Parties {
  constructor(
    private readonly areas: Areas,
    private readonly participants: Participants,
    private readonly answering: ContactResolver,
  ) {}

  /**
   * Parties of an area and those below it who can receive mail. Chairs and informed organisations do not count as parties.
   * Once no meeting goes on there, as after a merger at New Year, those of the meetings that ended in the year before: they
   * can still say how it went.
   */
  async of(source: Source, areaId: string, day: string): Promise<Party[]> {
    const areaIds = await this.areas.idsBelow(areaId, day, source);
    const parties = await this.ofAreas(source, areaIds, day);
    return parties.length > 0 ? parties : this.ofAreas(source, areaIds, day, addDays(day, -YEAR_DAYS));
  }

  /** Of the meetings that go on, or ended after `endedSince`. */
  private async ofAreas(source: Source, areaIds: readonly string[], day: string, endedSince = day): Promise<Party[]> {
    const params = new Params();
    const on = params.add(day);
    const meetings = await rows<{ id: string; areaId: string }>(
      source,
      `SELECT m."id", m."areaId" FROM "meetings" m
       WHERE m."areaId" IN (${params.list(areaIds)}) AND ${goesOnSql('m', params.add(endedSince))}
         AND EXISTS (SELECT 1 FROM "invitations" i WHERE i."meetingId" = m."id" AND i."role" = 'participant'
           AND i."agendaItemId" IS NULL AND ${inForce('i', on)})
       ORDER BY m."id"`,
      params.values,
    );
    const found = new Map<string, Party>();
    for (const { id, areaId } of meetings) {
      for (const seat of await this.participants.of(source, id, areaId, day)) {
        const { role, personId, name, email, organisationId } = seat;
        if (role !== 'participant' || !personId || !name || !email || !organisationId || found.has(personId)) continue;
        found.set(personId, { personId, name, email, organisationId });
      }
    }
    return [...found.values()];
  }

  /**
   * The parties of one opgave: its departments and the owners of actions that serve it, represented by their people at
   * the tables of the areas, or by their contact for the area.
   */
  async ofOpgave(source: Source, opgaveId: string, areaId: string, day: string) {
    const areaIds = await this.areas.idsBelow(areaId, day);
    const params = new Params();
    const opgave = params.add(opgaveId);
    const involved = await rows<{ organisationId: string }>(
      source,
      `SELECT d."organisationId" FROM "opgave_departments" d WHERE d."opgaveId" = ${opgave}
       UNION SELECT a."ownerId" FROM "actions" a LEFT JOIN "goals" g ON g."id" = a."goalId"
       WHERE a."areaId" IN (${params.list(areaIds)}) AND a."ownerId" IS NOT NULL AND NOT a."isConfidential"
         AND NOT a."isWithdrawn" AND coalesce(a."opgaveId", g."opgaveId") = ${opgave}`,
      params.values,
    );
    const ids = new Set(involved.map(({ organisationId }) => organisationId));
    const parties = (await this.ofAreas(source, areaIds, day)).filter(({ organisationId }) => ids.has(organisationId));
    const seated = new Set(parties.map(({ organisationId }) => organisationId));
    const questions = [...ids].filter((id) => !seated.has(id)).map((organisationId) => ({ organisationId, areaId }));
    const answers = questions.length > 0 ? await this.answering.resolve(source, questions, day) : new Map();
    for (const question of questions) {
      const { personId, name, email } = answers.get(questionKey(question)) ?? {};
      const isKnown = parties.some((party) => party.personId === personId);
      if (personId && email && !isKnown)
        parties.push({ personId, name, email, organisationId: question.organisationId });
    }
    return parties;
  }
}
