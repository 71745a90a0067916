import { Inject, Injectable } from '@nestjs/common';
import { isPermittedAt } from '../../platform/access/access.rules.js';
import { mayKnow } from '../../platform/access/confidentiality.js';
import type { Caller } from '../../platform/access/caller.js';
import { AttendanceLists } from '../../meetings/attendance/attendance-lists.service.js';
import { Clock } from '../../platform/common/clock.js';
import { newId } from '../../platform/common/ids.js';
import { forbidden } from '../../platform/common/problems.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Database } from '../../platform/database/database.js';
import { readableSession } from '../../meetings/meetings.access.js';
import { composeParts } from './composing.rules.js';
import type { AttendanceRow } from './material.js';
import { MaterialService } from './material.service.js';
import { OPEN_PART } from '../minutes-content.js';
import type { MinutesView } from '../minutes.dto.js';
import { NameBook } from '../name-book.rules.js';
import { readersCopy } from '../reading.rules.js';

/** The minutes as they would read if the session closed now. Nothing is stored. */
@Injectable()
export class MinutesPreview {
  constructor(
    private readonly database: Database,
    private readonly material: MaterialService,
    private readonly attendances: AttendanceLists,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** For chairs; 404 if the session is hidden from the caller, 403 for participants. */
  async of(sessionId: string, caller: Caller): Promise<MinutesView> {
    const { reader } = this.database;
    const session = await readableSession(reader, sessionId, caller);
    const { areaId } = session;
    if (!isPermittedAt(caller, 'minutes.write', { id: sessionId, areaId })) throw forbidden();
    const names = new NameBook([], newId);
    const { attendances, ...material } = await this.material.load(reader, sessionId);
    const missing = session.state === 'open' ? await this.attendances.notHeardOf(reader, session) : [];
    const absent = missing.map(({ personId, name, function: role, organisationName: organisation }): AttendanceRow => {
      return { personId, name: name!, function: role, organisation, isReplacement: false, status: 'absent' };
    });
    const parts = composeParts({ ...material, attendances: [...attendances, ...absent] }, names).filter(
      ({ label, partyIds }) => label === OPEN_PART || mayKnow(caller, true, partyIds),
    );
    const facts = { id: sessionId, sessionId, state: 'concept', number: 0, reason: 'closing', hash: '' } as const;
    const moments = { composedAt: this.clock.moment(), sentAt: null, adoptedAt: null, adoptedIn: null };
    const version = { ...facts, ...moments, isInForce: false, version: 0 };
    return readersCopy(version, parts, names.added, this.settings)!;
  }
}
