import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { UNTIL, VERSION, versionIn } from '../../web/records.rules.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { DEFAULT_AGENDA } from '../../meetings/meetings.rules.js';
import { ChangeMeetingDto, CreateMeetingDto } from '../../meetings/meetings.dto.js';
import { Meetings } from '../../meetings/meetings.service.js';
import { filled, formOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { agendaText, MEETING_WORDS, meetingFields, meetingValues, toMeeting } from './meeting-form.rules.js';

export const MEETINGS = '/overleggen';
const FRESH: Fields = { kind: 'professionals', minutesForm: 'full', skipsHolidays: 'ja', weekday: 'TU', which: '1' };

/** A chair begins the standing series of an area, and changes it. */
@NotInDocument()
@Controller('overleggen')
export class MeetingSetupController {
  constructor(
    private readonly pages: Pages,
    private readonly meetings: Meetings,
    private readonly choices: Choices,
  ) {}

  @Get('nieuw')
  @Requires('meetings.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<string> {
    return this.showNew(visit, caller, { ...FRESH, defaultAgenda: agendaText(DEFAULT_AGENDA), ...fieldsOf(query) });
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('meetings.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      MEETING_WORDS,
      async () => {
        const input = toInput(CreateMeetingDto, { ...toMeeting(fields, false), areaId: fields.areaId });
        const { id, name } = await this.meetings.create(input, caller);
        const notice = `${name} is begonnen. Nodig nu de partijen uit.`;
        return { path: `${MEETINGS}/${id}/deelnemers`, notice };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
      inputOf,
    );
  }

  @Get(':id/wijzigen')
  @Requires('meetings.write')
  edit(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.showOne(visit, caller, id);
  }

  @Post(':id/wijzigen')
  @HttpCode(200)
  @Requires('meetings.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      MEETING_WORDS,
      async () => {
        const input = toInput(ChangeMeetingDto, toMeeting(fields, true));
        const { name } = await this.meetings.change(id, input, versionIn(fields), caller);
        return { path: `${MEETINGS}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showOne(visit, caller, id, fields, problem),
      inputOf,
    );
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const areas = await this.choices.areas('Kies een gebied', { caller, permission: 'meetings.write' });
    const area = { name: 'areaId', label: 'Gebied', type: 'choice' as const, isRequired: true, options: areas };
    const form = formOf(`${MEETINGS}/nieuw`, 'Overleg beginnen', filled([area, ...meetingFields()], values, problem));
    const back = { href: MEETINGS, label: 'Overleggen' };
    return this.pages.show(visit, 'web/pages/record', { title: 'Overleg beginnen', back, form, problem });
  }

  private async showOne(visit: Visit, caller: Caller, id: string, typed?: Fields, problem?: FormProblem) {
    const meeting = await this.meetings.read(id, caller);
    // A box that was not ticked is not posted at all.
    const values = { ...(typed ?? meetingValues(meeting)), version: String(meeting.version) };
    const ended = { ...UNTIL, name: 'endedOn', label: 'Laatste dag van dit overleg' };
    const specs = [...meetingFields(meeting.rhythm), ended, VERSION];
    return this.pages.show(visit, 'web/pages/record', {
      title: `${meeting.name} wijzigen`,
      back: { href: `${MEETINGS}/${id}`, label: meeting.name },
      problem,
      form: formOf(`${MEETINGS}/${id}/wijzigen`, 'Opslaan', filled(specs, values, problem)),
    });
  }
}

/** What is wrong with one line of the agenda is shown at the agenda. */
const inputOf = (field: string): string => (field.startsWith('defaultAgenda') ? 'defaultAgenda' : field);
