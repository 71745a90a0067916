import { Injectable } from '@nestjs/common';
import type { Viewer } from './viewer.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { forbidden } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { Params, rows, type Source } from '../../platform/database/rows.js';
import { courseOf, MINUTES_DAYS, totalCourse } from './koersoverzicht.rules.js';
import type { KoersoverzichtView } from './koersoverzicht.dto.js';
import { WarningFacts } from '../warning-facts.service.js';

/** Whether all areas are on course: one screen for directie, afdelingsmanager and lead departments. */
@Injectable()
export class Koersoverzicht {
  constructor(
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly warningFacts: WarningFacts,
  ) {}

  /** What the caller may see of it, as of today; 403 if nothing. */
  async of(area: string | undefined, by: Viewer): Promise<KoersoverzichtView> {
    const view = await this.seenBy(area, by);
    if (!view) throw forbidden();
    return view;
  }

  /** 403 if the viewer may see nothing of it. */
  async mustSee(by: Viewer): Promise<void> {
    if (grantedTo(by).length === 0 && (await this.leads(this.database.reader, by.organisationIds)).length === 0)
      throw forbidden();
  }

  /**
   * The areas a person chairs or reads. Without any, a member of a department that leads an opgave sees that
   * department's work in all areas; null for others.
   */
  async seenBy(
    area: string | undefined,
    by: Viewer,
    source: Source = this.database.reader,
  ): Promise<KoersoverzichtView | null> {
    const granted = grantedTo(by);
    const onlyOf = granted.length > 0 ? null : await this.leads(source, by.organisationIds);
    if (onlyOf?.length === 0) return null;
    const asked = area ? await this.areas.idsBelow(area, by.today, source) : undefined;
    const areaIds = (onlyOf ? await this.allAreas(source) : granted).filter((id) => asked?.includes(id) ?? true);
    const found = await this.warningFacts.areas(areaIds, MINUTES_DAYS, by.today, source);
    const actions = (await this.warningFacts.actions(areaIds, by, source)).filter(
      ({ ownerId }) => !onlyOf || (ownerId !== null && onlyOf.includes(ownerId)),
    );
    // Goals and minutes concern the whole area, for which a department leading an opgave does not answer.
    const facts = onlyOf
      ? found.map((one) => ({ ...one, goalsOrange: null, goalsRed: null, sessionsWithoutMinutes: null }))
      : found;
    const all = courseOf(facts, actions, by.today);
    const areas = onlyOf ? all.filter(({ departments }) => departments.length > 0) : all;
    return { asOf: by.today, onlyOf, areas, total: totalCourse(areas) };
  }

  /** The organisations among these that lead an opgave. */
  private async leads(source: Source, organisationIds: readonly string[]): Promise<string[]> {
    const params = new Params();
    const found = await rows<{ id: string }>(
      source,
      `SELECT DISTINCT d."organisationId" AS "id" FROM "opgave_departments" d
       WHERE d."isLead" AND d."organisationId" IN (${params.list(organisationIds)})`,
      params.values,
    );
    return found.map(({ id }) => id);
  }

  private async allAreas(source: Source): Promise<string[]> {
    const found = await rows<{ id: string }>(source, 'SELECT "id" FROM "areas"');
    return found.map(({ id }) => id);
  }
}

const grantedTo = ({ areaIds }: Viewer): string[] => [...new Set([...areaIds.chair, ...areaIds.reader])];
