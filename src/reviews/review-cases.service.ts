import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { type Page } from '../common/paging.js';
import { forbidden, invalid, notFound } from '../common/problems.js';
import { FIGURE_NAMES, type FigureCase, FigureCases, type FigureName } from '../figures/figure-cases.service.js';
import { type Group } from '../figures/figure-cases.service.js';
import type { YearFigures } from '../figures/figures.service.js';
import type { FigureCasesDto } from './reviews.dto.js';
import { Reviews } from './reviews.service.js';

/** Opens the figures of a review to the cases behind them, for who may read the review. */
/** A final review keeps its figures, but tells nothing of what became confidential after it was frozen. */
const LEFT_OUT =
  'Deze lijst is korter dan het cijfer: acties die na het vaststellen van dit overzicht vertrouwelijk werden, staan er niet meer in.';

/** A page of cases; `leftOut` is how many the frozen figure counts that may not be told of any more. */
export type CasesPage = Page<FigureCase> & { leftOut: number; notice: string | null };

@Injectable()
export class ReviewCases {
  constructor(
    private readonly reviews: Reviews,
    private readonly cases: FigureCases,
  ) {}

  /**
   * One page of what a figure counts; of a final review what was frozen, less what is confidential now. 404 for a figure that does not exist or a review one may not know of; 403 for the
   * cases of one organisation when its figures are not for the caller.
   */
  async list(id: string, name: string, query: FigureCasesDto, by: Caller): Promise<CasesPage> {
    if (!isFigure(name)) throw notFound();
    if (query.sort !== undefined) throw invalid([{ field: 'sort', message: 'cases come in the order of agreeing' }]);
    if (query.theme !== undefined && query.withoutTheme)
      throw invalid([{ field: 'withoutTheme', message: 'withoutTheme cannot be asked together with theme' }]);
    const { seesOrganisations, question, frozen } = await this.reviews.questionOf(id, by, query.knownAt);
    if (query.organisation !== undefined && !seesOrganisations) throw forbidden();
    const group = {
      theme: query.withoutTheme ? null : query.theme,
      organisationId: query.organisation,
      opgaveId: query.opgave,
    };
    const page = await this.cases.list(name, question, group, query);
    const leftOut = frozen ? Math.max(0, (countIn(frozen, name, group) ?? page.total) - page.total) : 0;
    const notice = leftOut > 0 ? LEFT_OUT : null;
    if (seesOrganisations) return { ...page, leftOut, notice };
    return { ...page, leftOut, notice, items: page.items.map((item) => ({ ...item, organisation: null })) };
  }
}

const isFigure = (name: string): name is FigureName => (FIGURE_NAMES as readonly string[]).includes(name);

/** What a frozen figure says of everything or of one group; undefined for groups within groups, which it does not hold. */
function countIn(
  figures: YearFigures,
  name: FigureName,
  { theme, organisationId, opgaveId }: Group,
): number | undefined {
  const asked = [theme, organisationId, opgaveId].filter((one) => one !== undefined).length;
  if (asked > 1) return undefined;
  const { total, themes, organisations, opgaven } = figures;
  const group =
    theme !== undefined
      ? themes.find((one) => one.theme === theme)
      : organisationId !== undefined
        ? organisations.find((one) => one.organisationId === organisationId)
        : opgaveId !== undefined
          ? opgaven.find((one) => one.opgaveId === opgaveId)
          : total;
  return group && name in group ? (group[name as keyof typeof total] ?? undefined) : undefined;
}
