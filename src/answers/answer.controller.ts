import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BehindMailLink, LinkToken } from '../mail/link-door.js';
import { NotInDocument } from '../common/describe.js';
import { LinkMessages } from '../mail/link-messages.js';
import { Renderer } from '../rendering/renderer.js';
import { ANSWERED_FROM, AnswerPages, type OpenLink, type Outcome } from './answer-pages.service.js';
import { toAnswers } from './answer.rules.js';

/** The page behind a link in a mail. GET and HEAD change nothing and sign nobody in: mail scanners follow links. */
@NotInDocument()
@Controller('antwoord')
export class AnswerController {
  constructor(
    private readonly pages: AnswerPages,
    private readonly renderer: Renderer,
    private readonly message: LinkMessages,
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
    if (typeof link === 'string') return this.message.closed(reply, link);
    return this.page(reply, 200, link, first, { saved: String(saved ?? '').split(' '), refused: new Map() });
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
    if (typeof link === 'string') return this.message.closed(reply, link);
    const answers = toAnswers(body, link.link.subjectIds);
    const outcome = await this.pages.answer(link, answers);
    if (answers.length > 0 && outcome.refused.size === 0) {
      const done = new URLSearchParams({ klaar: outcome.saved.join(' ') });
      void reply.status(303).header('Location', `${request.url.split('?', 1)[0]}?${done}`);
      return '';
    }
    // Opened again: what was saved a moment ago is in it.
    const now = await this.pages.open(token);
    return typeof now === 'string' ? this.message.closed(reply, now) : this.page(reply, 400, now, first, outcome);
  }

  private async page(reply: FastifyReply, status: number, link: OpenLink, first: unknown, outcome: Outcome) {
    const view = await this.pages.view(link, String(first ?? ''), outcome);
    void reply.status(status).type('text/html; charset=utf-8');
    const isEmpty = status === 400 && outcome.refused.size === 0;
    return this.renderer.renderHtml('pages/answer', { ...view, isEmpty });
  }
}
