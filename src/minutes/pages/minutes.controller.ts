import { Controller, Get, Param, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { Requires } from '../../platform/access/requires.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { contentTypeOf } from '../../platform/common/accept.js';
import { IdPipe } from '../../platform/common/ids.js';
import { minutesDocx } from '../documents/minutes-docx.js';
import { fileNameOf, toDocument } from '../documents/minutes-document.rules.js';
import { minutesPdf } from '../documents/minutes-pdf.js';
import { MinutesService } from '../minutes.service.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { MinutesLists } from './minutes-lists.service.js';

const PAGE_SIZE = 25;

/** The minutes of an area, and reading one: on the page, as PDF and as a Word document. */
@NotInDocument()
@Controller()
export class MinutesPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly areas: Areas,
    private readonly lists: MinutesLists,
    private readonly minutes: MinutesService,
  ) {}

  @Get('gebieden/:id/verslagen')
  @Requires('minutes.read')
  async list(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query('pagina') asked?: unknown,
  ): Promise<string> {
    const page = typeof asked === 'string' && /^[1-9]\d{0,3}$/.test(asked) ? Number(asked) : 1;
    const { name } = await this.areas.read(id);
    const { items, total } = await this.lists.of(id, caller, page, PAGE_SIZE);
    const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
    const to = (number: number) => `/gebieden/${id}/verslagen?pagina=${number}`;
    return this.pages.show(visit, 'minutes/pages/minutes-list', {
      title: `Verslagen ${name}`,
      area: { id, name },
      minutes: items,
      pages: {
        total,
        page,
        last,
        hasMore: last > 1,
        previous: page > 1 ? to(Math.min(page - 1, last)) : null,
        next: page < last ? to(page + 1) : null,
      },
    });
  }

  @Get('verslagen/:id')
  @Requires('minutes.read')
  async read(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    const view = await this.minutes.read(id, caller);
    const { area } = view;
    return this.pages.show(visit, 'minutes/pages/minutes', {
      ...toDocument(view),
      id,
      areaId: area.id,
      areaName: area.name,
    });
  }

  @Get('verslagen/:id/verslag.pdf')
  @Requires('minutes.read')
  async pdf(
    @CurrentVisit() { reply }: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<Buffer> {
    const view = await this.minutes.read(id, caller);
    void reply.type(contentTypeOf('pdf'));
    void reply.header('Content-Disposition', `attachment; filename="${fileNameOf(view, 'pdf')}"`);
    return minutesPdf(toDocument(view));
  }

  @Get('verslagen/:id/verslag.docx')
  @Requires('minutes.read')
  async docx(
    @CurrentVisit() { reply }: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<Buffer> {
    const view = await this.minutes.read(id, caller);
    void reply.type(contentTypeOf('docx'));
    void reply.header('Content-Disposition', `attachment; filename="${fileNameOf(view, 'docx')}"`);
    return minutesDocx(toDocument(view));
  }
}
