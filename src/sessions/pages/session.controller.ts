import { Body, Controller, Get, HttpCode, HttpException, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { SessionInvitations } from '../invitations/session-invitations.service.js';
import { IdPipe } from '../../platform/common/ids.js';
import { invalid } from '../../platform/common/problems.js';
import { ChangeSessionDto } from '../../meetings/sessions.dto.js';
import { Sessions } from '../planning/sessions.service.js';
import { type Fields, fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { Closings } from '../closings.service.js';
import { Openings } from '../openings.service.js';
import { ReasonDto } from '../session-states.dto.js';
import { Sending } from './sending.service.js';
import { SessionForms, type Taken } from './session-forms.service.js';
import { SessionPapers } from './session-papers.service.js';
import { SessionScreen } from './session-screen.service.js';
import { versionOf } from './tried.js';

/** The one screen of a session, from planning to sending. */
@NotInDocument()
@Controller('vergaderingen/:id')
export class SessionController {
  constructor(
    private readonly pages: Pages,
    private readonly screen: SessionScreen,
    private readonly forms: SessionForms,
    private readonly sessions: Sessions,
    private readonly openings: Openings,
    private readonly closings: Closings,
    private readonly invitations: SessionInvitations,
    private readonly sending: Sending,
    private readonly papers: SessionPapers,
  ) {}

  @Get()
  @Requires('sessions.read')
  async show(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Query() { actie, toevoegen }: Record<string, unknown>,
  ): Promise<string> {
    const actionId = typeof actie === 'string' && /^[0-9a-f-]{36}$/.test(actie) ? actie : undefined;
    const look = { actionId, isAdding: toevoegen !== undefined };
    return this.pages.show(visit, 'sessions/pages/session', await this.screen.view(id, caller, look));
  }

  /** The minutes as they stand, or as they would be made now. */
  @Get('voorbeeld')
  @Requires('minutes.read')
  async preview(
    @CurrentVisit() { reply }: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    const document = await this.papers.document(id, caller);
    void reply.type('text/html; charset=utf-8');
    return document;
  }

  @Post('gegevens')
  @HttpCode(200)
  @Requires('sessions.write')
  change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'gegevens', body, async (fields) => {
      await this.sessions.change(id, toChange(fields), versionOf(fields), caller);
      return { notice: 'Opgeslagen: de gegevens van deze vergadering.' };
    });
  }

  @Post('openen')
  @HttpCode(200)
  @Requires('sessions.write')
  open(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'openen', body, async (fields) => {
      const { counts } = await this.openings.open(id, versionOf(fields), caller);
      const words = counts.discussions === 1 ? '1 actie' : `${counts.discussions} acties`;
      return { notice: `De vergadering is begonnen. ${words} van vorige keer staan klaar.`, at: 'aanwezigheid' };
    });
  }

  @Post('uitnodigen')
  @HttpCode(200)
  @Requires('sessions.write')
  invite(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'uitnodigen', body, async (fields) => {
      const { recipients } = await this.invitations.send(id, versionOf(fields), caller);
      const words = recipients.length === 1 ? '1 persoon' : `${recipients.length} personen`;
      return { notice: `De uitnodiging gaat naar ${words}.`, at: 'inhoud' };
    });
  }

  @Post('afgelasten')
  @HttpCode(200)
  @Requires('sessions.write')
  cancel(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'afgelasten', body, async (fields) => {
      await this.closings.cancel(id, reasonOf(fields), versionOf(fields), caller);
      return { notice: 'De vergadering gaat niet door. Wie was uitgenodigd, krijgt daar bericht van.', at: 'inhoud' };
    });
  }

  @Post('sluiten')
  @HttpCode(200)
  @Requires('sessions.write')
  close(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'sluiten', body, async (fields) => {
      await this.closings.close(id, versionOf(fields), caller);
      if (fields.how !== 'send')
        return { notice: 'De vergadering is gesloten. Het verslag is nog niet verstuurd.', at: 'inhoud' };
      try {
        return { notice: `De vergadering is gesloten. ${await this.sending.sendCurrent(id, caller)}`, at: 'inhoud' };
      } catch (error) {
        // Closed is closed; that the sending failed is said, and can be done again below.
        if (!(error instanceof HttpException)) throw error;
        return {
          notice:
            'De vergadering is gesloten, maar het verslag kon niet worden verstuurd. Probeer het hieronder opnieuw.',
          at: 'verslag',
        };
      }
    });
  }

  @Post('versturen')
  @HttpCode(200)
  @Requires('minutes.write')
  send(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'versturen', body, async (fields) => ({
      notice: await this.sending.send(id, versionOf(fields), caller),
      at: 'inhoud',
    }));
  }

  @Post('heropenen')
  @HttpCode(200)
  @Requires('sessions.write')
  reopen(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    return this.take(visit, caller, id, 'heropenen', body, async (fields) => {
      await this.openings.reopen(id, reasonOf(fields), versionOf(fields), caller);
      return {
        notice: 'De vergadering is weer open. Bij het sluiten komt er een nieuwe versie van het verslag.',
        at: 'inhoud',
      };
    });
  }

  private take(
    visit: Visit,
    caller: Caller,
    id: string,
    form: string,
    body: unknown,
    work: (fields: Fields) => Promise<Taken>,
  ): Promise<string | object> {
    const fields = fieldsOf(body);
    return this.forms.take(visit, caller, id, { form, at: form, fields }, () => work(fields));
  }
}

/** A place or a time left empty is taken away. */
function toChange({ heldOn, startTime, endTime, place, chairId, secretaryId }: Fields): ChangeSessionDto {
  if (!heldOn) throw invalid([{ field: 'heldOn', message: 'heldOn must be given' }]);
  const given = toInput(ChangeSessionDto, { heldOn, startTime, endTime, place, chairId, secretaryId });
  const cleared = Object.entries({ startTime, endTime, place, chairId, secretaryId }).filter(
    ([, value]) => value === '',
  );
  return Object.assign(given, Object.fromEntries(cleared.map(([name]) => [name, null])));
}

const reasonOf = ({ reason = '' }: Fields): string => toInput(ReasonDto, { reason }).reason;
