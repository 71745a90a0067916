import { Injectable } from '@nestjs/common';
import { isPermittedAt, isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { forbidden, invalid } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { ActionSessions } from '../action-sessions.service.js';
import { nextSessionOn } from '../deadlines.rules.js';
import type { InterpretLineDto, OwnerCandidateListDto } from './interpretation.dto.js';
import { interpret, type InterpretationView } from './interpretation.rules.js';
import { completed } from './who-candidates.rules.js';
import { type LinePlace, WhoCandidateLists } from './who-candidates.service.js';

type Where = Pick<InterpretLineDto, 'sessionId' | 'areaId'>;

/** The quick line: interprets one line of Dutch as a proposal. It saves nothing. */
@Injectable()
export class Interpretation {
  constructor(
    private readonly database: Database,
    private readonly sessions: ActionSessions,
    private readonly lists: WhoCandidateLists,
  ) {}

  /** 404 if the session is hidden from the caller, 403 if the caller may not record actions there. */
  async read(input: InterpretLineDto, caller: Caller): Promise<InterpretationView> {
    const place = await this.placeOf(input, caller);
    const candidates = await this.lists.of(place, { line: input.line }, caller);
    const [own] = caller.memberOfIds;
    const speaker = candidates.organisations.find(({ id }) => id === own) ?? null;
    return interpret(input.line, candidates, { day: place.day, nextSessionOn: await this.nextSession(place), speaker });
  }

  /** Who `q` may mean, best match first; 404, 403 and 400 as for a line. */
  async candidates({ q, session, area, page, pageSize }: OwnerCandidateListDto, caller: Caller) {
    const place = await this.placeOf({ sessionId: session, areaId: area }, caller, 'area');
    const found = completed(q ?? '', await this.lists.of(place, q ? { part: q } : null, caller));
    return { items: found.slice((page - 1) * pageSize, page * pageSize), total: found.length, page, pageSize };
  }

  private async placeOf({ sessionId, areaId }: Where, caller: Caller, field = 'areaId'): Promise<LinePlace> {
    if (sessionId && areaId) {
      throw invalid([{ field, message: `${field} must be omitted when a session is given` }]);
    }
    if (sessionId) {
      const session = await this.sessions.find(this.database.reader, sessionId, caller);
      if (!isPermittedAt(caller, 'actions.write', session)) throw forbidden();
      const { heldOn: day, areaId: area, meetingId } = session;
      return { day, areaId: area, meetingId, sessionId };
    }
    if (!areaId) return { day: caller.today, areaId: null, meetingId: null, sessionId: null };
    const area = await this.sessions.areaWithMeeting(this.database.reader, areaId, caller.today);
    if (!area) throw invalid([{ field, message: `${field} is not an area where actions are recorded` }]);
    if (!isPermittedIn(caller, 'actions.write', areaId)) throw forbidden();
    return { day: caller.today, areaId, meetingId: area.meetingId, sessionId: null };
  }

  private async nextSession({ meetingId, sessionId, day }: LinePlace): Promise<string | null> {
    if (meetingId === null) return null;
    const sessions = await this.sessions.of(this.database.reader, meetingId, day);
    return nextSessionOn(
      sessions.filter(({ id }) => id !== sessionId),
      day,
    );
  }
}
