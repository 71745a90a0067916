import { Inject, Param } from '@nestjs/common';
import { domainsOf, namesOf } from '../../actions/tables/domains.rules.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { notFound } from '../../platform/common/problems.js';
import { CourseLists } from '../koersoverzicht/course-lists.service.js';
import { COURSE_KINDS } from '../koersoverzicht/koersoverzicht.rules.js';
import { COURSE_KIND_WORDS } from '../words.js';
import { addressOf, listOf, type Narrowed, warningsOf } from '../koersoverzicht/course-links.rules.js';
import { columnsOf, rowsOf, totalRow, toWarningLine, yearWords } from './koersoverzicht-page.rules.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { KoersoverzichtDto, RequestDto } from '../koersoverzicht/koersoverzicht.dto.js';
import { Koersoverzicht } from '../koersoverzicht/koersoverzicht.service.js';
import { KoersoverzichtRequests } from '../koersoverzicht/requests.service.js';
import { filled } from '../../web/fields.rules.js';
import { type Fields, toInput } from '../../web/forms.js';
import { pageIn, pagesOf } from '../../web/paging.rules.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, Submitted } from '../../web/page-kit.js';

const PATH = '/koersoverzicht';
const MOST_WARNINGS = 20;
const PAGE_SIZE = 100;

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
      this.koersoverzicht.withWarnings(wish, caller),
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
      addsUp: view.areas.some(({ withBelow }) => withBelow !== null),
      year: view.year && yearWords(view.year),
      warnings: warnings.slice(0, MOST_WARNINGS).map(toWarningLine),
      moreWarnings: warnings.length > MOST_WARNINGS && {
        total: warnings.length,
        href: warningsOf({ area: wish.area, domein: wish.domain }),
      },
      area: query.area ?? '',
      search: { action: PATH, fields: filled(fields, query), submit: 'Tonen' },
      asked,
    });
  }

  @Page('lijst/:kind', 'koersoverzicht.read')
  async list(@CurrentPage() page: PageContext, @Param('kind') asked: string): Promise<string> {
    const kind = COURSE_KINDS.find((one) => one === asked);
    if (!kind) throw notFound();
    const { area, organisatie, domein } = narrowedIn(page.query);
    const question = { kind, areaId: area, organisationId: organisatie, domain: domein };
    const at = pageIn(page.query.pagina);
    const areas = await this.selectOptions.areas('', { caller: page.caller, permission: 'koersoverzicht.read' });
    const { count, cases } = await this.lists.of(question, page.caller, { page: at, pageSize: PAGE_SIZE });
    const isOfGoals = kind === 'goalsOrange' || kind === 'goalsRed';
    return page.show('wijkagenda/pages/koersoverzicht-list', {
      title: [COURSE_KIND_WORDS[kind], area && areas.find(({ value }) => value === area)?.label]
        .filter(Boolean)
        .join(': '),
      back: addressOf(PATH, { area, domein }),
      ...{ count, cases, isOfGoals, isOfActions: !isOfGoals && kind !== 'sessionsWithoutMinutes' },
      today: page.caller.today,
      pages: pagesOf(count, at, PAGE_SIZE, (to) => listOf(kind, { area, organisatie, domein, pagina: String(to) })),
      hasUnread: cases.some(({ title }) => title === null),
    });
  }

  /** All early warnings; the koersoverzicht itself shows the first. */
  @Page('signalen', 'koersoverzicht.read')
  async signals(@CurrentPage() page: PageContext): Promise<string> {
    const { area, domein } = narrowedIn(page.query);
    const at = pageIn(page.query.pagina);
    const { warnings } = await this.koersoverzicht.withWarnings({ area, domain: domein }, page.caller);
    return page.show('wijkagenda/pages/early-warnings', {
      title: 'Vroege signalen',
      back: addressOf(PATH, { area, domein }),
      count: warnings.length,
      warnings: warnings.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE).map(toWarningLine),
      pages: pagesOf(warnings.length, at, PAGE_SIZE, (to) => warningsOf({ area, domein, pagina: String(to) })),
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

/** What the URL of a list narrows it down to; 400 for ids that are none. */
function narrowedIn({ area = '', organisatie = '', domein = '' }: Fields): Narrowed {
  const { area: areaId, domain } = toInput(KoersoverzichtDto, { area, domain: domein });
  return { area: areaId, organisatie: toInput(KoersoverzichtDto, { area: organisatie }).area, domein: domain };
}
