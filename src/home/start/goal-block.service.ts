import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/access/caller.js';
import { addDays, inShort } from '../../platform/common/calendar-date.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows } from '../../platform/database/rows.js';
import {
  GOAL_COLUMNS,
  GOAL_SHAPE,
  GOAL_TABLES,
  type GoalRow,
  type GoalView,
  toGoalView,
} from '../../goals/goals.views.js';
import { ASKED_DAYS } from '../../goals/measurements.rules.js';
import { askedOf } from '../../goals/pages/goal-end.rules.js';
import { MOST_LINES } from './own-blocks.service.js';
import type { StartBlock, StartLine } from './start.view.js';

/** Shows a chair the goals that are to be measured by hand and were not. */
@Injectable()
export class GoalBlock {
  constructor(private readonly database: Database) {}

  async unmeasured({ areaIds, today }: Caller): Promise<StartBlock | null> {
    if (areaIds.chair.length === 0) return null;
    const params = new Params();
    const on = params.add(today);
    const found = await rows<GoalRow>(
      this.database.reader,
      `SELECT ${GOAL_COLUMNS} FROM ${GOAL_TABLES}
       WHERE g."areaId" IN (${params.list(areaIds.chair)}) AND g."state" = 'active' AND (
         (g."baseline" IS NULL AND g."baselinePlannedOn" < ${on})
         OR (g."metric" IS NULL AND g."endsOn" < ${on} AND g."endsOn" >= ${params.add(addDays(today, -ASKED_DAYS))}))
       ORDER BY natural_key(a."name"), natural_key(g."title"), g."id"`,
      params.values,
      GOAL_SHAPE,
    );
    const due = found.map((goal) => toGoalView(goal, today)).filter(({ dueMeasurement }) => dueMeasurement !== null);
    if (due.length === 0) return null;
    const lines = due.map((goal) => lineOf(goal, today));
    return {
      id: 'doelen-meten',
      title: 'Doelen om te meten',
      count: due.length,
      lines: lines.slice(0, MOST_LINES),
      ...(due.length > MOST_LINES && { more: `En nog ${due.length - MOST_LINES}.` }),
      button: { href: lines[0].href!, label: askedOf(due[0])!.label },
    };
  }
}

function lineOf(
  { id, title, areaName, dueMeasurement, baselinePlannedOn, endsOn }: GoalView,
  today: string,
): StartLine {
  const line = { href: `/doelen/${id}`, text: title };
  if (dueMeasurement === 'baseline')
    return { ...line, late: `nulmeting uiterlijk ${inShort(baselinePlannedOn!, today)}`, facts: [areaName] };
  return {
    ...line,
    facts: [areaName, `liep tot en met ${inShort(endsOn!, today)}`, 'nog niet gemeten hoe het afliep'],
  };
}
