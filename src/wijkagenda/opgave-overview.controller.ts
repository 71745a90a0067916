import { Controller, Get, Param } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { OpgaveOverview } from './opgave-overview.service.js';

@Controller('v1/opgaven/:id/overview')
export class OpgaveOverviewController {
  constructor(private readonly overview: OpgaveOverview) {}

  @Get()
  @Requires('opgaven.read')
  @Describe('Read the goals and actions that serve an opgave, in all areas')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.overview.of(id, caller);
  }
}
