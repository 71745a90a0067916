import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';
import { TableSheets } from './table-sheets.service.js';

/** The paper sheet for the table. */
@PageController('vergaderingen/:id')
export class TableSheetController {
  constructor(private readonly sheets: TableSheets) {}

  @Page('tafelblad', 'sessions.write')
  async sheet(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Buffer> {
    const { pdf, heldOn } = await this.sheets.of(id, page.caller);
    page.attach('pdf', `tafelblad-${heldOn}.pdf`);
    return pdf;
  }
}
