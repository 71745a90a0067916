import { MEETING, toUpdate } from '../../actions/pages/standing.rules.js';
import { Adoption } from '../../minutes/adoption/adoption.service.js';
import { AdoptionDto } from '../../minutes/adoption/adoption.dto.js';
import { invalid } from '../../platform/common/problems.js';
import { type Fields, toInput } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { ChangeDiscussionDto, type DiscussionView } from '../discussions.dto.js';
import { Discussions } from '../discussions.service.js';
import { TreatmentUndo } from '../treatment-undo.service.js';
import { treatedWords } from '../words.js';
import { SessionForms } from './session-forms.service.js';

/** What was taken over from last time: its actions, one by one or all those reported done at once, and its minutes. */
@PageController('vergaderingen/:id')
export class DiscussionFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly discussions: Discussions,
    private readonly undo: TreatmentUndo,
    private readonly adoption: Adoption,
  ) {}

  @FormPost('gereedgemeld', 'sessions.write')
  async acceptReported(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'gereedgemeld');
    const count = await this.discussions.acceptReported(id, form.caller);
    const words = count === 1 ? '1 gereed gemelde actie is' : `${count} gereed gemelde acties zijn`;
    return this.forms.done(form, id, 'acties', `${words} akkoord.`);
  }

  @FormPost('gereedgemeld/ongedaan', 'sessions.write')
  async undoAccepted(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'gereedgemeld');
    await this.undo.undoAccepted(id, form.version, form.caller);
    return this.forms.done(form, id, 'acties', 'Ongedaan gemaakt: wat gereed is gemeld, wacht weer op akkoord.');
  }

  @FormPost('besproken/:discussionId/ongedaan', 'sessions.write')
  async takeBack(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('discussionId') discussionId: string) {
    const key = `besproken-${discussionId}`;
    this.forms.begin(form, id, key);
    const { number, version } = await this.undo.undo(discussionId, form.version, form.caller);
    return this.forms.done(form, id, key, `Ongedaan gemaakt: ${number}.`, { version });
  }

  @FormPost('besproken/:discussionId', 'sessions.write')
  async treat(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('discussionId') discussionId: string) {
    const key = `besproken-${discussionId}`;
    this.forms.begin(form, id, key);
    const { number, version } = await this.enter(discussionId, form);
    return this.forms.done(form, id, key, `${treatedWords(number, form.fields.do)}.`, { version });
  }

  @FormPost('vaststellen/:earlierId', 'minutes.write')
  async adopt(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('earlierId') earlierId: string) {
    this.forms.begin(form, id, `vaststellen-${earlierId}`);
    const { kind } = form.fields;
    const corrections = kind === 'corrected' ? correctionsIn(form.fields) : undefined;
    const input = toInput(AdoptionDto, { kind, sessionId: id, corrections });
    await this.adoption.adopt(earlierId, input, form.version, form.caller);
    const how = corrections ? 'met verbeteringen vastgesteld' : 'vastgesteld';
    return this.forms.done(form, id, 'vorig-verslag', `Het verslag is ${how}.`);
  }

  private enter(id: string, { fields, version, caller: by }: SubmittedForm): Promise<DiscussionView> {
    const { note = '', dueOn = '' } = fields;
    const answer = MEETING.answers.find((one) => one === fields.do);
    const input = toInput(ChangeDiscussionDto, { note });
    if (note === '') input.note = null;
    if (answer === undefined) {
      const outcome = fields.do === 'note' ? {} : { outcome: 'discussed' as const };
      return this.discussions.change(id, { ...input, ...outcome }, version, by);
    }
    const update = toUpdate({ status: answer, line: note, day: answer === 'move' ? dueOn : '' }, MEETING);
    return this.discussions.treat(id, { ...input, outcome: 'updated' }, update, version, by);
  }
}

/** The corrections filled in; 400 if there are none. */
function correctionsIn(fields: Fields) {
  const rows = Object.keys(fields).flatMap((name) => /^item-(\d+)$/.exec(name)?.[1] ?? []);
  const corrections = rows
    .map((row) => ({ item: fields[`item-${row}`], old: fields[`old-${row}`] ?? '', new: fields[`new-${row}`] ?? '' }))
    .filter(({ item, old, new: to }) => item !== '' || old !== '' || to !== '');
  if (corrections.length === 0)
    throw invalid([{ field: 'corrections', message: 'corrections must contain at least one change' }]);
  return corrections;
}
