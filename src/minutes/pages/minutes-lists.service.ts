import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { pageOf, Params } from '../../platform/database/rows.js';
import type { MinutesState } from '../minutes.entity.js';
import { visibleTo } from '../minutes-visibility.js';
import { MINUTES_STATE_WORDS } from '../words.js';

interface Row {
  sessionId: string;
  meetingName: string;
  areaName: string;
  heldOn: string;
  state: MinutesState;
  mayWrite: boolean;
}

/** The minutes of an area that a caller may read, newest first. */
@Injectable()
export class MinutesLists {
  constructor(
    private readonly database: Database,
    private readonly areas: Areas,
  ) {}

  async of(areaId: string, caller: Caller, page: number, pageSize: number) {
    const params = new Params();
    const areaIds = await this.areas.idsBelow(areaId, caller.today);
    const writers = params.list(caller.areaIds.chair);
    const { items, ...rest } = await pageOf<Row>(
      this.database.reader,
      {
        select: `m."sessionId", g."name" AS "meetingName", a."name" AS "areaName", s."heldOn", m."state",
          g."areaId" IN (${writers}) AS "mayWrite"`,
        from: `"minutes" m JOIN "sessions" s ON s."id" = m."sessionId" JOIN "meetings" g ON g."id" = s."meetingId"
          JOIN "areas" a ON a."id" = g."areaId"`,
        where: `g."areaId" IN (${params.list(areaIds)}) AND ${visibleTo(caller, params)}`,
        orderBy: 's."heldOn" DESC, s."id"',
        params,
        shape: { mayWrite: 'boolean' },
      },
      { page, pageSize },
    );
    return {
      ...rest,
      items: items.map(({ state, heldOn, mayWrite, ...row }) => ({
        ...row,
        heldOn: inDutch(heldOn),
        // Recipients continue to see what was sent while the chair works on the next draft.
        stateName: MINUTES_STATE_WORDS[state === 'concept' && !mayWrite ? 'sent' : state],
      })),
    };
  }
}
