import { Body, ConflictException, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BehindMailLink, LinkToken } from '../mail/link-door.js';
import { NotInDocument } from '../common/describe.js';
import { LinkMessages } from '../mail/link-messages.js';
import { ESCALATION } from '../escalations/escalation-mail.service.js';
import { Escalations } from '../escalations/escalations.service.js';
import { Renderer } from '../rendering/renderer.js';
import { SETTINGS, type Settings } from '../settings.js';
import { type Asked, Decisions } from './decisions.service.js';
import { type DecisionForm, decisionProblem, toDecisionForm } from './decision.rules.js';

/** The page behind "geef uw besluit" in a mail. GET and HEAD change nothing: mail scanners follow links. */
@NotInDocument()
@Controller('besluit')
export class DecisionController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly decisions: Decisions,
    private readonly escalations: Escalations,
    private readonly renderer: Renderer,
    private readonly message: LinkMessages,
  ) {}

  @Get(':key')
  @BehindMailLink(ESCALATION)
  async show(@LinkToken() token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const asked = await this.decisions.open(token);
    return typeof asked === 'string' ? this.message.closed(reply, asked) : this.page(reply, 200, asked);
  }

  @Post(':key')
  @HttpCode(200)
  @BehindMailLink(ESCALATION)
  async decide(
    @LinkToken() token: string,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const asked = await this.decisions.open(token);
    if (typeof asked === 'string') return this.message.closed(reply, asked);
    const form = toDecisionForm(body);
    const problem = decisionProblem(form);
    if (problem) return this.page(reply, 400, asked, form, problem);
    try {
      await this.escalations.answer(asked.id, { decision: form.decision, decidedFor: form.date }, asked.personId);
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
      return this.page(reply, 409, asked, form, 'Er was al een besluit. Dat blijft staan.');
    }
    await this.decisions.markUsed(token);
    void reply.status(303).header('Location', request.url);
    return '';
  }

  private page(reply: FastifyReply, status: number, asked: Asked, form?: DecisionForm, problem?: string): string {
    void reply.status(status).type('text/html; charset=utf-8');
    return this.renderer.renderHtml('pages/answer-decision', {
      title: 'Uw besluit gevraagd',
      municipality: this.settings.MUNICIPALITY,
      name: asked.name,
      askedBy: asked.askedBy,
      number: asked.number,
      what: asked.title,
      areaName: asked.areaName,
      dueOn: asked.dueOn,
      paragraphs: asked.text.split(/\n+/),
      problem: problem ?? null,
      decided: asked.decision,
      decidedFor: asked.decidedFor,
      decision: form?.decision ?? '',
      wantedDate: form?.date ?? '',
    });
  }
}
