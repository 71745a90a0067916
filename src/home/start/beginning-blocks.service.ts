import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import { MOST_LINES } from './own-blocks.service.js';
import type { StartBlock } from './start.view.js';

const FIRST_MEETING: StartBlock = {
  id: 'eerste-overleg',
  title: 'Zo begint u',
  intro:
    'U bent voorzitter van een gebied dat nog geen overleg heeft. Maak het overleg, vink aan wie er aan tafel zit, en plan de eerste vergadering. Elke pagina brengt u naar de volgende.',
  button: { href: '/overleggen/nieuw', label: 'Nieuw overleg' },
};

/** What a chair does before there is a next session: make the meeting, then plan it. */
@Injectable()
export class BeginningBlocks {
  constructor(private readonly database: Database) {}

  /**
   * How to begin, while the areas of a chair have no meeting at all; else the meetings that go on with no session planned.
   * A meeting that is stopped today is left out, although today is still one of its days.
   */
  async begin({ areaIds: { chair }, today }: Caller): Promise<StartBlock | null> {
    if (chair.length === 0) return null;
    const params = new Params();
    const areas = params.list(chair);
    const found = await rows<{ id: string; name: string; isUnplanned: boolean; total: number }>(
      this.database.reader,
      `WITH "theirs" AS (
         SELECT m."id", m."name", (m."endedOn" IS NULL OR m."endedOn" > ${params.add(today)})
           AND NOT EXISTS (SELECT 1 FROM "sessions" s WHERE s."meetingId" = m."id" AND s."state" IN ('planned', 'open')) AS "isUnplanned"
         FROM "meetings" m WHERE m."areaId" IN (${areas})
       )
       SELECT t."id", t."name", t."isUnplanned", count(*) FILTER (WHERE t."isUnplanned") OVER () AS "total" FROM "theirs" t
       ORDER BY t."isUnplanned" DESC, natural_key(t."name"), t."id" LIMIT ${MOST_LINES}`,
      params.values,
      { isUnplanned: 'boolean' },
    );
    if (found.length === 0) return FIRST_MEETING;
    const lines = found.filter(({ isUnplanned }) => isUnplanned);
    if (lines.length === 0) return null;
    return {
      id: 'niet-gepland',
      title: 'Nog niets gepland',
      count: found[0].total,
      lines: lines.map(({ id, name }) => ({ href: `/overleggen/${id}`, text: name })),
      button: { href: `/overleggen/${lines[0].id}`, label: 'Plan een vergadering' },
    };
  }
}
