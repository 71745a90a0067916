import { Body, Controller, Get, Param, Patch, Post, Put, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { contentTypeOf, formatOf } from '../platform/common/accept.js';
import { TABLE_TYPES } from '../platform/common/media-types.js';
import { pageText } from '../platform/common/answer-headers.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { PagingDto } from '../platform/common/paging.js';
import { ActionTables } from './tables/action-tables.service.js';
import { JudgeDto } from './judgements/judgements.dto.js';
import { ActionJudgements } from './judgements/action-judgements.service.js';
import { CreateUpdateDto, ON_HOLD, POSTPONEMENTS } from './history/action-updates.dto.js';
import { ActionUpdates } from './action-updates.service.js';
import { ActionNotes } from './discussions/action-notes.service.js';
import {
  ActionListDto,
  ChangeActionDto,
  CreateActionDto,
  WithdrawActionDto,
  CONFIDENTIAL_PARTIES,
} from './actions.dto.js';
import { Actions } from './actions.service.js';

@Controller('v1/actions')
export class ActionsController {
  constructor(
    private readonly actions: Actions,
    private readonly updates: ActionUpdates,
    private readonly notes: ActionNotes,
    private readonly judgements: ActionJudgements,
    private readonly tables: ActionTables,
  ) {}

  @Get()
  @Requires('actions.read')
  @Describe('List actions, now or as of a day; CSV and XLSX contain the whole list', {
    also: TABLE_TYPES,
  })
  async list(
    @Query() query: ActionListDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, ['json', 'csv', 'xlsx']);
    void reply.header('Vary', 'Accept');
    if (format === 'json') {
      const texts = await this.actions.texts(query, caller);
      return texts ? pageText(texts, request, reply) : this.actions.list(query, caller);
    }
    const file =
      format === 'csv'
        ? await this.tables.csv(query, caller)
        : new StreamableFile(await this.tables.xlsx(query, caller));
    void reply.type(contentTypeOf(format));
    void reply.header('Content-Disposition', `attachment; filename="acties-${query.asOf ?? caller.today}.${format}"`);
    return file;
  }

  @Post()
  @Requires('actions.write')
  @Describe('Record an action between sessions', {
    location: '/v1/actions',
    never: ['NOT_FOUND'],
    rules: CONFIDENTIAL_PARTIES,
  })
  record(@Body() input: CreateActionDto, @CurrentCaller() caller: Caller) {
    return this.actions.record(input, caller);
  }

  @Get(':id')
  @Requires('actions.read')
  @Describe('Read an action')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.actions.read(id, caller);
  }

  @Patch(':id')
  @Requires('actions.write')
  @Describe('Edit an action; status, deadline and owner are changed by updates')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeActionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.actions.change(id, input, version, caller);
  }

  @Get(':id/updates')
  @Requires('actions.read')
  @Describe('List the updates of an action, newest last')
  history(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.updates.list(id, query, caller);
  }

  @Get(':id/notes')
  @Requires('actions.read')
  @Describe('List the notes of sessions about an action, newest last', {
    rules:
      'The notes of a session are included once its minutes have been sent; for those who write in the session, immediately.',
  })
  noted(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.notes.list(id, query, caller);
  }

  @Post(':id/updates')
  @Requires('actions.answer')
  @Describe('Enter an update: a status, deadline, owner, handing back or comment', {
    rules: `${POSTPONEMENTS} ${ON_HOLD}`,
  })
  update(@Param('id', IdPipe) id: string, @Body() input: CreateUpdateDto, @CurrentCaller() caller: Caller) {
    return this.actions.update(id, input, caller);
  }

  @Get(':id/judgements')
  @Requires('actions.read')
  @Describe('List the judgements of other parties about an action')
  listJudgements(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.judgements.list(id, query, caller);
  }

  @Post(':id/judgements')
  @Requires('actions.judge')
  @Describe('Judge an action of another party on behalf of your organisation')
  judge(@Param('id', IdPipe) id: string, @Body() input: JudgeDto, @CurrentCaller() caller: Caller) {
    return this.judgements.judge(id, input, caller);
  }

  @Put(':id/withdrawal')
  @Requires('actions.write')
  @Describe('Withdraw an action that was recorded by mistake, while its session is open')
  withdraw(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: WithdrawActionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.actions.withdraw(id, reason, version, caller);
  }
}
