import { Injectable } from '@nestjs/common';
import { isPermittedIn, mayKnow } from '../access/access.rules.js';
import type { Caller } from '../access/caller.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import { forbidden } from '../common/problems.js';
import { Database } from '../database/database.js';
import { readableSession } from '../meetings/meetings.access.js';
import { composeParts } from './composing.rules.js';
import { MaterialService } from './material.service.js';
import { OPEN_PART } from './minutes-content.js';
import type { MinutesView } from './minutes.dto.js';
import { NameBook } from './name-book.rules.js';
import { readersCopy } from './reading.rules.js';

/** What the minutes would say if the session closed now. Nothing of it is kept. */
@Injectable()
export class MinutesPreview {
  constructor(
    private readonly database: Database,
    private readonly material: MaterialService,
    private readonly clock: Clock,
  ) {}

  /** For chairs; 404 for a session that is not to be known, 403 for who only sits at its table. */
  async of(sessionId: string, caller: Caller): Promise<MinutesView> {
    const { reader } = this.database;
    const { areaId } = await readableSession(reader, sessionId, caller);
    if (!isPermittedIn(caller, 'minutes.write', areaId)) throw forbidden();
    const names = new NameBook([], newId);
    const parts = composeParts(await this.material.load(reader, sessionId), names).filter(
      ({ label, partyIds }) => label === OPEN_PART || mayKnow(caller, true, partyIds),
    );
    const facts = { id: sessionId, sessionId, state: 'concept', number: 0, reason: 'closing', hash: '' } as const;
    const moments = { composedAt: this.clock.moment(), sentAt: null, adoptedAt: null, adoptedIn: null };
    return readersCopy({ ...facts, ...moments, isInForce: false, version: 0 }, parts, names.added)!;
  }
}
