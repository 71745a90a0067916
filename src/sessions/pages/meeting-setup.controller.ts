import { SelectOptions } from '../../web/select-options.service.js';
import { recordForm, UNTIL } from '../../web/records.rules.js';
import { DEFAULT_AGENDA } from '../../meetings/meetings.rules.js';
import { ChangeMeetingDto, CreateMeetingDto } from '../../meetings/meetings.dto.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { type FieldSpec, requiredIn } from '../../web/fields.rules.js';
import { type Fields, type FormWords, type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { agendaText, meetingFields, meetingValues, toMeeting, withUsualFolded } from './meeting-form.rules.js';
import { MeetingSeries } from '../series/meeting-series.service.js';
import { MEETING_WORDS } from '../words.js';

export const MEETINGS = '/overleggen';
const FRESH: Fields = { kind: 'professionals', minutesForm: 'full', skipsHolidays: 'ja', weekday: 'TU', which: '1' };
/** An error in one line of the agenda is shown at the agenda. */
const WORDS: FormWords = {
  ...MEETING_WORDS,
  idOf: (field) => (field.startsWith('defaultAgenda') ? 'defaultAgenda' : field),
};
const REQUIRED = requiredIn(meetingFields());

/** A chair starts a meeting series in an area, and changes it. */
@PageController('overleggen')
export class MeetingSetupController {
  constructor(
    private readonly meetings: Meetings,
    private readonly series: MeetingSeries,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('nieuw', 'meetings.write')
  async fresh(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const areas = await this.selectOptions.areasToChoose(page.caller, 'meetings.write');
    const area: FieldSpec = { name: 'areaId', label: 'Gebied', type: 'choice', isRequired: true, options: areas };
    const stored = { ...FRESH, defaultAgenda: agendaText(DEFAULT_AGENDA), ...page.query };
    const fields = meetingFields(null, areas.find(({ value }) => value !== '')?.name);
    const form = recordForm(`${MEETINGS}/nieuw`, 'Nieuw overleg', [area, ...fields], stored, rejected);
    const back = { href: MEETINGS, label: 'Overleggen' };
    return page.showRecord({ title: 'Nieuw overleg', back, form: withUsualFolded(form) }, rejected);
  }

  @FormPost('nieuw', 'meetings.write')
  async create(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(WORDS, (rejected) => this.fresh(form, rejected));
    const wanted = { ...toMeeting(form.fields, false), areaId: form.fields.areaId };
    const { id, name } = await this.series.start(toInput(CreateMeetingDto, wanted, REQUIRED), form.caller);
    return form.goOn(`${MEETINGS}/${id}/uitnodigen`, `${name} is gemaakt. Vink nu aan wie er aan tafel zit.`);
  }

  @Page(':id/wijzigen', 'meetings.write')
  async edit(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const meeting = await this.meetings.read(id, page.caller);
    const ended = { ...UNTIL, name: 'endedOn', label: 'Laatste dag van dit overleg' };
    const specs = [...meetingFields(meeting.rhythm), ended];
    const stored = { ...meetingValues(meeting), version: meeting.version };
    const view = {
      title: `${meeting.name} wijzigen`,
      back: { href: `${MEETINGS}/${id}`, label: meeting.name },
      form: withUsualFolded(recordForm(`${MEETINGS}/${id}/wijzigen`, 'Opslaan', specs, stored, rejected)),
    };
    return page.showRecord(view, rejected);
  }

  @FormPost(':id/wijzigen', 'meetings.write')
  async change(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WORDS, (rejected) => this.edit(form, id, rejected));
    const input = toInput(ChangeMeetingDto, toMeeting(form.fields, true), REQUIRED);
    const { name } = await this.series.change(id, input, form.version, form.caller);
    return form.goOn(`${MEETINGS}/${id}`, `Opgeslagen: ${name}.`);
  }
}
