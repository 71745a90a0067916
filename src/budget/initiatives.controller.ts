import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { TableFiles } from '../actions/tables/table-files.service.js';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { listFormatOf } from '../platform/common/accept.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { PagingDto } from '../platform/common/paging.js';
import { TABLE_TYPES } from '../platform/common/media-types.js';
import { InitiativeDecisions } from './decisions.service.js';
import {
  ChangeInitiativeDto,
  CreateInitiativeDto,
  DecideInitiativeDto,
  InitiativeActionsDto,
  InitiativeListDto,
} from './initiatives.dto.js';
import { Initiatives } from './initiatives.service.js';
import { BudgetTables } from './tables/budget-tables.service.js';

const OPEN =
  'An initiative is never confidential: it cannot be decided on under a confidential agenda item, and confidential actions cannot carry it out.';

@Controller('v1/initiatives')
export class InitiativesController {
  constructor(
    private readonly initiatives: Initiatives,
    private readonly decisions: InitiativeDecisions,
    private readonly tables: BudgetTables,
    private readonly files: TableFiles,
  ) {}

  @Get()
  @Requires('budgets.read')
  @Describe('List initiatives, latest first; CSV and XLSX contain the whole list', { also: TABLE_TYPES })
  async list(
    @Query() query: InitiativeListDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = listFormatOf(request, reply, `initiatieven-${caller.today}`);
    if (format === 'json') return this.initiatives.list(query, caller);
    return this.files.answer(format, await this.tables.initiatives(query, caller));
  }

  @Post()
  @Requires('budgets.write')
  @Describe('Record a request for money from a budget', {
    location: '/v1/initiatives',
    never: ['NOT_FOUND'],
    rules: OPEN,
  })
  create(@Body() input: CreateInitiativeDto, @CurrentCaller() caller: Caller) {
    return this.initiatives.create(input, caller);
  }

  @Get(':id')
  @Requires('budgets.read')
  @Describe('Read an initiative')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.initiatives.read(id, caller);
  }

  @Patch(':id')
  @Requires('budgets.write')
  @Describe('Change an initiative, or record what was spent and the result')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeInitiativeDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.initiatives.change(id, input, version, caller);
  }

  @Put(':id/decision')
  @Requires('budgets.write')
  @Describe('Grant or refuse; granting more than is left of the budget requires a reason', { rules: OPEN })
  decide(
    @Param('id', IdPipe) id: string,
    @Body() input: DecideInitiativeDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.decisions.decide(id, input, version, caller);
  }

  @Delete(':id/decision')
  @HttpCode(200)
  @Requires('budgets.write')
  @Describe('Undo a decision made by mistake')
  undo(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.decisions.undo(id, version, caller);
  }

  @Put(':id/actions')
  @Requires('budgets.write')
  @Describe('Set the actions that carry it out', { rules: OPEN })
  setActions(
    @Param('id', IdPipe) id: string,
    @Body() input: InitiativeActionsDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.initiatives.setActions(id, input, version, caller);
  }

  @Get(':id/changes')
  @Requires('budgets.read')
  @Describe('List every state of the figures of an initiative, latest first')
  changes(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.decisions.history(id, query, caller);
  }
}
