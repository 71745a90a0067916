import { Body, Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ATTENDANCE_LINK } from './reply-links.service.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { BehindMailLink, LinkToken } from '../../web/link-door.js';
import { LinkPages } from '../../web/link-pages.js';
import { toAttendanceForm } from './attendance-form.rules.js';
import { AttendancePages } from './attendance-pages.service.js';

/** The page behind the link of an invitation. GET and HEAD change nothing: mail scanners follow links. */
@NotInDocument()
@Controller('aanwezigheid')
export class AttendanceController {
  constructor(
    private readonly pages: AttendancePages,
    private readonly linkPages: LinkPages,
  ) {}

  @Get(':key')
  @BehindMailLink(ATTENDANCE_LINK)
  async show(
    @LinkToken() token: string,
    @Query('klaar') saved: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const invitation = await this.pages.open(token);
    if (typeof invitation === 'string') return this.linkPages.closed(reply, invitation);
    return this.linkPages.show(reply, 'sessions/pages/attendance', await this.pages.view(invitation, saved === 'ja'));
  }

  @Post(':key')
  @HttpCode(200)
  @BehindMailLink(ATTENDANCE_LINK)
  async answer(
    @LinkToken() token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const invitation = await this.pages.open(token);
    if (typeof invitation === 'string') return this.linkPages.closed(reply, invitation);
    const form = toAttendanceForm(body);
    const problem = await this.pages.answer(invitation, form);
    if (problem === undefined) {
      void reply.status(303).header('Location', `${request.url.split('?', 1)[0]}?klaar=ja`);
      return '';
    }
    const view = await this.pages.view(invitation, false, { form, problem });
    return this.linkPages.show(reply, 'sessions/pages/attendance', view);
  }
}
