import { Injectable } from '@nestjs/common';
import type { Viewer } from './koersoverzicht/viewer.js';
import { Areas } from '../directory/areas/areas.service.js';
import type { Page } from '../platform/common/paging.js';
import { invalid } from '../platform/common/problems.js';
import type { Source } from '../platform/database/rows.js';
import {
  absenceWarnings,
  type ActionFacts,
  actionWarnings,
  type EarlyWarning,
  goalWarnings,
  themeWarnings,
  WARNING_KINDS,
} from './early-warnings.rules.js';
import type { EarlyWarningListDto } from './early-warnings.dto.js';
import { WarningFacts } from './warning-facts.service.js';

/** Problems announced before it is too late, each with its reason. */
@Injectable()
export class EarlyWarnings {
  constructor(
    private readonly areas: Areas,
    private readonly warningFacts: WarningFacts,
  ) {}

  /**
   * All warnings in the areas the caller chairs; in areas the caller only reads, those on themes. Computed on request,
   * so that a warning disappears as soon as its cause is resolved. `actions`: those of these areas, if already read;
   * `isOfActions`: leaves out warnings about goals and attendance.
   */
  async list(
    { area, kind, sort, page, pageSize }: EarlyWarningListDto,
    by: Viewer,
    {
      source,
      actions: read,
      isOfActions = false,
    }: { source?: Source; actions?: readonly ActionFacts[]; isOfActions?: boolean } = {},
  ): Promise<Page<EarlyWarning>> {
    if (sort !== undefined) throw invalid([{ field: 'sort', message: 'this list cannot be sorted' }]);
    const asked = area ? await this.areas.idsBelow(area, by.today, source) : undefined;
    const within = (ids: readonly string[]) => (asked ? ids.filter((id) => asked.includes(id)) : [...ids]);
    const own = within(by.areaIds.chair);
    const all = [...new Set([...own, ...within(by.areaIds.reader)])];
    const actions = read ?? (await this.warningFacts.actions(all, by, source));
    const goals = isOfActions ? [] : await this.warningFacts.goals(own, by.today, source);
    const presences = isOfActions ? [] : await this.warningFacts.presences(own, by.today, source);
    const causes = new Map(actions.map((action) => [action, actionWarnings(action, by.today)]));
    const warningsOf = (action: ActionFacts) => causes.get(action)!;
    const found = [
      ...actions.filter(({ areaId }) => own.includes(areaId)).flatMap(warningsOf),
      ...goals.flatMap((goal) => goalWarnings(goal, by.today)),
      ...absenceWarnings(presences),
      ...themeWarnings(actions, warningsOf),
    ]
      .filter((warning) => !kind || warning.kind === kind)
      .toSorted((one, other) => WARNING_KINDS.indexOf(one.kind) - WARNING_KINDS.indexOf(other.kind));
    const from = (page - 1) * pageSize;
    return { items: found.slice(from, from + pageSize), total: found.length, page, pageSize };
  }
}
