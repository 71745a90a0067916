import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForEveryone } from '../access/requires.js';
import { NotInDocument } from '../common/describe.js';
import { Renderer } from '../rendering/renderer.js';
import { AnswerPages } from './answer-pages.service.js';
import { toAnswerForm } from './answer.rules.js';
import { MessagePage } from './message-page.js';

/** The page behind a link in a mail. GET and HEAD change nothing and sign nobody in: mail scanners follow links. */
@NotInDocument()
@Controller('antwoord')
export class AnswerController {
  constructor(
    private readonly pages: AnswerPages,
    private readonly renderer: Renderer,
    private readonly message: MessagePage,
  ) {}

  @Get(':token')
  @ForEveryone()
  async show(
    @Param('token') token: string,
    @Query('klaar') answered: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const link = await this.pages.open(token);
    if (typeof link === 'string') return this.message.closed(reply, link);
    void reply.type('text/html; charset=utf-8');
    return this.renderer.renderHtml('pages/answer', await this.pages.view(link, String(answered ?? '')));
  }

  @Post(':token')
  @HttpCode(200)
  @ForEveryone()
  async answer(
    @Param('token') token: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const link = await this.pages.open(token);
    if (typeof link === 'string') return this.message.closed(reply, link);
    const form = toAnswerForm(body);
    const taken = await this.pages.answer(link, form);
    void reply.type('text/html; charset=utf-8');
    if ('number' in taken) {
      const number = encodeURIComponent(taken.number);
      void reply.status(303).header('Location', `/antwoord/${encodeURIComponent(token)}?klaar=${number}#${number}`);
      return '';
    }
    void reply.status(400);
    const view = await this.pages.view(link, undefined, { form, problem: taken.problem });
    return this.renderer.renderHtml('pages/answer', view);
  }
}
