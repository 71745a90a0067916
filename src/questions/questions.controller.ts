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
  'A question is never confidential, and nothing confidential can come of it: answer it in words, or it is open again once what came of it becomes confidential.';

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
  @Describe('Ask, or record what was asked; partners can once the chair of the area began', {
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
  @Describe('Change what is asked, by whom and until when')
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
  @Describe('Record what came of it; a later outcome replaces an earlier one, and who asked hears of each', {
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
  @Describe('Take an outcome back; what came of it stays')
  reopen(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.outcomes.reopen(id, version, caller);
  }

  @Put(':id/consent')
  @Requires('questions.ask')
  @Describe('Say whether it may be on the public page, as its chair or as its asker')
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
