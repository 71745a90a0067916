import { Inject, Injectable } from '@nestjs/common';
import { domainsOf, themesIn } from '../../actions/tables/domains.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { type ActionFacts, ALL, bySubject } from '../early-warnings.rules.js';
import { EarlyWarnings } from '../early-warnings.service.js';
import type { Viewer } from './viewer.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { forbidden } from '../../platform/common/problems.js';
import { Database } from '../../platform/database/database.js';
import { inForce, Params, rows, type Source } from '../../platform/database/rows.js';
import { addDays } from '../../platform/common/calendar-date.js';
import { CourseCounts } from './course-counts.service.js';
import { type AreaCourse, courseOf, MINUTES_DAYS, totalCourse } from './koersoverzicht.rules.js';
import type { KoersoverzichtDto, KoersoverzichtView } from './koersoverzicht.dto.js';
import { YearHoursService } from './year-hours.service.js';
import { WarningFacts } from '../warning-facts.service.js';

/** The number of days over which the change is shown. */
const MONTH_DAYS = 30;

/** Whether all areas are on course: one screen for directie, afdelingsmanager and lead departments. */
@Injectable()
export class Koersoverzicht {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly areas: Areas,
    private readonly warningFacts: WarningFacts,
    private readonly counts: CourseCounts,
    private readonly warnings: EarlyWarnings,
    private readonly hours: YearHoursService,
  ) {}

  /** What the caller may see of it, as of today; 403 if nothing. */
  async of(query: KoersoverzichtDto, by: Viewer): Promise<KoersoverzichtView> {
    const view = await this.seenBy(query, by);
    if (!view) throw forbidden();
    return view;
  }

  /** 403 if the viewer may see nothing of it. */
  async mustSee(by: Viewer): Promise<void> {
    if (grantedTo(by).length === 0 && (await this.leads(this.database.reader, by.organisationIds)).length === 0)
      throw forbidden();
  }

  /** Whether anything of it is left for the viewer: false as well if the area asked for is no longer among the viewer's. */
  async isSeenBy(query: KoersoverzichtDto, by: Viewer, source: Source): Promise<boolean> {
    const scope = await this.scopeIn(query, by, source);
    return scope !== null && scope.areaIds.length > 0;
  }

  /**
   * The areas a person chairs or reads. Without any, a member of a department that leads an opgave sees that
   * department's work in all areas; null for others.
   */
  async seenBy(
    query: KoersoverzichtDto,
    by: Viewer,
    source: Source = this.database.reader,
  ): Promise<KoersoverzichtView | null> {
    const scope = await this.scopeIn(query, by, source);
    if (!scope) return null;
    const actions = await this.actionsIn(scope, by, source);
    return this.viewOf(scope, actions, by, source);
  }

  /**
   * The same with the early warnings, one for each subject, for those who may see them; reads the actions only once. Confidential ones
   * count in neither.
   */
  async withWarnings(asked: KoersoverzichtDto, by: Caller) {
    const scope = await this.scopeOf(asked, by);
    const stranger = { ...by, organisationIds: [] };
    const actions = await this.actionsIn(scope, stranger);
    const query = { area: asked.area, ...ALL };
    const [view, warnings] = await Promise.all([
      this.viewOf(scope, actions, by, this.database.reader),
      scope.onlyOf === null && isPermitted(by, 'warnings.read')
        ? this.warnings.list(query, stranger, { actions, isOfActions: scope.themes !== null })
        : { items: [] },
    ]);
    return { view, warnings: bySubject(warnings.items) };
  }

  private async viewOf(
    { areaIds, onlyOf, themes }: CourseScope,
    actions: readonly ActionFacts[],
    by: Viewer,
    source: Source,
  ): Promise<KoersoverzichtView> {
    const found = await this.warningFacts.areas(areaIds, MINUTES_DAYS, by.today, source);
    const isShown = shownTo(onlyOf);
    // Goals and minutes concern the whole area, for which a department leading an opgave does not answer; nor do they have a domain.
    const facts =
      onlyOf || themes
        ? found.map((one) => ({ ...one, goalsOrange: null, goalsRed: null, sessionsWithoutMinutes: null }))
        : found;
    const then = (await this.counts.asOf(areaIds, addDays(by.today, -MONTH_DAYS), source, themes)).filter(isShown);
    const all = courseOf(facts, actions, then, await this.parents(source, by.today), by.today);
    const areas = onlyOf ? all.filter(({ departments }) => departments.length > 0).map(alone) : all;
    const year = onlyOf || themes ? null : await this.hours.of(source, areaIds, by.today);
    return { asOf: by.today, onlyOf, areas, total: totalCourse(areas), year };
  }

  /** The areas and, for a department that leads an opgave, the departments a viewer sees; 403 if nothing. */
  async scopeOf(query: KoersoverzichtDto, by: Viewer): Promise<CourseScope> {
    const scope = await this.scopeIn(query, by, this.database.reader);
    if (!scope) throw forbidden();
    return scope;
  }

  /** The unfinished actions in it that the viewer may know of. */
  async actionsIn({ areaIds, onlyOf, themes }: CourseScope, by: Viewer, source: Source = this.database.reader) {
    const found = (await this.warningFacts.actions(areaIds, by, source)).filter(shownTo(onlyOf));
    return themes ? found.filter(({ theme }) => theme !== null && themes.includes(theme)) : found;
  }

  private async scopeIn({ area, domain }: KoersoverzichtDto, by: Viewer, source: Source): Promise<CourseScope | null> {
    const granted = grantedTo(by);
    const onlyOf = granted.length > 0 ? null : await this.leads(source, by.organisationIds);
    if (onlyOf?.length === 0) return null;
    const asked = area ? await this.areas.idsBelow(area, by.today, source) : undefined;
    const areaIds = (onlyOf ? await this.allAreas(source) : granted).filter((id) => asked?.includes(id) ?? true);
    const themes = domain === undefined ? null : themesIn(domainsOf(this.settings.THEME_DOMAINS), domain);
    return { areaIds, onlyOf, themes };
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

  /** The area above each. */
  private async parents(source: Source, today: string): Promise<Map<string, string>> {
    const found = await rows<{ areaId: string; parentId: string }>(
      source,
      `SELECT p."areaId", p."parentId" FROM "area_parents" p WHERE ${inForce('p', '$1')}`,
      [today],
    );
    return new Map(found.map(({ areaId, parentId }) => [areaId, parentId]));
  }

  private async allAreas(source: Source): Promise<string[]> {
    const found = await rows<{ id: string }>(source, 'SELECT "id" FROM "areas"');
    return found.map(({ id }) => id);
  }
}

interface CourseScope {
  areaIds: string[];
  /** Null, or the departments whose actions are shown. */
  onlyOf: string[] | null;
  /** Null, or the themes of the domain whose actions are shown. */
  themes: string[] | null;
}

const shownTo =
  (onlyOf: CourseScope['onlyOf']) =>
  ({ ownerId }: { ownerId: string | null }): boolean =>
    onlyOf === null || (ownerId !== null && onlyOf.includes(ownerId));

/** A department sees areas without the ones above them. */
const alone = (area: AreaCourse): AreaCourse => ({ ...area, parentId: null, withBelow: null });

const grantedTo = ({ areaIds }: Viewer): string[] => [...new Set([...areaIds.chair, ...areaIds.reader])];
