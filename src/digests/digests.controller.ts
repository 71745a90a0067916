import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { Describe, listOf } from '../common/describe.js';
import { IdPipe } from '../common/ids.js';
import { NothingPipe } from '../common/nothing.pipe.js';
import { PagingDto } from '../common/paging.js';
import { DigestPreviews } from './digest-previews.service.js';
import { ANSWER_EXAMPLE, DigestPreviewDto, MESSAGE_EXAMPLE, PREVIEW_EXAMPLE, RUN_EXAMPLE } from './digests.dto.js';
import { Digests } from './digests.service.js';

@Controller('v1/digests')
export class DigestsController {
  constructor(
    private readonly digests: Digests,
    private readonly previews: DigestPreviews,
  ) {}

  @Get()
  @Requires('digests.read')
  @Describe('List the digests, newest week first, with how many messages are in which state', listOf(RUN_EXAMPLE))
  list(@Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.digests.list(query, caller);
  }

  @Post()
  @HttpCode(200)
  @Requires('digests.run')
  @Describe('Plan and send what is due now; calling twice changes nothing', ANSWER_EXAMPLE)
  run(@Body(NothingPipe) _: unknown, @CurrentCaller() caller: Caller) {
    return this.digests.run(caller);
  }

  @Get('preview')
  @Requires('digests.preview')
  @Describe('Preview a digest as it would go out now', PREVIEW_EXAMPLE)
  preview(@Query() { person }: DigestPreviewDto, @CurrentCaller() caller: Caller) {
    return this.previews.preview(person ?? caller.personId, caller);
  }

  @Get(':id/messages')
  @Requires('digests.read')
  @Describe('List the messages of one digest, without what is in them', listOf(MESSAGE_EXAMPLE))
  messages(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.digests.messages(id, query, caller);
  }
}
