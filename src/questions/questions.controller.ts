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
import { QuestionTables } from './tables/question-tables.service.js';
import { QuestionOutcomes } from './question-outcomes.service.js';
import {
  ChangeQuestionDto,
  ConsentDto,
  CreateQuestionDto,
  QuestionListDto,
  SettleQuestionDto,
} from './questions.dto.js';
import { Questions } from './questions.service.js';

const OPEN =
  'A question is never confidential, and nor is its outcome: if the item or action that it became is made confidential, the question is open again.';

@Controller('v1/questions')
export class QuestionsController {
  constructor(
    private readonly questions: Questions,
    private readonly outcomes: QuestionOutcomes,
    private readonly tables: QuestionTables,
    private readonly files: TableFiles,
  ) {}

  @Get()
  @Requires('questions.read')
  @Describe('List questions, latest first; CSV and XLSX contain the whole list', { also: TABLE_TYPES })
  async list(
    @Query() query: QuestionListDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = listFormatOf(request, reply, `vragen-${caller.today}`);
    if (format === 'json') return this.questions.list(query, caller);
    return this.files.answer(format, await this.tables.of(query, caller));
  }

  @Post()
  @Requires('questions.ask')
  @Describe('Ask or record a question; partners can do so once the chair of the area has recorded one', {
    location: '/v1/questions',
    never: ['NOT_FOUND'],
    rules: OPEN,
  })
  create(@Body() input: CreateQuestionDto, @CurrentCaller() caller: Caller) {
    return this.questions.create(input, caller);
  }

  @Get(':id')
  @Requires('questions.read')
  @Describe('Read a question')
  read(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.questions.read(id, caller);
  }

  @Patch(':id')
  @Requires('questions.write')
  @Describe('Change a question, its asker or its deadline')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeQuestionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.questions.change(id, input, version, caller);
  }

  @Put(':id/outcome')
  @Requires('questions.write')
  @Describe('Record the outcome; a later one replaces an earlier one, and the asker is notified of each', {
    rules: OPEN,
  })
  settle(
    @Param('id', IdPipe) id: string,
    @Body() input: SettleQuestionDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.outcomes.settle(id, input, version, caller);
  }

  @Delete(':id/outcome')
  @HttpCode(200)
  @Requires('questions.write')
  @Describe('Undo an outcome; the item, action or initiative itself stays')
  reopen(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.outcomes.reopen(id, version, caller);
  }

  @Put(':id/consent')
  @Requires('questions.ask')
  @Describe('Agree or refuse to publish it, as its chair or as its asker')
  consent(
    @Param('id', IdPipe) id: string,
    @Body() { agrees }: ConsentDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.questions.consent(id, agrees, version, caller);
  }

  @Get(':id/changes')
  @Requires('questions.read')
  @Describe('List what happened to a question, latest first')
  changes(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.questions.history(id, query, caller);
  }
}
