import { Inject } from '@nestjs/common';
import { inDutch } from '../../platform/common/calendar-date.js';
import {
  SCHOOL_HOLIDAYS_UNTIL,
  schoolHolidayOn,
  type SchoolRegion,
} from '../../platform/holidays/school-holidays.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Meetings } from '../../meetings/meetings.service.js';
import type { RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { DATES_WORDS, datesWords } from '../words.js';
import { ProposedSessions } from './proposed-sessions.service.js';
import { MOST_DATES, YearDates } from './year-dates.service.js';

/** "Data van het jaar": the dates the rhythm proposes, to be ticked and planned at once. */
@PageController('overleggen/:id/data')
export class YearDatesController {
  constructor(
    private readonly meetings: Meetings,
    private readonly proposals: ProposedSessions,
    private readonly dates: YearDates,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Page('', 'sessions.plan')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm, ticked?: string[]) {
    const { name } = await this.meetings.read(id, page.caller);
    const { items } = await this.proposals.list(id, MOST_DATES, page.caller);
    const year = Number(page.caller.today.slice(0, 4));
    // In the last quarter of a year people plan the next one.
    const lastYear = page.caller.today.slice(5) >= '10-01' ? year + 1 : year;
    const days = items
      .filter(({ heldOn }) => Number(heldOn.slice(0, 4)) <= lastYear)
      .map(({ heldOn, startTime }) => {
        const holiday = schoolHolidayOn(heldOn, this.settings.SCHOOL_REGION as SchoolRegion);
        const isTicked = ticked ? ticked.includes(heldOn) : holiday === null;
        return { heldOn, day: inDutch(heldOn), startTime, holiday, isTicked, year: heldOn.slice(0, 4) };
      });
    const years = [...new Set(days.map((one) => one.year))];
    return page.show('sessions/pages/year-dates', {
      title: 'Data van het jaar',
      id,
      meetingName: name,
      problem: rejected?.problem,
      years: years.map((one) => ({ year: one, days: days.filter((day) => day.year === one) })),
      region: this.settings.SCHOOL_REGION,
      isBeyond: days.some(({ heldOn }) => heldOn > SCHOOL_HOLIDAYS_UNTIL),
    });
  }

  @FormPost('', 'sessions.plan')
  async plan(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    const days = form.values('dag');
    form.ifRejected(DATES_WORDS, (rejected) => this.show(form, id, rejected, days));
    const { planned, mailed } = await this.dates.plan(id, days, form.caller);
    return form.goOn(`/overleggen/${id}`, datesWords(planned, mailed));
  }
}
