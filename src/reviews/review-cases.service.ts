import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/caller.js';
import { type Page } from '../common/paging.js';
import { forbidden, invalid, notFound } from '../common/problems.js';
import { FIGURE_NAMES, type FigureCase, FigureCases, type FigureName } from '../figures/figure-cases.service.js';
import type { FigureCasesDto } from './reviews.dto.js';
import { Reviews } from './reviews.service.js';

/** Opens the figures of a review to the cases behind them, for who may read the review. */
@Injectable()
export class ReviewCases {
  constructor(
    private readonly reviews: Reviews,
    private readonly cases: FigureCases,
  ) {}

  /**
   * One page of what a figure counts. 404 for a figure that does not exist or a review one may not know of; 403 for the
   * cases of one organisation when its figures are not for the caller.
   */
  async list(id: string, name: string, query: FigureCasesDto, by: Caller): Promise<Page<FigureCase>> {
    if (!isFigure(name)) throw notFound();
    if (query.sort !== undefined) throw invalid([{ field: 'sort', message: 'cases come in the order of agreeing' }]);
    if (query.theme !== undefined && query.withoutTheme)
      throw invalid([{ field: 'withoutTheme', message: 'withoutTheme cannot be asked together with theme' }]);
    const { seesOrganisations, question } = await this.reviews.questionOf(id, by, query.knownAt);
    if (query.organisation !== undefined && !seesOrganisations) throw forbidden();
    const group = {
      theme: query.withoutTheme ? null : query.theme,
      organisationId: query.organisation,
      opgaveId: query.opgave,
    };
    const page = await this.cases.list(name, question, group, query);
    if (seesOrganisations) return page;
    return { ...page, items: page.items.map((item) => ({ ...item, organisation: null })) };
  }
}

const isFigure = (name: string): name is FigureName => (FIGURE_NAMES as readonly string[]).includes(name);
