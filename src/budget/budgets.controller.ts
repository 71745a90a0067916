import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
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
import { BudgetListDto, ChangeBudgetDto, CreateBudgetDto } from './budgets.dto.js';
import { Budgets } from './budgets.service.js';
import { BudgetTables } from './tables/budget-tables.service.js';

const AMOUNTS =
  'Amounts are strings in euros: "1250.50" in responses. Requests may also use "1250,50" and "1.250,50"; "1.250" is 1250 euros.';

@Controller('v1/budgets')
export class BudgetsController {
  constructor(
    private readonly budgets: Budgets,
    private readonly tables: BudgetTables,
    private readonly files: TableFiles,
  ) {}

  @Get()
  @Requires('budgets.read')
  @Describe('List budgets, with the amounts granted, spent and left; CSV and XLSX contain the whole list', {
    also: TABLE_TYPES,
    rules: AMOUNTS,
  })
  async list(
    @Query() query: BudgetListDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = listFormatOf(request, reply, `leefbaarheidsbudgetten-${caller.today}`);
    if (format === 'json') return this.budgets.list(query, caller);
    return this.files.answer(format, await this.tables.budgets(query, caller));
  }

  @Post()
  @Requires('budgets.write')
  @Describe('Create the budget of an area for a year', {
    location: '/v1/budgets',
    never: ['NOT_FOUND'],
    rules: AMOUNTS,
  })
  create(@Body() input: CreateBudgetDto, @CurrentCaller() caller: Caller) {
    return this.budgets.create(input, caller);
  }

  @Get(':id')
  @Requires('budgets.read')
  @Describe('Read a budget')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.budgets.read(id, caller);
  }

  @Patch(':id')
  @Requires('budgets.write')
  @Describe('Change a budget; with `rate` the amount is recalculated from the register', { rules: AMOUNTS })
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeBudgetDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.budgets.change(id, input, version, caller);
  }

  @Get(':id/changes')
  @Requires('budgets.read')
  @Describe('List every state of a budget, latest first')
  changes(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.budgets.changes(id, query, caller);
  }
}
