import { HttpException } from '@nestjs/common';
import { SelectOptions } from '../../web/select-options.service.js';
import { KoersoverzichtDto, type KoersoverzichtView, RequestDto } from '../koersoverzicht/koersoverzicht.dto.js';
import { Koersoverzicht } from '../koersoverzicht/koersoverzicht.service.js';
import { KoersoverzichtRequests } from '../koersoverzicht/requests.service.js';
import { filled } from '../../web/fields.rules.js';
import { toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, Submitted } from '../../web/page-kit.js';

const PATH = '/koersoverzicht';

/** Areas and departments on one screen, showing where work is stalled. */
@PageController('koersoverzicht')
export class KoersoverzichtPagesController {
  constructor(
    private readonly koersoverzicht: Koersoverzicht,
    private readonly requests: KoersoverzichtRequests,
    private readonly selectOptions: SelectOptions,
  ) {}

  @Page('', 'koersoverzicht.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    const { query } = page;
    const [view, asked, areas] = await Promise.all([
      this.koersoverzicht.of(toInput(KoersoverzichtDto, query).area, page.caller),
      this.requests.read(page.caller).catch(noneYet),
      this.selectOptions.areas('alles wat ik mag zien', { caller: page.caller, permission: 'koersoverzicht.read' }),
    ]);
    const fields = [{ name: 'area', label: 'Gebied', type: 'choice' as const, options: areas }];
    return page.show('wijkagenda/pages/koersoverzicht', {
      title: 'Koersoverzicht',
      ...view,
      ...apart(view.areas),
      hasGoals: view.total.goalsOrange !== null,
      area: query.area ?? '',
      search: { action: PATH, fields: filled(fields, query), submit: 'Tonen' },
      asked,
    });
  }

  @FormPost('mail', 'koersoverzicht.read')
  async ask(@Submitted() form: SubmittedForm): Promise<string> {
    const { area = '' } = form.fields;
    await this.requests.ask(toInput(RequestDto, { areaId: area }), form.caller);
    return form.goOn(PATH, 'U krijgt het koersoverzicht elke maand per mail.');
  }

  @FormPost('mail/einde', 'koersoverzicht.read')
  async stop(@Submitted() form: SubmittedForm): Promise<string> {
    await this.requests.stop(form.version, form.caller);
    return form.goOn(PATH, 'U krijgt het koersoverzicht niet meer per mail.');
  }
}

/** Areas and departments with stalled work, and only the names of areas without any, so that it fits on one screen. */
function apart(all: KoersoverzichtView['areas']) {
  const isQuiet = (row: object): boolean =>
    Object.values(row).every((value) => typeof value !== 'number' || value === 0);
  const areas = all.map((area) => ({ ...area, departments: area.departments.filter((one) => !isQuiet(one)) }));
  const isBusy = (area: (typeof areas)[number]): boolean => !isQuiet(area) || area.departments.length > 0;
  return { areas: areas.filter(isBusy), quiet: areas.filter((area) => !isBusy(area)) };
}

/** Null for the 404 of a user without a request. */
function noneYet(error: unknown): null {
  if (error instanceof HttpException && error.getStatus() === 404) return null;
  throw error;
}
