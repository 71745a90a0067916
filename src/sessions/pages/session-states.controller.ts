import { HttpException } from '@nestjs/common';
import { SessionInvitations } from '../invitations/session-invitations.service.js';
import { invalid } from '../../platform/common/problems.js';
import { type Fields, toInput } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { Cancellations } from '../cancellations.service.js';
import { Closings } from '../closings.service.js';
import { OpeningUndo } from '../opening-undo.service.js';
import { Openings } from '../openings.service.js';
import { CloseSessionDto, ReasonDto } from '../session-states.dto.js';
import { Sending } from './sending.service.js';
import { SessionForms } from './session-forms.service.js';

/** Moves a session from one state to the next, and sends the mails that go with it. */
@PageController('vergaderingen/:id')
export class SessionStateFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly openings: Openings,
    private readonly openingUndo: OpeningUndo,
    private readonly closings: Closings,
    private readonly cancellations: Cancellations,
    private readonly invitations: SessionInvitations,
    private readonly sending: Sending,
  ) {}

  @FormPost('openen', 'sessions.write')
  async open(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'openen');
    mustBeConfirmed(form.fields);
    const isFirst = await this.forms.reach('open', form, id, () => this.openings.open(id, form.version, form.caller));
    const begun = isFirst ? 'De vergadering is begonnen.' : 'Iemand anders was net begonnen.';
    return this.forms.done(form, id, 'aanwezigheid', `${begun} Vul eerst in wie er is.`);
  }

  @FormPost('terugzetten', 'sessions.write')
  async undoOpening(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'terugzetten');
    await this.openingUndo.undo(id, form.version, form.fields.aanwezigheid === 'vervalt', form.caller);
    return this.forms.done(form, id, 'inhoud', 'De vergadering staat weer gepland.');
  }

  @FormPost('uitnodigen', 'sessions.write')
  async invite(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'uitnodigen');
    const { recipients } = await this.invitations.send(id, form.version, form.caller);
    const words = recipients.length === 1 ? '1 persoon' : `${recipients.length} personen`;
    return this.forms.done(form, id, 'inhoud', `De uitnodiging gaat naar ${words}.`);
  }

  @FormPost('afgelasten', 'sessions.write')
  async cancel(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'afgelasten');
    const { heldOn } = await this.cancellations.cancel(id, reasonOf(form.fields), form.version, form.caller);
    const notice =
      heldOn < form.caller.today
        ? 'De vergadering ging niet door.'
        : 'De vergadering gaat niet door. Wie was uitgenodigd, krijgt daar bericht van.';
    return this.forms.done(form, id, 'inhoud', notice);
  }

  @FormPost('sluiten', 'sessions.write')
  async close(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'sluiten');
    const { heldUntil } = toInput(CloseSessionDto, { heldUntil: form.fields.heldUntil || undefined });
    const close = () => this.closings.close(id, form.version, form.caller, heldUntil);
    if (!(await this.forms.reach('closed', form, id, close)))
      return this.forms.done(form, id, 'inhoud', 'Iemand anders heeft de vergadering net gesloten.');
    const closed = 'De vergadering is gesloten';
    if (form.fields.how !== 'send')
      return this.forms.done(form, id, 'inhoud', `${closed}. Het verslag is nog niet verstuurd.`);
    try {
      const { words, isGone } = await this.sending.sendCurrent(id, form.caller);
      const notice = `${closed}. ${words}`;
      return isGone ? await this.forms.sent(form, id, notice) : this.forms.done(form, id, 'inhoud', notice);
    } catch (error) {
      // The session stays closed; the failure to send is reported, and sending can be retried below.
      if (!(error instanceof HttpException)) throw error;
      const failed = `${closed}, maar het verslag kon niet worden verstuurd. Probeer het hieronder opnieuw.`;
      return this.forms.done(form, id, 'verslag', failed);
    }
  }

  @FormPost('versturen', 'minutes.write')
  async send(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'versturen');
    const { words, isGone } = await this.sending.send(id, form.version, form.caller, form.fields.when === 'now');
    return isGone ? this.forms.sent(form, id, words) : this.forms.done(form, id, 'inhoud', words);
  }

  @FormPost('tegenhouden', 'minutes.write')
  async holdBack(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'versturen');
    await this.sending.holdBack(id, form.version, form.caller);
    return this.forms.done(form, id, 'verslag', 'Het verslag is tegengehouden. Er is niets verstuurd.');
  }

  @FormPost('heropenen', 'sessions.write')
  async reopen(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'heropenen');
    await this.openings.reopen(id, reasonOf(form.fields), form.version, form.caller);
    const notice = 'De vergadering is weer open. Bij het sluiten komt er een nieuwe versie van het verslag.';
    return this.forms.done(form, id, 'inhoud', notice);
  }
}

/** The page asks for confirmation before a session of another day is opened, and sends `asked`. */
function mustBeConfirmed({ asked, confirmed }: Fields): void {
  if (asked === undefined || confirmed === 'true') return;
  throw invalid([{ field: 'confirmed', message: 'confirm that this session of another day is to be opened' }]);
}

const reasonOf = ({ reason }: Fields): string => toInput(ReasonDto, { reason }).reason;
