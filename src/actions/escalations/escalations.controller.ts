import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Describe } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { CreateEscalationDto } from './escalations.dto.js';
import { EscalationSteps } from './escalation-steps.service.js';
import { Escalations } from './escalations.service.js';

@Controller('v1/actions/:id/escalations')
export class EscalationsController {
  constructor(
    private readonly escalations: Escalations,
    private readonly steps: EscalationSteps,
  ) {}

  @Get()
  @Requires('actions.read')
  @Describe('List the escalation steps of an action, and whether a next one is possible')
  list(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.steps.list(id, query, caller);
  }

  @Post()
  @Requires('actions.write')
  @Describe('Ask a director or bestuurder to decide; the owner gets the same text')
  ask(@Param('id', IdPipe) id: string, @Body() input: CreateEscalationDto, @CurrentCaller() caller: Caller) {
    return this.escalations.ask(id, input, caller);
  }
}
