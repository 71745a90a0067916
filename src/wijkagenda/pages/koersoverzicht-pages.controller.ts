import { Inject, Param } from '@nestjs/common';
import { domainsOf, namesOf } from '../../actions/tables/domains.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { notFound } from '../../platform/common/problems.js';
import { CourseLists } from '../koersoverzicht/course-lists.service.js';
import { bySubject } from '../early-warnings.rules.js';
import { COURSE_KINDS } from '../koersoverzicht/koersoverzicht.rules.js';
import { COURSE_KIND_WORDS } from '../words.js';
import { addressOf, columnsOf, rowsOf, totalRow, toWarningLine, yearWords } from './koersoverzicht-page.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { KoersoverzichtDto, RequestDto } from '../koersoverzicht/koersoverzicht.dto.js';
import { Koersoverzicht } from '../koersoverzicht/koersoverzicht.service.js';
import { KoersoverzichtRequests } from '../koersoverzicht/requests.service.js';
import { filled } from '../../web/fields.rules.js';
import { toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, Submitted } from '../../web/page-kit.js';

const PATH = '/koersoverzicht';
const MOST_WARNINGS = 20;
const MOST_CASES = 200;

/** Areas and departments on one screen, showing where work is stalled, and the lists behind the numbers. */
@PageController('koersoverzicht')
export class KoersoverzichtPagesController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly koersoverzicht: Koersoverzicht,
    private readonly requests: KoersoverzichtRequests,
    private readonly selectOptions: SelectOptions,
    private readonly lists: CourseLists,
  ) {}

  @Page('', 'koersoverzicht.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    const { query, caller } = page;
    const wish = toInput(KoersoverzichtDto, { area: query.area ?? '', domain: query.domein ?? '' });
    const [{ view, warnings }, asked, areas] = await Promise.all([
      this.koersoverzicht.withWarnings(wish, caller, MOST_WARNINGS),
      this.requests.find(caller),
      this.selectOptions.areas('alles wat ik mag zien', { caller, permission: 'koersoverzicht.read' }),
    ]);
    const fields = [{ name: 'area', label: 'Gebied', type: 'choice' as const, options: areas }, ...this.domainFields()];
    const columns = columnsOf(view.total);
    const { rows, quiet } = rowsOf(view.areas, columns, wish.domain);
    // The one area above all others already adds them up.
    const isSummed = view.areas.filter(({ parentId }) => parentId === null).length === 1;
    return page.show('wijkagenda/pages/koersoverzicht', {
      title: 'Koersoverzicht',
      asOf: view.asOf,
      onlyOf: view.onlyOf,
      columns: columns.map((kind) => COURSE_KIND_WORDS[kind]),
      rows: isSummed || rows.length === 0 ? rows : [...rows, totalRow(view.total, columns, wish)],
      quiet,
      year: view.year && yearWords(view.year),
      warnings: bySubject(warnings.items).map(toWarningLine),
      moreWarnings: Math.max(0, warnings.total - warnings.items.length),
      area: query.area ?? '',
      search: { action: PATH, fields: filled(fields, query), submit: 'Tonen' },
      asked,
    });
  }

  @Page('lijst/:kind', 'koersoverzicht.read')
  async list(@CurrentPage() page: PageContext, @Param('kind') asked: string): Promise<string> {
    const { area, organisatie, domein } = page.query;
    const kind = COURSE_KINDS.find((one) => one === asked);
    if (!kind) throw notFound();
    const { area: areaId, domain } = toInput(KoersoverzichtDto, { area: area ?? '', domain: domein ?? '' });
    const { area: organisationId } = toInput(KoersoverzichtDto, { area: organisatie ?? '' });
    const { count, cases } = await this.lists.of({ kind, areaId, organisationId, domain }, page.caller, MOST_CASES);
    const isOfGoals = kind === 'goalsOrange' || kind === 'goalsRed';
    return page.show('wijkagenda/pages/koersoverzicht-list', {
      title: COURSE_KIND_WORDS[kind],
      back: addressOf(PATH, { area: areaId, domein: domain }),
      ...{ count, cases, isOfGoals, isOfActions: !isOfGoals && kind !== 'sessionsWithoutMinutes' },
      today: page.caller.today,
      more: count - cases.length,
      hasUnread: cases.some(({ title }) => title === null),
    });
  }

  /** The choice of a domain, only where the municipality has domains. */
  private domainFields() {
    const names = namesOf(domainsOf(this.settings.THEME_DOMAINS));
    if (names.length === 0) return [];
    const options = [{ value: '', label: 'alle' }, ...names.map((name) => ({ value: name, label: name }))];
    return [{ name: 'domein', label: 'Domein', type: 'choice' as const, options }];
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
