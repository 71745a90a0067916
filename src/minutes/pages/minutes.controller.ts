import { Areas } from '../../directory/areas/areas.service.js';
import { minutesDocx } from '../documents/minutes-docx.js';
import { fileNameOf, toDocument } from '../documents/minutes-document.rules.js';
import { minutesPdf } from '../documents/minutes-pdf.js';
import { MinutesService } from '../minutes.service.js';
import { MinutesLists } from './minutes-lists.service.js';
import { PageContext } from '../../web/page-context.js';
import { pageIn, pagesOf } from '../../web/paging.rules.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';

const PAGE_SIZE = 25;

/** The minutes of an area, and one of them as page, PDF or Word document. */
@PageController()
export class MinutesPagesController {
  constructor(
    private readonly areas: Areas,
    private readonly lists: MinutesLists,
    private readonly minutes: MinutesService,
  ) {}

  @Page('gebieden/:id/verslagen', 'minutes.read')
  async list(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const number = pageIn(page.query.pagina);
    const { name } = await this.areas.read(id);
    const { items, total } = await this.lists.of(id, page.caller, number, PAGE_SIZE);
    return page.show('minutes/pages/minutes-list', {
      title: `Verslagen ${name}`,
      area: { id, name },
      minutes: items,
      isOfSeveral: items.some(({ areaName }) => areaName !== name),
      pages: pagesOf(total, number, PAGE_SIZE, (wanted) => `/gebieden/${id}/verslagen?pagina=${wanted}`),
    });
  }

  @Page('verslagen/:id', 'minutes.read')
  async read(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const view = await this.minutes.read(id, page.caller);
    const { area } = view;
    return page.show('minutes/pages/minutes', {
      ...toDocument(view),
      id,
      areaId: area.id,
      areaName: area.name,
    });
  }

  @Page('verslagen/:id/verslag.pdf', 'minutes.read')
  async pdf(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Buffer> {
    const view = await this.minutes.read(id, page.caller);
    page.attach('pdf', fileNameOf(view, 'pdf'));
    return minutesPdf(toDocument(view));
  }

  @Page('verslagen/:id/verslag.docx', 'minutes.read')
  async docx(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Buffer> {
    const view = await this.minutes.read(id, page.caller);
    page.attach('docx', fileNameOf(view, 'docx'));
    return minutesDocx(toDocument(view));
  }
}
