import { Controller, Get, Param, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { AsOfDto } from './goal-figures.dto.js';
import { GoalFigures } from './goal-figures.service.js';

@Controller('v1/goals/:id/figure')
export class GoalFiguresController {
  constructor(private readonly figures: GoalFigures) {}

  @Get()
  @Requires('goals.read')
  @Describe('Read the figure computed from our own data as of a day, with its cases', {})
  read(@Param('id', IdPipe) id: string, @Query() query: AsOfDto, @CurrentCaller() caller: Caller) {
    return this.figures.read(id, query.asOf, caller);
  }
}
