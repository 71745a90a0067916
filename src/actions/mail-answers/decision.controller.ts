import { Body, ConflictException, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BehindMailLink, LinkToken } from '../../web/link-door.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { LinkPages } from '../../web/link-pages.js';
import { ESCALATION } from '../escalations/escalation-mail.service.js';
import { Escalations } from '../escalations/escalations.service.js';
import { type FormProblem, problemAsAWhole } from '../../platform/rendering/form-problem.js';
import { type Asked, Decisions } from './decisions.service.js';
import { type DecisionForm, decisionProblem, toDecisionForm } from './decision.rules.js';

/** The page behind "geef uw besluit" in a mail. GET and HEAD change nothing: mail scanners follow links. */
@NotInDocument()
@Controller('besluit')
export class DecisionController {
  constructor(
    private readonly decisions: Decisions,
    private readonly escalations: Escalations,
    private readonly linkPages: LinkPages,
  ) {}

  @Get(':key')
  @BehindMailLink(ESCALATION)
  async show(@LinkToken() token: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const asked = await this.decisions.open(token);
    return typeof asked === 'string' ? this.linkPages.closed(reply, asked) : this.page(reply, asked);
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
    if (typeof asked === 'string') return this.linkPages.closed(reply, asked);
    const form = toDecisionForm(body);
    const problem = decisionProblem(form);
    if (problem) return this.page(reply, asked, form, problem);
    try {
      await this.escalations.answer(asked.id, { decision: form.decision, decidedFor: form.date }, asked.personId);
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
      return this.page(reply, asked, form, problemAsAWhole('Er was al een besluit. Dat blijft staan.', 409));
    }
    await this.decisions.markUsed(token);
    void reply.status(303).header('Location', request.url);
    return '';
  }

  private page(reply: FastifyReply, asked: Asked, form?: DecisionForm, problem: FormProblem | null = null): string {
    return this.linkPages.show(reply, 'actions/pages/decision', {
      title: 'Uw besluit gevraagd',
      problem,
      name: asked.name,
      askedBy: asked.askedBy,
      number: asked.number,
      what: asked.title,
      areaName: asked.areaName,
      dueOn: asked.dueOn,
      paragraphs: asked.text.split(/\n+/),
      decided: asked.decision,
      decidedFor: asked.decidedFor,
      decision: form?.decision ?? '',
      wantedDate: form?.date ?? '',
    });
  }
}
