import { asOneLine } from '../../platform/common/input.js';
import { toInput } from '../../web/forms.js';
import { pageIn, pagesOf } from '../../web/paging.rules.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { SelectOptions } from '../../web/select-options.service.js';
import { SearchDto } from './search.dto.js';
import { Search } from './search.service.js';
import { kindCalled, searchPath, SHOWN_OF_ONE_KIND, SHOWN_PER_GROUP, toGroup } from './search-page.rules.js';

const LONGEST = 200;

/** The page of the search field in the header: everything the reader may know, by kind. */
@PageController('zoeken')
export class SearchPagesController {
  constructor(
    private readonly search: Search,
    private readonly options: SelectOptions,
  ) {}

  @Page('', 'search.read')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    const { q: typed = '', soort = '', gebied = '', pagina } = page.query;
    const q = asOneLine(typed).replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST);
    const kind = kindCalled(soort);
    const number = pageIn(pagina);
    const areas = await this.options.areas('Alle gebieden');
    const area = areas.find(({ value }) => value !== '' && value === gebied)?.value;
    const pageSize = kind ? SHOWN_OF_ONE_KIND : SHOWN_PER_GROUP;
    const asked = { q, kind, area, page: String(kind ? number : 1), pageSize: String(pageSize) };
    const { groups } =
      q === '' ? { groups: [] } : await this.search.find(toInput(SearchDto, asked, ['q']), page.caller);
    const at = (wanted: number) => searchPath(q, { soort, gebied: area ?? '', pagina: String(wanted) });
    const [first] = groups;
    return page.show('home/pages/search', {
      title: q === '' ? 'Zoeken' : `Zoeken: ${q}`,
      isSearch: true,
      q,
      isAsked: q !== '',
      today: page.caller.today,
      kind: kind ? { soort, all: searchPath(q, { gebied: area ?? '' }) } : null,
      areas: areas.map((option) => ({ ...option, isChosen: option.value === (area ?? '') })),
      groups: groups.map((group) => toGroup(group, q, area ?? '', page.caller)),
      pages: kind && first ? pagesOf(first.total, number, SHOWN_OF_ONE_KIND, at) : null,
    });
  }
}
