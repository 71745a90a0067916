import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { AcceptanceDto, ChangeAgendaItemDto, CreateAgendaItemDto } from '../../meetings/agenda/agenda-items.dto.js';
import { AgendaItems } from '../../meetings/agenda/agenda-items.service.js';
import { IdPipe } from '../../platform/common/ids.js';
import { type Fields, fieldsOf, toInput, valuesOf } from '../../web/forms.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { PutPartiesDto } from '../item-parties.dto.js';
import { ItemParties } from '../item-parties.service.js';
import { SessionForms } from './session-forms.service.js';
import { versionOf } from './tried.js';

/** The agenda: what is added or proposed, what is written down, in which order. */
@NotInDocument()
@Controller('vergaderingen/:id/agendapunten')
export class AgendaFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly items: AgendaItems,
    private readonly parties: ItemParties,
  ) {}

  @Post()
  @HttpCode(200)
  @Requires('agenda.propose')
  add(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ) {
    const partyIds = valuesOf(body, 'partyIds');
    const fields: Fields = { ...fieldsOf(body), partyIds: partyIds.join(',') };
    return this.forms.take(visit, caller, id, { form: 'punt-nieuw', at: 'agenda', fields }, async () => {
      const { title = '', proposedById = '', isConfidential } = fields;
      const secret = isConfidential === 'true' ? { isConfidential: true, partyIds } : {};
      const wanted = { title: title || '\n', proposedById, ...secret };
      const { number, state } = await this.items.add(id, toInput(CreateAgendaItemDto, wanted), caller);
      const notice =
        state === 'proposed'
          ? `Voorgesteld: ${title}. De voorzitter beslist erover.`
          : `Op de agenda: ${number}. ${title}.`;
      return { notice };
    });
  }

  /** Notes, decision and outcome of one item. */
  @Post(':itemId')
  @HttpCode(200)
  @Requires('sessions.write')
  write(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('itemId', IdPipe) itemId: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    const form = `punt-${itemId}`;
    return this.forms.take(visit, caller, id, { form, at: form, fields }, async () => {
      const { number, version } = await this.items.change(itemId, toTreatment(fields), versionOf(fields), caller);
      return { notice: `Opgeslagen: punt ${number}.`, versions: { version } };
    });
  }

  @Post(':itemId/voorstel')
  @HttpCode(200)
  @Requires('sessions.write')
  answer(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('itemId', IdPipe) itemId: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    return this.forms.take(visit, caller, id, { form: `voorstel-${itemId}`, at: 'agenda', fields }, async () => {
      const isAccepted = fields.answer === 'accept';
      const input = toInput(AcceptanceDto, { isAccepted, ...(isAccepted ? {} : { reason: fields.reason }) });
      const { title } = await this.items.answer(itemId, input, versionOf(fields), caller);
      return { notice: isAccepted ? `Op de agenda: ${title}.` : `Niet op de agenda: ${title}.` };
    });
  }

  @Post(':itemId/plaats')
  @HttpCode(200)
  @Requires('sessions.write')
  move(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('itemId', IdPipe) itemId: string,
    @Body() body: unknown,
  ) {
    const fields = fieldsOf(body);
    return this.forms.take(visit, caller, id, { form: `plaats-${itemId}`, at: `punt-${itemId}`, fields }, async () => {
      const input = toInput(ChangeAgendaItemDto, { position: Number(fields.position) });
      const { number, title } = await this.items.change(itemId, input, versionOf(fields), caller);
      return { notice: `Verplaatst: ${number}. ${title}.` };
    });
  }

  @Post(':itemId/partijen')
  @HttpCode(200)
  @Requires('sessions.write')
  share(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('itemId', IdPipe) itemId: string,
    @Body() body: unknown,
  ) {
    const partyIds = valuesOf(body, 'partyIds');
    const fields: Fields = { ...fieldsOf(body), partyIds: partyIds.join(',') };
    return this.forms.take(
      visit,
      caller,
      id,
      { form: `partijen-${itemId}`, at: `punt-${itemId}`, fields },
      async () => {
        const input = toInput(PutPartiesDto, { partyIds });
        await this.parties.put(itemId, input.partyIds, versionOf(fields), caller);
        return { notice: 'Opgeslagen: wie dit punt mag weten.' };
      },
    );
  }
}

/** A text that was emptied is taken away. */
function toTreatment({ notes, decision, state }: Fields): ChangeAgendaItemDto {
  const input = toInput(ChangeAgendaItemDto, { notes, decision, state });
  if (notes === '') input.notes = null;
  if (decision === '') input.decision = null;
  return input;
}
