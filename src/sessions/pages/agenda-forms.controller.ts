import { AcceptanceDto, ChangeAgendaItemDto, CreateAgendaItemDto } from '../../meetings/agenda/agenda-items.dto.js';
import { isMeantForParties } from '../../meetings/agenda/agenda-items.rules.js';
import { AgendaItems } from '../../meetings/agenda/agenda-items.service.js';
import { type Fields, toInput, wholeNumber } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { PutPartiesDto } from '../item-parties.dto.js';
import { ItemRemoval } from '../item-removal.service.js';
import { ItemParties } from '../item-parties.service.js';
import { SessionForms } from './session-forms.service.js';

/** The agenda: adding and proposing items, their notes and decisions, and their order. */
@PageController('vergaderingen/:id/agendapunten')
export class AgendaFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly items: AgendaItems,
    private readonly parties: ItemParties,
    private readonly removal: ItemRemoval,
  ) {}

  @FormPost('', 'agenda.propose')
  async add(@Submitted() form: SubmittedForm, @PathId() id: string) {
    const partyIds = form.values('partyIds');
    this.forms.begin(form, id, 'punt-nieuw', {}, { ...form.fields, partyIds: partyIds.join(',') });
    const { title, proposedById, plannedMinutes } = form.fields;
    const isSecret = isMeantForParties(form.fields.isConfidential === 'true', partyIds, form.caller.memberOfIds);
    const secret = isSecret ? { isConfidential: true, partyIds } : {};
    const input = toInput(CreateAgendaItemDto, { title, proposedById, ...minutesIn(plannedMinutes), ...secret });
    const { number, state } = await this.items.add(id, input, form.caller);
    const isProposed = state === 'proposed';
    const proposed = `Voorgesteld: ${isSecret ? 'een besloten punt' : title}. De voorzitter beslist erover.`;
    const added = `Op de agenda: ${number}${isSecret ? ', besloten' : `. ${title}`}.`;
    return this.forms.done(form, id, 'agenda', isProposed ? proposed : added);
  }

  /** Notes, decision and outcome of one item. */
  @FormPost(':itemId', 'sessions.write')
  async write(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('itemId') itemId: string) {
    const key = `punt-${itemId}`;
    this.forms.begin(form, id, key);
    const { number, version } = await this.items.change(itemId, toTreatment(form.fields), form.version, form.caller);
    return this.forms.done(form, id, key, `Opgeslagen: punt ${number}.`, { version });
  }

  @FormPost(':itemId/voorstel', 'sessions.write')
  async answer(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('itemId') itemId: string) {
    this.forms.begin(form, id, `voorstel-${itemId}`);
    const { answer, reason } = form.fields;
    const isAccepted = answer === 'accept';
    const input = toInput(AcceptanceDto, { isAccepted, ...(isAccepted ? {} : { reason }) });
    const { title } = await this.items.answer(itemId, input, form.version, form.caller);
    return this.forms.done(form, id, 'agenda', `${isAccepted ? 'Op' : 'Niet op'} de agenda: ${title}.`);
  }

  @FormPost(':itemId/titel', 'sessions.write')
  async rename(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('itemId') itemId: string) {
    this.forms.begin(form, id, `titel-${itemId}`);
    const input = toDescription(form.fields);
    const { number, title } = await this.items.change(itemId, input, form.version, form.caller);
    return this.forms.done(form, id, 'agenda', `Opgeslagen: ${number}. ${title}.`);
  }

  @FormPost(':itemId/weg', 'sessions.write')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('itemId') itemId: string) {
    this.forms.begin(form, id, `titel-${itemId}`);
    await this.removal.remove(itemId, form.version, form.caller);
    return this.forms.done(form, id, 'agenda', 'Het punt staat niet meer op de agenda.');
  }

  @FormPost(':itemId/plaats', 'sessions.write')
  async move(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('itemId') itemId: string) {
    this.forms.begin(form, id, `plaats-${itemId}`);
    const input = toInput(ChangeAgendaItemDto, { position: wholeNumber(form.fields.position) }, ['position']);
    const { number, title } = await this.items.change(itemId, input, form.version, form.caller);
    return this.forms.done(form, id, 'agenda', `Verplaatst: ${number}. ${title}.`);
  }

  @FormPost(':itemId/partijen', 'sessions.write')
  async share(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('itemId') itemId: string) {
    const partyIds = form.values('partyIds');
    this.forms.begin(form, id, `partijen-${itemId}`, {}, { ...form.fields, partyIds: partyIds.join(',') });
    const input = toInput(PutPartiesDto, { partyIds });
    await this.parties.put(itemId, input.partyIds, form.version, form.caller);
    return this.forms.done(form, id, `punt-${itemId}`, 'Opgeslagen: wie dit punt mag weten.');
  }
}

const minutesIn = (typed?: string) => (typed ? { plannedMinutes: wholeNumber(typed) } : {});

/** The title, proposer and duration of an item; emptied fields are cleared, fields not in the form are kept. */
function toDescription({ title, proposedById, plannedMinutes }: Fields): ChangeAgendaItemDto {
  const input = toInput(ChangeAgendaItemDto, { title, proposedById, ...minutesIn(plannedMinutes) }, ['title']);
  if (proposedById === '') input.proposedById = null;
  if (plannedMinutes === '') input.plannedMinutes = null;
  return input;
}

/** An emptied text is cleared. */
function toTreatment({ notes, decision, state }: Fields): ChangeAgendaItemDto {
  const input = toInput(ChangeAgendaItemDto, { notes, decision, state });
  if (notes === '') input.notes = null;
  if (decision === '') input.decision = null;
  return input;
}
