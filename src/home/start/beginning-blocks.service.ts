import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { Params, row, rows } from '../../platform/database/rows.js';
import { MOST_LINES } from './own-blocks.service.js';
import type { StartBlock } from './start.view.js';

/** What a chair does before there is a next session: make the meeting, then plan it. */
@Injectable()
export class BeginningBlocks {
  constructor(private readonly database: Database) {}

  /** While the areas of a chair have no meeting at all: how to begin. */
  async firstMeeting(caller: Caller): Promise<StartBlock | null> {
    if (caller.areaIds.chair.length === 0) return null;
    const params = new Params();
    const sql = `SELECT 1 FROM "meetings" m WHERE m."areaId" IN (${params.list(caller.areaIds.chair)}) LIMIT 1`;
    if (await row(this.database.reader, sql, params.values)) return null;
    return {
      id: 'eerste-overleg',
      title: 'Zo begint u',
      intro:
        'U bent voorzitter van een gebied dat nog geen overleg heeft. Maak het overleg, vink aan wie er aan tafel zit, en plan de eerste vergadering. Elke pagina brengt u naar de volgende.',
      button: { href: '/overleggen/nieuw', label: 'Nieuw overleg' },
    };
  }

  /** Meetings of a chair that go on, and for which no session is planned. */
  async notPlanned(caller: Caller): Promise<StartBlock | null> {
    const params = new Params();
    const found = await rows<{ id: string; name: string; total: number }>(
      this.database.reader,
      `SELECT m."id", m."name", count(*) OVER () AS "total" FROM "meetings" m
       WHERE m."areaId" IN (${params.list(caller.areaIds.chair)})
         AND (m."endedOn" IS NULL OR m."endedOn" > ${params.add(caller.today)})
         AND NOT EXISTS (SELECT 1 FROM "sessions" s WHERE s."meetingId" = m."id" AND s."state" IN ('planned', 'open'))
       ORDER BY natural_key(m."name"), m."id" LIMIT ${MOST_LINES}`,
      params.values,
    );
    if (found.length === 0) return null;
    return {
      id: 'niet-gepland',
      title: 'Nog niets gepland',
      count: found[0].total,
      lines: found.map(({ id, name }) => ({ href: `/overleggen/${id}`, text: name })),
      button: { href: `/overleggen/${found[0].id}`, label: 'Plan een vergadering' },
    };
  }
}
