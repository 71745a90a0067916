import { isClosed } from '../actions/statuses.rules.js';
import { Inject, Injectable } from '@nestjs/common';
import { isPermittedIn } from '../platform/access/access.rules.js';
import type { Caller } from '../platform/access/caller.js';
import { forbidden, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { exists, row, rows } from '../platform/database/rows.js';
import { shapeOf } from '../platform/database/shapes.js';
import { Wijkagenda } from './wijkagenda.entity.js';
import { GOAL_COLUMNS, GOAL_SHAPE, GOAL_TABLES, type GoalRow, measuredOf } from '../goals/goals.views.js';
import { OwnFigures } from '../goals/own-figures.js';
import { type Settings, SETTINGS } from '../platform/settings.js';
import { WijkagendaContents } from './wijkagenda-contents.service.js';
import { reasonToGoOn } from './wijkagenda.rules.js';
import type { ProposalDto } from './wijkagendas.dto.js';
import type { ProposalView } from './wijkagendas.views.js';

/** Proposes the wijkagenda of a new year from unfinished goals and actions. It writes nothing. */
@Injectable()
export class Proposal {
  constructor(
    private readonly database: Database,
    private readonly contents: WijkagendaContents,
    private readonly ownFigures: OwnFigures,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The unfinished goals of the area, of those merged into it and of its last wijkagenda, and the actions that continue. */
  async of({ area: areaId, year }: ProposalDto, by: Caller): Promise<ProposalView> {
    const isThere = await exists(this.database.reader, 'areas', areaId);
    if (!isThere || !isPermittedIn(by, 'wijkagendas.read', areaId)) throw notFound();
    if (!isPermittedIn(by, 'wijkagendas.write', areaId)) throw forbidden();
    const last = await row<{ id: string; themes: string[] }>(
      this.database.reader,
      'SELECT "id", "themes" FROM "wijkagendas" WHERE "areaId" = $1 AND "year" < $2 ORDER BY "year" DESC LIMIT 1',
      [areaId, year],
      shapeOf(Wijkagenda),
    );
    const goals = await rows<GoalRow>(
      this.database.reader,
      `SELECT ${GOAL_COLUMNS} FROM ${GOAL_TABLES} LEFT JOIN "wijkagenda_goals" w ON w."goalId" = g."id" AND w."wijkagendaId" = $2
       WHERE g."areaId" IN (SELECT "id" FROM "areas" WHERE "id" = $1 OR "mergedIntoId" = $1) OR w."goalId" IS NOT NULL ORDER BY w."position" IS NULL, w."position", natural_key(g."title") LIMIT 200`,
      [areaId, last?.id ?? areaId],
      GOAL_SHAPE,
    );
    const going: ProposalView['goals'] = [];
    for (const goal of goals) {
      const reason = reasonToGoOn(goal, measuredOf(goal, await this.ownFigures.of(goal, by.today)), year);
      if (reason) going.push({ goalId: goal.id, title: goal.title, theme: goal.theme, reason });
    }
    const actions = await this.contents.actions(areaId, year - 1, by.today, by);
    return {
      areaId,
      year,
      themes: last?.themes ?? this.settings.WIJKAGENDA_THEMES.split(';'),
      goals: going,
      actions: actions
        .filter(({ status }) => !isClosed(status))
        .map(({ actionId, number, title, theme, dueOn }) => ({ actionId, number, title, theme, dueOn })),
    };
  }
}
