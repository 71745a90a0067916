import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { asPerson, type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { NothingPipe } from '../platform/common/nothing.pipe.js';
import { PagingDto } from '../platform/common/paging.js';
import { DigestPreviews } from './digest-previews.service.js';
import { DigestWeeks } from './digest-weeks.service.js';
import { DigestPreviewDto, SkipWeeksDto } from './digests.dto.js';
import { Digests } from './digests.service.js';
import { WHO_GETS_MAIL } from '../directory/people/contacts.dto.js';

@Controller('v1/digests')
export class DigestsController {
  constructor(
    private readonly digests: Digests,
    private readonly previews: DigestPreviews,
    private readonly weeks: DigestWeeks,
  ) {}

  @Get()
  @Requires('digests.read')
  @Describe('List the digests, newest week first, with the number of messages per state')
  list(@Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.digests.list(query, caller);
  }

  @Post()
  @HttpCode(200)
  @Requires('digests.run')
  @Describe('Plan and send what is due now; idempotent', { never: ['NOT_FOUND'] })
  run(@Body(NothingPipe) _: unknown, @CurrentCaller() caller: Caller) {
    return this.digests.run(caller);
  }

  @Get('skipped-weeks')
  @Requires('digests.read')
  @Describe('Read the weeks without digest: those chosen, and those of the settings')
  skipped() {
    return this.weeks.read();
  }

  @Put('skipped-weeks')
  @Requires('digests.run')
  @Describe('Choose the future weeks without digest', {
    never: ['NOT_FOUND'],
    rules: 'A week whose digest has been planned keeps it. Weeks in the settings never have one.',
  })
  skip(@Body() { weeks }: SkipWeeksDto, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.weeks.choose(weeks, version, caller);
  }

  @Get('preview')
  @Requires('digests.preview')
  @Describe('Preview a digest as it would be sent now', {
    rules: `An action is included in the digest of its owner and of each co-owner. ${WHO_GETS_MAIL}`,
  })
  preview(@Query() { person }: DigestPreviewDto, @CurrentCaller() caller: Caller) {
    return this.previews.preview(person ?? asPerson(caller).personId, caller);
  }

  @Post(':id/messages/:messageId/attempts')
  @HttpCode(200)
  @Requires('digests.run')
  @Describe('Retry a failed or waiting message now, with the same bytes if it was already built')
  retry(
    @Param('id', IdPipe) id: string,
    @Param('messageId', IdPipe) messageId: string,
    @CurrentCaller() caller: Caller,
  ) {
    return this.digests.retry(id, messageId, caller);
  }

  @Get(':id/messages')
  @Requires('digests.read')
  @Describe('List the messages of one digest, without their contents')
  messages(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.digests.messages(id, query, caller);
  }
}
