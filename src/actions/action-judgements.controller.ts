import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { Describe, listOf } from '../common/describe.js';
import { IfMatch } from '../common/etag.js';
import { IdPipe } from '../common/ids.js';
import { PagingDto } from '../common/paging.js';
import { ChangeJudgementDto, CreateJudgementDto, JUDGEMENT_EXAMPLE } from './action-judgements.dto.js';
import { ActionJudgements } from './action-judgements.service.js';

@Controller('v1/actions/:id/judgements')
export class ActionJudgementsController {
  constructor(private readonly judgements: ActionJudgements) {}

  @Get()
  @Requires('actions.read')
  @Describe('List what other parties think of an action', listOf(JUDGEMENT_EXAMPLE))
  list(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.judgements.list(id, query, caller);
  }

  @Post()
  @Requires('actions.judge')
  @Describe('Say for another party whether it worked', JUDGEMENT_EXAMPLE)
  give(@Param('id', IdPipe) id: string, @Body() input: CreateJudgementDto, @CurrentCaller() caller: Caller) {
    return this.judgements.give(id, input, caller);
  }

  @Patch(':judgementId')
  @Requires('actions.judge')
  @Describe('Change the judgement of the own organisation', JUDGEMENT_EXAMPLE)
  change(
    @Param('id', IdPipe) id: string,
    @Param('judgementId', IdPipe) judgementId: string,
    @Body() input: ChangeJudgementDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.judgements.change(id, judgementId, input, version, caller);
  }
}
