import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { ForEveryone } from '../access/requires.js';
import { NotInDocument } from '../common/describe.js';
import { Renderer } from '../rendering/renderer.js';
import { toAttendanceForm } from './attendance-form.rules.js';
import { AttendancePages } from './attendance-pages.service.js';
import { MessagePage } from './message-page.js';

/** The page behind the link of an invitation. GET and HEAD change nothing: mail scanners follow links. */
@NotInDocument()
@Controller('aanwezigheid')
export class AttendanceController {
  constructor(
    private readonly pages: AttendancePages,
    private readonly renderer: Renderer,
    private readonly message: MessagePage,
  ) {}

  @Get(':token')
  @ForEveryone()
  async show(
    @Param('token') token: string,
    @Query('klaar') saved: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const invitation = await this.pages.open(token);
    if (typeof invitation === 'string') return this.message.closed(reply, invitation);
    void reply.type('text/html; charset=utf-8');
    return this.renderer.renderHtml('pages/attendance', await this.pages.view(invitation, saved === 'ja'));
  }

  @Post(':token')
  @HttpCode(200)
  @ForEveryone()
  async answer(
    @Param('token') token: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const invitation = await this.pages.open(token);
    if (typeof invitation === 'string') return this.message.closed(reply, invitation);
    const form = toAttendanceForm(body);
    const problem = await this.pages.answer(invitation, form);
    void reply.type('text/html; charset=utf-8');
    if (problem === undefined) {
      void reply.status(303).header('Location', `/aanwezigheid/${encodeURIComponent(token)}?klaar=ja`);
      return '';
    }
    void reply.status(400);
    return this.renderer.renderHtml('pages/attendance', await this.pages.view(invitation, false, { form, problem }));
  }
}
