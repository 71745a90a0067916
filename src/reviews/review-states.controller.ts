import { Body, Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { ReviewPublication } from './review-publication.service.js';
import { ReviewVoice } from './review-voice.service.js';
import { FreezeReviewDto, ReactDto } from './reviews.dto.js';
import { Reviews } from './reviews.service.js';

/** The stages of a review: sent to the parties, frozen, published. */
@Controller('v1/reviews/:id')
export class ReviewStatesController {
  constructor(
    private readonly reviews: Reviews,
    private readonly voice: ReviewVoice,
    private readonly publication: ReviewPublication,
  ) {}

  @Put('circulation')
  @Requires('reviews.write')
  @Describe('Mail a draft to the parties, who have fourteen days to react')
  circulate(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.voice.circulate(id, version, caller);
  }

  @Get('reactions')
  @Requires('reviews.read')
  @Describe('List the reactions of the parties to the draft')
  reactions(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.voice.list(id, caller);
  }

  @Post('reactions')
  @Requires('reviews.react')
  @Describe('React to a draft that was sent to you; printed unchanged')
  react(@Param('id', IdPipe) id: string, @Body() input: ReactDto, @CurrentCaller() caller: Caller) {
    return this.voice.react(id, input, caller);
  }

  @Put('freezing')
  @Requires('reviews.write')
  @Describe('Freeze a draft permanently; the response lists sessions that were not closed')
  freeze(
    @Param('id', IdPipe) id: string,
    @Body() input: FreezeReviewDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.reviews.freeze(id, input, version, caller);
  }

  @Put('publication')
  @Requires('reviews.write')
  @Describe('Publish a final review, without organisations and results of non-public actions')
  publish(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.publication.publish(id, version, caller);
  }

  @Delete('publication')
  @Requires('reviews.write')
  @Describe('Withdraw a published review immediately')
  withdraw(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.publication.withdraw(id, version, caller);
  }
}
