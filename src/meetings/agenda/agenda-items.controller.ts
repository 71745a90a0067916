import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IfMatch } from '../../platform/common/etag.js';
import { IdPipe } from '../../platform/common/ids.js';
import { AgendaItemViews } from './agenda-item-views.service.js';
import { AcceptanceDto, AgendaItemListDto, ChangeAgendaItemDto, CreateAgendaItemDto } from './agenda-items.dto.js';
import { AgendaItems } from './agenda-items.service.js';

@Controller('v1')
export class AgendaItemsController {
  constructor(
    private readonly items: AgendaItems,
    private readonly views: AgendaItemViews,
  ) {}

  @Get('sessions/:id/agenda-items')
  @Requires('sessions.read')
  @Describe('List the items of an agenda in order')
  list(@Param('id', IdPipe) id: string, @Query() query: AgendaItemListDto, @CurrentCaller() caller: Caller) {
    return this.views.list(id, query, caller);
  }

  @Post('sessions/:id/agenda-items')
  @Requires('agenda.propose')
  @Describe('Add an item as a chair, or propose one as a partner', {
    location: '/v1/agenda-items',
  })
  add(@Param('id', IdPipe) id: string, @Body() input: CreateAgendaItemDto, @CurrentCaller() caller: Caller) {
    return this.items.add(id, input, caller);
  }

  @Get('agenda-items/:id')
  @Requires('sessions.read')
  @Describe('Read an agenda item')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.views.read(id, caller);
  }

  @Patch('agenda-items/:id')
  @Requires('sessions.write')
  @Describe('Change the notes, decision, outcome or position of an item')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeAgendaItemDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.items.change(id, input, version, caller);
  }

  @Put('agenda-items/:id/acceptance')
  @Requires('sessions.write')
  @Describe('Accept a proposed item, or decline it with a reason')
  answer(
    @Param('id', IdPipe) id: string,
    @Body() input: AcceptanceDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.items.answer(id, input, version, caller);
  }
}
