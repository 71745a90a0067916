import { Body, Controller, Get, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { NothingPipe } from '../platform/common/nothing.pipe.js';
import { ChangeGoalDto, CreateGoalDto, GoalListDto } from './goals.dto.js';
import { Goals } from './goals.service.js';

@Controller('v1/goals')
export class GoalsController {
  constructor(private readonly goals: Goals) {}

  @Get()
  @Requires('goals.read')
  @Describe('List goals')
  list(@Query() query: GoalListDto, @CurrentCaller() caller: Caller) {
    return this.goals.list(query, caller);
  }

  @Post()
  @Requires('goals.write')
  @Describe('Add a goal as a draft, which may be incomplete', { location: '/v1/goals', never: ['NOT_FOUND'] })
  create(@Body() input: CreateGoalDto, @CurrentCaller() caller: Caller) {
    return this.goals.create(input, caller);
  }

  @Get(':id')
  @Requires('goals.read')
  @Describe('Read a goal')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.goals.read(id, caller);
  }

  @Patch(':id')
  @Requires('goals.write')
  @Describe('Change a goal; an active one must stay SMART')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeGoalDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.goals.change(id, input, version, caller);
  }

  @Get(':id/smart-check')
  @Requires('goals.read')
  @Describe('Check the five SMART letters: whether each holds, why, and what is missing')
  smartCheck(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.goals.smartCheck(id, caller);
  }

  @Put(':id/activation')
  @Requires('goals.write')
  @Describe('Activate a goal; refused with letters and reasons until all five hold')
  activate(
    @Param('id', IdPipe) id: string,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
    @Body(NothingPipe) _: unknown,
  ) {
    return this.goals.activate(id, version, caller);
  }
}
