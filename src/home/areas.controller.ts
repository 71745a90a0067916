import { AreaPages } from './area-pages.service.js';
import { PageContext } from '../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../web/page-kit.js';

/** The areas, and the start page of each. */
@PageController('gebieden')
export class AreaPagesController {
  constructor(private readonly areaPages: AreaPages) {}

  @Page('', 'areas.read')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const areas = await this.areaPages.own(page.caller);
    if (areas.length === 1) return page.goOn(`/gebieden/${areas[0].id}`);
    return page.show('home/pages/areas', { title: 'Gebieden', areas });
  }

  @Page(':id', 'areas.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return page.show('home/pages/area', await this.areaPages.start(id, page.caller));
  }
}
