import { addDays, inShort, mondayOf } from '../../platform/common/calendar-date.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, Submitted } from '../../web/page-kit.js';
import { DigestWeeks } from '../digest-weeks.service.js';
import { nameOfWeek, shiftWeek, weekNamed } from '../digest-schedule.rules.js';
import { SkipWeeksDto } from '../digests.dto.js';
import { WEEKS_WORDS } from '../words.js';

const PATH = '/beheer/weekberichten/weken';
const LIST = { href: '/beheer/weekberichten', label: 'Weekberichten' };
/** A year ahead. */
const SHOWN = 53;

/** The weeks without digest, to choose among those of the coming year. */
@PageController('beheer/weekberichten/weken')
export class DigestWeekPagesController {
  constructor(private readonly weeks: DigestWeeks) {}

  @Page('', 'digests.read')
  async show(@CurrentPage() page: PageContext, rejected?: RejectedForm): Promise<string> {
    const { weeks, inSettings, version } = await this.weeks.read();
    const first = await this.weeks.firstOpen();
    const shown = Array.from({ length: SHOWN }, (_, n) => shiftWeek(first, n));
    const names = shown.map(nameOfWeek);
    const chosen = page instanceof SubmittedForm ? page.values('week') : weeks;
    return page.show('digests/pages/digest-weeks', {
      title: 'Weken zonder weekbericht',
      back: LIST,
      path: PATH,
      version,
      mayChoose: isPermitted(page.caller, 'digests.run'),
      weeks: names.map((name, n) => ({
        name,
        label: `Week ${shown[n].week}`,
        days: daysOf(mondayOf(weekNamed(name)), page.caller.today),
        isChosen: chosen.includes(name) || inSettings.includes(name),
        isSet: inSettings.includes(name),
      })),
      none: names.every((name) => !weeks.includes(name) && !inSettings.includes(name)),
      problem: rejected?.problem,
    });
  }

  @FormPost('', 'digests.run')
  async choose(@Submitted() form: SubmittedForm): Promise<string> {
    form.ifRejected(WEEKS_WORDS, (rejected) => this.show(form, rejected));
    const { weeks: before } = await this.weeks.read();
    const first = mondayOf(await this.weeks.firstOpen());
    const past = before.filter((week) => mondayOf(weekNamed(week)) < first);
    const input = toInput(SkipWeeksDto, { weeks: [...new Set([...past, ...form.values('week')])] });
    await this.weeks.choose(input.weeks, form.version, form.caller);
    return form.goOn(PATH, 'Opgeslagen.');
  }
}

/** "21 t/m 27 dec", "30 nov t/m 6 dec", with the year if it is not this one. */
function daysOf(monday: string, today: string): string {
  const [first, last] = [monday, addDays(monday, 6)].map((day) => inShort(day, today).split(' ').slice(1));
  const isSameMonth = first[1] === last[1];
  // The year once, unless it is another one.
  const begin = isSameMonth ? first.slice(0, 1) : first[2] === last[2] ? first.slice(0, 2) : first;
  return `${begin.join(' ')} t/m ${last.join(' ')}`;
}
