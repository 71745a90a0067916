import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BehindMailLink, LinkToken } from '../../web/link-door.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { LinkPages } from '../../web/link-pages.js';
import { type Outcome, toAnswers } from './answer-page.rules.js';
import { ANSWERED_FROM, AnswerPages, type OpenLink } from './answer-pages.service.js';

/** The page behind a link in a mail. GET and HEAD change nothing and sign nobody in: mail scanners follow links. */
@NotInDocument()
@Controller('antwoord')
export class AnswerController {
  constructor(
    private readonly pages: AnswerPages,
    private readonly linkPages: LinkPages,
  ) {}

  @Get(':key')
  @BehindMailLink(...ANSWERED_FROM)
  async show(
    @LinkToken() token: string,
    @Query('actie') first: unknown,
    @Query('klaar') saved: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const link = await this.pages.open(token);
    if (typeof link === 'string') return this.linkPages.closed(reply, link);
    const numbers = String(saved ?? '').split(' ');
    return this.page(reply, link, first, { saved: numbers, refused: new Map(), isEmpty: false });
  }

  @Post(':key')
  @HttpCode(200)
  @BehindMailLink(...ANSWERED_FROM)
  async answer(
    @LinkToken() token: string,
    @Query('actie') first: unknown,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const link = await this.pages.open(token);
    if (typeof link === 'string') return this.linkPages.closed(reply, link);
    const answers = toAnswers(body, link.link.subjectIds);
    const outcome = await this.pages.answer(link, answers);
    if (!outcome.isEmpty && outcome.refused.size === 0) {
      const done = new URLSearchParams({ klaar: outcome.saved.join(' ') });
      void reply.status(303).header('Location', `${request.url.split('?', 1)[0]}?${done}`);
      return '';
    }
    // Opened again: what was saved a moment ago is in it.
    const now = await this.pages.open(token);
    return typeof now === 'string' ? this.linkPages.closed(reply, now) : this.page(reply, now, first, outcome);
  }

  private async page(reply: FastifyReply, link: OpenLink, first: unknown, outcome: Outcome): Promise<string> {
    return this.linkPages.show(
      reply,
      'actions/pages/answer',
      await this.pages.view(link, String(first ?? ''), outcome),
    );
  }
}
