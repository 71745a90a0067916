import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { Clock } from '../../platform/common/clock.js';
import { Database } from '../../platform/database/database.js';
import { orderOf } from '../../platform/database/rows.js';
import { SessionViews } from '../../meetings/session-views.service.js';
import type { SessionListDto, SessionView } from '../../meetings/sessions.dto.js';

const SORT = { heldOn: 's."heldOn"' };
const NEWEST_FIRST = 's."heldOn" DESC, s."startTime" DESC, s."id"';

/** The dated sessions of a series, as a caller may know them. */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly areas: Areas,
    private readonly views: SessionViews,
  ) {}

  async list(query: SessionListDto, caller: Caller) {
    const orderBy = orderOf(query.sort, SORT, NEWEST_FIRST);
    const areaIds = query.area && (await this.areas.idsBelow(query.area, this.clock.today()));
    return this.views.page(
      this.database.reader,
      caller,
      (params) => [
        ...(areaIds ? [`m."areaId" IN (${params.list(areaIds)})`] : []),
        ...(query.meeting ? [`m."id" = ${params.add(query.meeting)}`] : []),
        ...(query.state ? [`s."state" = ${params.add(query.state)}`] : []),
        ...(query.from ? [`s."heldOn" >= ${params.add(query.from)}`] : []),
        ...(query.until ? [`s."heldOn" <= ${params.add(query.until)}`] : []),
      ],
      orderBy,
      query,
    );
  }

  /** One session; 404 if the caller may not know it. */
  read(id: string, caller: Caller): Promise<SessionView> {
    return this.views.one(this.database.reader, id, caller);
  }
}
