import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { IdPipe } from '../../platform/common/ids.js';
import { CreateSessionDto } from '../../meetings/sessions.dto.js';
import { Sessions } from '../planning/sessions.service.js';
import { inDutch } from '../../platform/common/calendar-date.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { MeetingScreen } from './meeting-screen.service.js';
import { SESSION_WORDS } from './minuting.words.js';

/** The standing series of who looks, and of one series its sessions, with the next ones to plan. */
@NotInDocument()
@Controller('overleggen')
export class MeetingsPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly screen: MeetingScreen,
    private readonly sessions: Sessions,
  ) {}

  @Get()
  @Requires('meetings.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    return this.pages.show(visit, 'sessions/pages/meetings', await this.screen.list(caller));
  }

  @Get(':id')
  @Requires('meetings.read')
  async show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    return this.pages.show(visit, 'sessions/pages/meeting', await this.screen.view(id, caller));
  }

  @Post(':id/vergaderingen')
  @HttpCode(200)
  @Requires('sessions.write')
  async plan(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      SESSION_WORDS,
      async () => {
        const { heldOn = '', startTime = '', endTime = '', place = '', isExtra } = fields;
        const wanted = {
          heldOn: heldOn || '-',
          startTime,
          endTime,
          place,
          ...(isExtra === 'true' && { isExtra: true }),
        };
        const session = await this.sessions.plan(id, toInput(CreateSessionDto, wanted), caller);
        const path = `/vergaderingen/${session.id}`;
        return { path, notice: `Gepland: ${inDutch(session.heldOn)}. Maak hieronder de agenda af.` };
      },
      async (problem) => {
        const tried = { form: 'plannen', fields, problem };
        return this.pages.show(visit, 'sessions/pages/meeting', await this.screen.view(id, caller, tried));
      },
      (field) => `plannen-${field}`,
    );
  }
}
