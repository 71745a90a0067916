import { Injectable } from '@nestjs/common';
import { inForce, Params, rows, type Source } from '../database/rows.js';
import { Participants } from '../meetings/participants.service.js';

/** A person who answers for an organisation at a table of the area. */
export interface Party {
  personId: string;
  name: string;
  email: string;
  organisationId: string;
}

/** Who the parties of areas are: the participants of the meetings there, each person once. */
@Injectable()
export class Parties {
  constructor(private readonly participants: Participants) {}

  /** Those with somebody to mail. Chairs hold the pen and informed organisations sit at no table: neither is a party. */
  async of(source: Source, areaIds: readonly string[], day: string): Promise<Party[]> {
    const params = new Params();
    const on = params.add(day);
    const meetings = await rows<{ id: string; areaId: string }>(
      source,
      `SELECT m."id", m."areaId" FROM "meetings" m
       WHERE m."areaId" IN (${params.list(areaIds)}) AND (m."endedOn" IS NULL OR m."endedOn" >= ${on})
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
}
