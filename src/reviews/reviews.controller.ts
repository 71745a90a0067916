import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { formatOf } from '../platform/common/accept.js';
import { besidesJson } from '../platform/common/media-types.js';
import { Describe } from '../platform/common/describe.js';
import { IfMatch, toETag } from '../platform/common/etag.js';
import { IdPipe } from '../platform/common/ids.js';
import { ChangeReviewDto, CreateReviewDto, FigureCasesDto, ReadReviewDto, ReviewListDto } from './reviews.dto.js';
import { REVIEW_FORMATS, ReviewDocuments } from './documents/review-documents.service.js';
import { ReviewPhotos } from './documents/review-photos.service.js';
import { ReviewCases } from './review-cases.service.js';
import { Reviews } from './reviews.service.js';

@Controller('v1/reviews')
export class ReviewsController {
  constructor(
    private readonly reviews: Reviews,
    private readonly cases: ReviewCases,
    private readonly documents: ReviewDocuments,
    private readonly photos: ReviewPhotos,
  ) {}

  @Get()
  @Requires('reviews.read')
  @Describe('List reviews: final ones, and drafts of your areas')
  list(@Query() query: ReviewListDto, @CurrentCaller() caller: Caller) {
    return this.reviews.list(query, caller);
  }

  @Post()
  @Requires('reviews.write')
  @Describe('Create a draft review', { location: '/v1/reviews' })
  create(@Body() input: CreateReviewDto, @CurrentCaller() caller: Caller) {
    return this.reviews.create(input, caller);
  }

  @Get(':id')
  @Requires('reviews.read')
  @Describe('Read a review as JSON, HTML, PDF, Word, XLSX (a sheet per table) or CSV', {
    also: besidesJson(REVIEW_FORMATS),
  })
  async read(
    @Param('id', IdPipe) id: string,
    @Query() query: ReadReviewDto,
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, REVIEW_FORMATS);
    this.documents.prepare(format);
    const review = await this.reviews.read(id, caller, query.knownAt);
    void reply.header('Vary', 'Accept');
    if (format === 'json') return review;
    void reply.header('ETag', toETag(review.version));
    const photos = format === 'pdf' && query.photos ? await this.photos.of(review, caller) : [];
    return this.documents.send(reply, review, format, photos);
  }

  @Get(':id/figures/:name/cases')
  @Requires('reviews.read')
  @Describe('List the actions or sessions behind a figure of a review')
  casesOf(
    @Param('id', IdPipe) id: string,
    @Param('name') name: string,
    @Query() query: FigureCasesDto,
    @CurrentCaller() caller: Caller,
  ) {
    return this.cases.list(id, name, query, caller);
  }

  @Patch(':id')
  @Requires('reviews.write')
  @Describe('Change the texts of a draft')
  change(
    @Param('id', IdPipe) id: string,
    @Body() input: ChangeReviewDto,
    @IfMatch() version: number,
    @CurrentCaller() caller: Caller,
  ) {
    return this.reviews.change(id, input, version, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('reviews.write')
  @Describe('Delete a draft')
  remove(@Param('id', IdPipe) id: string, @IfMatch() version: number, @CurrentCaller() caller: Caller) {
    return this.reviews.remove(id, version, caller);
  }
}
