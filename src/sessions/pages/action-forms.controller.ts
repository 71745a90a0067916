import { CreateUpdateDto } from '../../actions/history/action-updates.dto.js';
import { ChangeActionDto, CreateSessionActionDto, WithdrawActionDto } from '../../actions/actions.dto.js';
import { Actions } from '../../actions/actions.service.js';
import type { ActionView } from '../../actions/actions.views.js';
import { InterpretLineDto } from '../../actions/quick-line/interpretation.dto.js';
import { Interpretation } from '../../actions/quick-line/interpretation.service.js';
import { Organisations } from '../../directory/organisations/organisations.service.js';
import { type Fields, toInput } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { SESSION_WORDS } from '../desk/minuting.words.js';
import { NEW_ORGANISATION, newOrganisationIn, together } from '../desk/new-organisation.js';
import { AddParticipant } from './add-participant.service.js';
import { CorrectionsInPlace } from './corrections-in-place.service.js';
import {
  certainOf,
  fieldsRead,
  lineToRead,
  pickedIn,
  QUICK_FORM,
  toUnderstood,
  withPicked,
} from '../desk/quick-line.rules.js';
import { SessionForms } from './session-forms.service.js';
import { SessionScreen } from './session-screen.service.js';

type Organisation = Awaited<ReturnType<Organisations['names']>>[number];

/** New actions: a line is parsed, shown, and saved with the next Enter; and forms for a missing owner or deadline. */
@PageController('vergaderingen/:id/acties')
export class ActionFormsController {
  constructor(
    private readonly screen: SessionScreen,
    private readonly organisations: Organisations,
    private readonly forms: SessionForms,
    private readonly interpretation: Interpretation,
    private readonly actions: Actions,
    private readonly addParticipant: AddParticipant,
    private readonly corrections: CorrectionsInPlace,
  ) {}

  /** Shows the parsed line; saves nothing. */
  @FormPost('lezen', 'actions.write')
  async read(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected({ ...SESSION_WORDS, idOf: (field) => `actieregel-${field}` }, (rejected) =>
      this.screen.page(form, id, { rejected: { form: 'actieregel', ...rejected } }),
    );
    const choices = await this.organisations.names();
    const { line, read } = await this.interpret(form, id, choices);
    const quick = toUnderstood(fieldsRead(line, form.fields.agendaItemId ?? '', read), read, choices);
    return this.screen.page(form, id, { quick, line });
  }

  /** Saves the line as parsed; doubtful owners and deadlines are left empty until the session is closed. */
  @FormPost('regel', 'actions.write')
  async recordLine(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected({ ...SESSION_WORDS, idOf: () => 'actieregel-line' }, (rejected) =>
      this.screen.page(form, id, { rejected: { form: 'actieregel', ...rejected }, line: form.fields.line }),
    );
    const { line, read } = await this.interpret(form, id, await this.organisations.names());
    const action = toInput(CreateSessionActionDto, {
      ...certainOf(line, read),
      agendaItemId: form.fields.agendaItemId,
    });
    const recorded = await this.actions.recordInSession(id, action, form.caller);
    return form.goOn(`/vergaderingen/${id}#nieuwe-actie`, recordedWords(recorded));
  }

  @FormPost('', 'actions.write')
  async record(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const coOwnerIds = form.values('coOwnerIds');
    const fields: Fields = { ...form.fields, coOwnerIds: coOwnerIds.join(',') };
    form.ifRejected({ ...SESSION_WORDS, idOf: (field) => `${QUICK_FORM}-${field}` }, async ({ problem }) => {
      const rejected = { form: QUICK_FORM, fields, problem };
      const quick = toUnderstood(fields, null, await this.organisations.names(), rejected);
      return this.screen.page(form, id, { quick, rejected, line: fields.line });
    });
    const [input, owner] = together(
      () => toAction(fields, coOwnerIds),
      () => newOrganisationIn(fields.ownerId, fields),
    );
    const recorded = await this.addParticipant.assign(id, input, owner, form.caller);
    return form.goOn(`/vergaderingen/${id}#nieuwe-actie`, recordedWords(recorded));
  }

  /** The title, owner and deadline of an action, completed or corrected during the session. */
  @FormPost(':actionId', 'actions.write')
  async complete(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('actionId') actionId: string) {
    this.forms.begin(form, id, 'wie-en-wanneer', { actionId });
    const { title, ownerId, dueKind, dueOn, reason } = form.fields;
    // Filling in a day without choosing how it counts means that day.
    const when = dueKind === 'date' || (!dueKind && dueOn) ? { dueKind: 'date', dueOn } : { dueKind };
    const input = toInput(CreateUpdateDto, { ownerId, ...when, reason, sessionId: id });
    const { title: worded } = title === undefined ? {} : toInput(ChangeActionDto, { title }, ['title']);
    const number = await this.corrections.correct(actionId, worded, input, form.version, form.caller);
    return this.forms.done(form, id, 'nieuwe-actie', `Opgeslagen: ${number}.`);
  }

  @FormPost(':actionId/intrekken', 'actions.write')
  async withdraw(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('actionId') actionId: string) {
    this.forms.begin(form, id, 'intrekken', { actionId });
    const { reason } = toInput(WithdrawActionDto, { reason: form.fields.reason });
    const { number } = await this.actions.withdraw(actionId, reason, form.version, form.caller);
    const notice = `Ingetrokken: ${number}. Het nummer wordt niet opnieuw gebruikt.`;
    return this.forms.done(form, id, 'nieuwe-actie', notice);
  }

  private async interpret(
    { fields, caller }: SubmittedForm,
    sessionId: string,
    organisations: readonly Organisation[],
  ) {
    const { line } = toInput(InterpretLineDto, { line: fields.line });
    const picked = pickedIn({ ...fields, line }, organisations);
    const input = toInput(InterpretLineDto, { line: lineToRead(line, picked), sessionId });
    return { line, read: withPicked(await this.interpretation.read(input, caller), picked) };
  }
}

function toAction(fields: Fields, coOwnerIds: string[]): CreateSessionActionDto {
  const { title, details, ownerId, ownerPersonId, personOfId, dueKind, dueOn, agendaItemId } = fields;
  const owner = ownerId === NEW_ORGANISATION ? '' : ownerId;
  const isDated = dueKind === 'date';
  // The person belongs to the organisation that was parsed, not to another one that was chosen.
  const person = ownerId === personOfId ? { ownerPersonId } : {};
  const together = { ...person, ...(isDated && { dueOn }), ...(coOwnerIds.length > 0 && { coOwnerIds }) };
  const wanted = { title, details, ownerId: owner, agendaItemId, dueKind, ...together };
  return toInput(CreateSessionActionDto, wanted, isDated ? ['dueOn'] : []);
}

/** The title of a confidential action does not stand on a screen that others may see. */
const recordedWords = ({ number, title, isConfidential }: ActionView): string =>
  isConfidential ? `Opgeslagen: ${number}.` : `Opgeslagen: ${number} ${title}.`;
