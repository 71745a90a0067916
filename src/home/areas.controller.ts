import { Controller, Get, Param } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { NotInDocument } from '../platform/common/describe.js';
import { Requires } from '../platform/access/requires.js';
import { IdPipe } from '../platform/common/ids.js';
import { Pages } from '../web/pages.service.js';
import { CurrentVisit, type Visit } from '../web/visit.js';
import { AreaPages } from './area-pages.service.js';

/** The areas, and the start page of each. */
@NotInDocument()
@Controller('gebieden')
export class AreaPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly areaPages: AreaPages,
  ) {}

  @Get()
  @Requires('areas.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    const areas = await this.areaPages.own(caller);
    if (areas.length === 1) return this.pages.goOn(visit, `/gebieden/${areas[0].id}`);
    return this.pages.show(visit, 'home/pages/areas', { title: 'Gebieden', areas });
  }

  @Get(':id')
  @Requires('areas.read')
  async show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    return this.pages.show(visit, 'home/pages/area', await this.areaPages.start(id, caller));
  }
}
