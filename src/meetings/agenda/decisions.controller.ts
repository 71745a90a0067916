import { Controller, Get, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { DecisionListDto } from './decisions.dto.js';
import { Decisions } from './decisions.service.js';

@Controller('v1/decisions')
export class DecisionsController {
  constructor(private readonly decisions: Decisions) {}

  @Get()
  @Requires('sessions.read')
  @Describe('List the decisions of closed sessions')
  list(@Query() query: DecisionListDto, @CurrentCaller() caller: Caller) {
    return this.decisions.list(query, caller);
  }
}
