import { Injectable } from '@nestjs/common';
import { isPermittedAt, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { forbidden, invalid } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, rows } from '../../platform/database/rows.js';
import { shapeOf } from '../../platform/database/shapes.js';
import { Organisation } from '../../directory/organisations/organisation.entity.js';
import { ActionSessions } from '../action-sessions.service.js';
import { nextSessionOn } from '../deadlines.rules.js';
import type { InterpretLineDto } from './interpretation.dto.js';
import { type Candidate, interpret, type InterpretationView } from './interpretation.rules.js';

/** The context of a line: place and day. */
interface Place {
  day: string;
  areaId: string | null;
  meetingId: string | null;
  sessionId: string | null;
}

/** The quick line: interprets one line of Dutch as a proposal. It saves nothing. */
@Injectable()
export class Interpretation {
  constructor(
    private readonly database: Database,
    private readonly sessions: ActionSessions,
  ) {}

  /** 404 if the session is hidden from the caller, 403 if the caller may not record actions there. */
  async read(input: InterpretLineDto, caller: Caller): Promise<InterpretationView> {
    const place = await this.placeOf(input, caller);
    const candidates = await this.candidates(place);
    return interpret(input.line, candidates, place.day, await this.nextSession(place));
  }

  private async placeOf({ sessionId, areaId }: InterpretLineDto, caller: Caller): Promise<Place> {
    if (sessionId && areaId) {
      throw invalid([{ field: 'areaId', message: 'areaId must be omitted when sessionId is given' }]);
    }
    if (sessionId) {
      const session = await this.sessions.find(this.database.reader, sessionId, caller);
      if (!isPermittedAt(caller, 'actions.write', session)) throw forbidden();
      const { heldOn: day, areaId: area, meetingId } = session;
      return { day, areaId: area, meetingId, sessionId };
    }
    if (!areaId) return { day: caller.today, areaId: null, meetingId: null, sessionId: null };
    const area = await this.sessions.areaWithMeeting(this.database.reader, areaId, caller.today);
    if (!area) throw invalid([{ field: 'areaId', message: 'areaId is not an area where actions are recorded' }]);
    if (!isPermittedIn(caller, 'actions.write', areaId)) throw forbidden();
    return { day: caller.today, areaId, meetingId: area.meetingId, sessionId: null };
  }

  private async nextSession({ meetingId, sessionId, day }: Place): Promise<string | null> {
    if (meetingId === null) return null;
    const sessions = await this.sessions.of(this.database.reader, meetingId, day);
    return nextSessionOn(
      sessions.filter(({ id }) => id !== sessionId),
      day,
    );
  }

  /** Every organisation with its names, including those merged into it. */
  private async candidates({ areaId, meetingId, day }: Place): Promise<Candidate[]> {
    const params = new Params();
    const on = params.add(day);
    const meeting = meetingId === null ? 'NULL' : params.add(meetingId);
    const area = areaId === null ? 'NULL' : params.add(areaId);
    const found = await rows<Candidate & { aliases: string[]; mergedIntoId: string | null }>(
      this.database.reader,
      `SELECT o."id", o."name", o."aliases", o."mergedIntoId",
         (o."id" IN (SELECT i."organisationId" FROM "invitations" i WHERE i."meetingId" = ${meeting} AND ${inForce('i', on)})
          OR o."id" IN (SELECT c."organisationId" FROM "contacts" c WHERE c."areaId" = ${area} AND ${inForce('c', on)})) AS "isNear"
       FROM "organisations" o ORDER BY natural_key(o."name"), o."id"`,
      params.values,
      { ...shapeOf(Organisation), isNear: 'boolean' },
    );
    const formerNames = (id: string) => found.filter(({ mergedIntoId }) => mergedIntoId === id);
    return found
      .filter(({ mergedIntoId }) => mergedIntoId === null)
      .map(({ id, name, aliases, isNear }) => ({
        id,
        name,
        aliases: [...aliases, ...formerNames(id).flatMap((former) => [former.name, ...former.aliases])],
        isNear,
      }));
  }
}
