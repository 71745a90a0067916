import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { type Page } from '../platform/common/paging.js';
import { forbidden, invalid, notFound } from '../platform/common/problems.js';
import { FigureCases } from '../wijkagenda/figures/figure-cases.service.js';
import {
  ACTION_FIGURES,
  FIGURE_NAMES,
  type FigureCase,
  type FigureName,
  type Group,
} from '../wijkagenda/figures/figure-names.js';
import type { YearFigures } from '../wijkagenda/figures/figures.service.js';
import type { FigureCasesDto } from './reviews.dto.js';
import { Reviews } from './reviews.service.js';

/** A final review keeps its figures but reveals nothing that became confidential after it was frozen. */
const LEFT_OUT =
  'Deze lijst is korter dan het cijfer: acties die na het vaststellen van dit overzicht vertrouwelijk werden, staan er niet meer in.';
/** Figures that count actions done in the period. */
const DONE_FIGURES = ['doneInPeriod', 'results', 'largeResults'];

/**
 * A page of cases; `leftOut` is the number of cases in the frozen figure that may no longer be revealed.
 * @schema FigureCasePage
 */
type CasesPage = Page<FigureCase> & { leftOut: number; notice: string | null };

/** Lists the cases behind the figures of a review, for its readers. */
@Injectable()
export class ReviewCases {
  constructor(
    private readonly reviews: Reviews,
    private readonly cases: FigureCases,
  ) {}

  /**
   * One page of the cases a figure counts; for a final review the frozen ones, except those confidential by now. 404
   * for an unknown figure or a review hidden from the caller; 403 for attendance, or the cases of one organisation or
   * kind, unless the caller may see figures per organisation; 400 for a grouping the figure does not have.
   */
  async list(id: string, name: string, query: FigureCasesDto, by: Caller): Promise<CasesPage> {
    if (!isFigure(name)) throw notFound();
    if (query.sort !== undefined) throw invalid([{ field: 'sort', message: 'this list cannot be sorted' }]);
    const errors = groupErrors(name, query);
    if (errors.length > 0) throw invalid(errors);
    const { seesOrganisations, question, frozen } = await this.reviews.questionOf(id, by, query.knownAt);
    const { organisation, side, kind, opgave, area, quarter } = query;
    if (!seesOrganisations && (organisation ?? side ?? kind ?? (isAttendance(name) ? name : undefined)) !== undefined)
      throw forbidden();
    const theme = query.withoutTheme ? null : query.theme;
    const domain = query.withoutDomain ? null : query.domain;
    const group = { theme, domain, organisationId: organisation, opgaveId: opgave, areaId: area, side, kind, quarter };
    const page = await this.cases.list(name, question, group, query);
    const leftOut = frozen ? Math.max(0, (countIn(frozen, name, group) ?? page.total) - page.total) : 0;
    const notice = leftOut > 0 ? LEFT_OUT : null;
    if (seesOrganisations) return { ...page, leftOut, notice };
    return { ...page, leftOut, notice, items: page.items.map((item) => ({ ...item, organisation: null })) };
  }
}

const isFigure = (name: string): name is FigureName => (FIGURE_NAMES as readonly string[]).includes(name);
const isAttendance = (name: string): boolean => name.startsWith('attendance.');

/** Action figures have every grouping, attendance figures only organisation, others none. */
function groupErrors(name: FigureName, query: FigureCasesDto) {
  const { theme, withoutTheme, domain, withoutDomain, organisation, opgave, area, side, kind, quarter } = query;
  const groups = { theme, withoutTheme, domain, withoutDomain, organisation, opgave, area, side, kind, quarter };
  const errors = Object.entries(groups)
    .filter(([, value]) => value !== undefined)
    .filter(([field]) => !(name in ACTION_FIGURES || (isAttendance(name) && field === 'organisation')))
    .map(([field]) => ({ field, message: `${name} cannot be filtered by ${field}` }));
  if (errors.length > 0) return errors;
  if (theme !== undefined && withoutTheme)
    errors.push({ field: 'withoutTheme', message: 'withoutTheme cannot be combined with theme' });
  if (domain !== undefined && withoutDomain)
    errors.push({ field: 'withoutDomain', message: 'withoutDomain cannot be combined with domain' });
  if (quarter !== undefined && !DONE_FIGURES.includes(name))
    errors.push({ field: 'quarter', message: `${name} cannot be filtered by quarter` });
  return errors;
}

/** The frozen figure in total or for one group; undefined for combined groups, which are not frozen. */
function countIn(figures: YearFigures, name: FigureName, group: Group): number | undefined {
  const [wanted, other] = Object.entries(group).filter(([, value]) => value !== undefined);
  if (other) return undefined;
  const [part, member = part] = name.split('.');
  const { total, themes, domains, organisations, opgaven, areas, sides, kinds, quarters, attendance, collaboration } =
    figures;
  if (wanted?.[0] === 'quarter')
    return name === 'doneInPeriod' ? quarters.find(({ quarter }) => quarter === wanted[1])?.done : undefined;
  const groups: Record<string, readonly object[]> = {
    theme: themes,
    domain: domains,
    organisationId: isAttendance(name) ? attendance.organisations : organisations,
    opgaveId: opgaven,
    areaId: areas,
    side: sides,
    kind: kinds,
  };
  const whole = isAttendance(name)
    ? attendance.total
    : part === member
      ? { ...collaboration, ...total }
      : figures[part as 'goals' | 'escalations'];
  const found = wanted
    ? groups[wanted[0]].find((one) => (one as Record<string, unknown>)[wanted[0]] === wanted[1])
    : whole;
  const count = (found as Record<string, unknown> | undefined)?.[member];
  return typeof count === 'number' ? count : undefined;
}
