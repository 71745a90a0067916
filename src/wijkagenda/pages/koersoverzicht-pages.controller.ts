import { Body, Controller, Get, HttpCode, HttpException, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { KoersoverzichtDto, type KoersoverzichtView, RequestDto } from '../koersoverzicht/koersoverzicht.dto.js';
import { Koersoverzicht } from '../koersoverzicht/koersoverzicht.service.js';
import { KoersoverzichtRequests } from '../koersoverzicht/requests.service.js';
import { filled } from '../../web/fields.rules.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';

const PATH = '/koersoverzicht';

/** Areas and departments on one screen: where things stand still. */
@NotInDocument()
@Controller('koersoverzicht')
export class KoersoverzichtPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly koersoverzicht: Koersoverzicht,
    private readonly requests: KoersoverzichtRequests,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('koersoverzicht.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const [view, asked, areas] = await Promise.all([
      this.koersoverzicht.of(toInput(KoersoverzichtDto, query).area, caller),
      this.requests.read(caller).catch(noneYet),
      this.choices.areas('alles wat ik mag zien', { caller, permission: 'koersoverzicht.read' }),
    ]);
    const fields = [{ name: 'area', label: 'Gebied', type: 'choice' as const, options: areas }];
    return this.pages.show(visit, 'wijkagenda/pages/koersoverzicht', {
      title: 'Koersoverzicht',
      ...view,
      ...apart(view.areas),
      hasGoals: view.total.goalsOrange !== null,
      area: query.area ?? '',
      search: { action: PATH, fields: filled(fields, query), submit: 'Tonen' },
      asked,
    });
  }

  @Post('mail')
  @HttpCode(200)
  @Requires('koersoverzicht.read')
  async ask(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const { area = '' } = fieldsOf(body);
    await this.requests.ask(toInput(RequestDto, { areaId: area }), caller);
    return this.pages.goOn(visit, PATH, 'U krijgt het koersoverzicht elke maand per mail.');
  }

  @Post('mail/einde')
  @HttpCode(200)
  @Requires('koersoverzicht.read')
  async stop(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    await this.requests.stop(versionIn(fieldsOf(body)), caller);
    return this.pages.goOn(visit, PATH, 'U krijgt het koersoverzicht niet meer per mail.');
  }
}

/** Areas and departments where something stands still, and the names of areas where nothing does: it stays one screen. */
function apart(all: KoersoverzichtView['areas']) {
  const isQuiet = (row: object): boolean =>
    Object.values(row).every((value) => typeof value !== 'number' || value === 0);
  const areas = all.map((area) => ({ ...area, departments: area.departments.filter((one) => !isQuiet(one)) }));
  const isBusy = (area: (typeof areas)[number]): boolean => !isQuiet(area) || area.departments.length > 0;
  return { areas: areas.filter(isBusy), quiet: areas.filter((area) => !isBusy(area)) };
}

/** Who did not ask for the mail has no request. */
function noneYet(error: unknown): null {
  if (error instanceof HttpException && error.getStatus() === 404) return null;
  throw error;
}
