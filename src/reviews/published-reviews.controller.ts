import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '../platform/access/requires.js';
import { formatOf } from '../platform/common/accept.js';
import { besidesJson } from '../platform/common/media-types.js';
import { Describe } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { PagingDto } from '../platform/common/paging.js';
import { REVIEW_FORMATS, ReviewDocuments } from './documents/review-documents.service.js';
import { ReviewPublication } from './review-publication.service.js';

/** Published reviews for programs, without sign-in; the pages for people are at `/jaarevaluaties`. */
@Controller('v1/public/reviews')
export class PublishedReviewsController {
  constructor(
    private readonly publication: ReviewPublication,
    private readonly documents: ReviewDocuments,
  ) {}

  @Get()
  @Requires('published')
  @Describe('List published reviews, newest first')
  list(@Query() query: PagingDto) {
    return this.publication.page(query);
  }

  @Get(':id')
  @Requires('published')
  @Describe('Read a published review as JSON, HTML, PDF, Word, XLSX or CSV', {
    also: besidesJson(REVIEW_FORMATS),
  })
  async read(
    @Param('id', IdPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request, REVIEW_FORMATS);
    const review = await this.publication.read(id);
    void reply.header('Vary', 'Accept');
    return format === 'json' ? review : this.documents.send(reply, review, format);
  }
}
