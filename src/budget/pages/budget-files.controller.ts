import { Param } from '@nestjs/common';
import { TableFiles } from '../../actions/tables/table-files.service.js';
import { toInput } from '../../web/forms.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';
import { listQuery } from '../../web/tables.rules.js';
import { BudgetListDto } from '../budgets.dto.js';
import { Budgets } from '../budgets.service.js';
import { BudgetTables } from '../tables/budget-tables.service.js';

/** Budgets and initiatives as files, to edit in a spreadsheet and import again. */
@PageController('budgetten')
export class BudgetFilesController {
  constructor(
    private readonly budgets: Budgets,
    private readonly tables: BudgetTables,
    private readonly files: TableFiles,
  ) {}

  @Page('lijst.:format', 'budgets.read')
  async list(@CurrentPage() page: PageContext, @Param('format') format: string): Promise<string | Buffer> {
    const query = toInput(BudgetListDto, listQuery(page.query));
    return this.files.download(page, format, await this.tables.budgets(query, page.caller));
  }

  @Page(':id/initiatieven.:format', 'budgets.read')
  async initiatives(
    @CurrentPage() page: PageContext,
    @PathId() id: string,
    @Param('format') format: string,
  ): Promise<string | Buffer> {
    const { id: budget } = await this.budgets.read(id, page.caller);
    const query = { page: 1, pageSize: 1, budget, sort: 'title' };
    return this.files.download(page, format, await this.tables.initiatives(query, page.caller));
  }
}
