import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isPermittedIn } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { Audit } from '../../platform/audit/audit.service.js';
import { Clock } from '../../platform/common/clock.js';
import { conflict, notFound } from '../../platform/common/problems.js';
import { row, rows } from '../../platform/database/rows.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Session } from '../../meetings/session.entity.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import type { VisibleMinutes } from '../../minutes/minutes-visibility.js';
import type { DestructionDto, RemovalView } from './removals.dto.js';
import { Destruction } from './destruction.service.js';
import { lockForRemoval } from './removals.access.js';
import { mayBeDestroyedFrom } from './removals.rules.js';
import { wordsElsewhere } from './words-elsewhere.js';

/** Vernietiging: destroys the whole text of minutes, at the earliest after their retention period. */
@Injectable()
export class MinutesDestruction {
  constructor(
    private readonly transactions: Transactions,
    private readonly destruction: Destruction,
    private readonly audit: Audit,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** Destroys the whole text of minutes after their retention period; 409 before. */
  async destroy(sessionId: string, { ground }: DestructionDto, version: number, by: Caller): Promise<RemovalView> {
    return this.transactions.removeForGood(async (manager) => {
      const visible = await destroyable(manager, sessionId, by);
      const minutes = await lockForRemoval(manager, visible, by, version);
      const { heldOn } = await manager.findOneByOrFail(Session, { id: sessionId });
      const from = mayBeDestroyedFrom(heldOn, this.settings.MINUTES_RETENTION_YEARS);
      if (this.clock.today() < from)
        throw conflict('RETENTION_NOT_OVER', `These minutes must be kept; they can be destroyed from ${from}.`);
      const texts = await this.destruction.ofMinutes(manager, minutes, ground, by);
      const versions = await rows<RemovalView['versions'][number]>(
        manager,
        'SELECT "number", "hash" FROM "minutes_versions" WHERE "minutesId" = $1 ORDER BY "number"',
        [minutes.id],
      );
      const subject = { type: 'minutes', id: minutes.id, areaId: visible.areaId };
      await this.audit.record(manager, by, 'minutes.destroyed', subject);
      const elsewhere = await wordsElsewhere(manager, texts, by);
      const declared = { ground, version: version + 1, versions, elsewhere };
      return { sessionId, kind: 'destroyed' as const, by: by.name, at: this.clock.moment(), ...declared };
    });
  }
}

/** Destruction does not require read access: an administrator does it for the archive. */
async function destroyable(manager: EntityManager, sessionId: string, by: Caller) {
  const found = await row<Pick<VisibleMinutes, 'id' | 'sessionId' | 'areaId'>>(
    manager,
    `SELECT m."id", m."sessionId", g."areaId" FROM "minutes" m JOIN "sessions" s ON s."id" = m."sessionId"
     JOIN "meetings" g ON g."id" = s."meetingId" WHERE m."sessionId" = $1`,
    [sessionId],
  );
  if (!found || !isPermittedIn(by, 'minutes.destroy', found.areaId)) throw notFound();
  return found;
}
