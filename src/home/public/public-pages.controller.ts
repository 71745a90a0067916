import { Inject } from '@nestjs/common';
import { dayOf, inDutch, periodInDutch } from '../../platform/common/calendar-date.js';
import { Clock } from '../../platform/common/clock.js';
import { PagingDto } from '../../platform/common/paging.js';
import { toInput } from '../../web/forms.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController, PathId } from '../../web/page-kit.js';
import { listQuery, pagerOf } from '../../web/tables.rules.js';
import type { Quarter } from '../../wijkagenda/figures/quarters.rules.js';
import { quarterInDutch } from '../../wijkagenda/quarterly-results/quarterly-results.rules.js';
import { QuarterlyPublication } from '../../wijkagenda/quarterly-results/quarterly-publication.service.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { titleOf } from '../../reviews/documents/review-page.rules.js';
import { ReviewPublication } from '../../reviews/review-publication.service.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { PublicAreas } from './public-areas.service.js';
import { PUBLIC_PAGES, PUBLIC_QUARTERS, publicQuarter, publicWijkagenda } from '../../wijkagenda/public-addresses.js';
import { Publication } from '../../wijkagenda/publication.service.js';
import { toDocument } from '../../wijkagenda/wijkagenda-document.rules.js';

const LATEST_QUARTERS = 20;
const MOST_ENTRIES = 50;

const nameOf = (one: Quarter & { areaName: string }): string => `Gelukt in ${quarterInDutch(one)}: ${one.areaName}`;
const toQuarter = (one: Quarter & { id: string; areaName: string }) => ({
  href: publicQuarter(one.id),
  title: nameOf(one),
});

/** Public pages without sign-in: published wijkagendas, reviews, quarterly results, and a feed of new publications. */
@PageController('openbaar')
export class PublicPagesController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly renderer: Renderer,
    private readonly publication: Publication,
    private readonly reviews: ReviewPublication,
    private readonly quarters: QuarterlyPublication,
    private readonly clock: Clock,
    private readonly areas: PublicAreas,
  ) {}

  @Page('', 'published')
  async list(@CurrentPage() page: PageContext): Promise<string> {
    const [areas, found, reviews, quarters] = await Promise.all([
      this.areas.list(),
      this.publication.published(toInput(PagingDto, listQuery(page.query))),
      this.reviews.list(),
      this.quarters.published({ page: 1, pageSize: LATEST_QUARTERS }),
    ]);
    return page.show('home/pages/public', {
      ...this.publicly,
      title: `De wijkagenda’s van ${this.settings.MUNICIPALITY}`,
      areas: areas.map(({ id, name }) => ({ href: `${PUBLIC_PAGES}/gebied/${id}`, name })),
      wijkagendas: found.items.map(({ id, area, label, year, publishedAt }) => ({
        href: publicWijkagenda(id),
        title: `${label} ${area} ${year}`,
        publishedOn: inDutch(dayOf(publishedAt)),
      })),
      reviews: reviews.map(({ id, areaName, opgave, fromOn, asOf }) => ({
        href: `/jaarevaluaties/${id}`,
        title: `${titleOf({ areaName, opgave })}, ${periodInDutch(fromOn, asOf)}`,
      })),
      quarters: quarters.items.map(toQuarter),
      allQuarters: quarters.total > quarters.items.length ? PUBLIC_QUARTERS : null,
      pager: pagerOf(found, PUBLIC_PAGES, page.query),
    });
  }

  @Page('gebied/:id', 'published')
  async area(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return page.show('home/pages/public-area', { ...this.publicly, ...(await this.areas.page(id)) });
  }

  @Page('wijkagenda/:id', 'published')
  async show(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const view = await this.publication.readPublished(id);
    const more = { parties: [], warnings: [], isPreview: false, today: this.clock.today() };
    const document = toDocument(view, more);
    return page.show('home/pages/public-wijkagenda', { ...this.publicly, ...document });
  }

  @Page('gelukt', 'published')
  async quarterList(@CurrentPage() page: PageContext): Promise<string> {
    const found = await this.quarters.published(toInput(PagingDto, listQuery(page.query)));
    return page.show('home/pages/public-quarters', {
      ...this.publicly,
      title: 'Gelukt per kwartaal',
      quarters: found.items.map(toQuarter),
      pager: pagerOf(found, PUBLIC_QUARTERS, page.query),
    });
  }

  @Page('gelukt/:id', 'published')
  async quarter(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const view = await this.quarters.readPublished(id);
    return page.show('home/pages/public-quarter', {
      ...{ ...this.publicly, ...view, title: nameOf(view) },
      municipality: this.settings.MUNICIPALITY,
      publishedOn: inDutch(dayOf(view.publishedAt)),
    });
  }

  private get publicly() {
    return {
      isPublic: true,
      feed: { title: this.feedTitle, href: `${PUBLIC_PAGES}/feed` },
    };
  }

  private get feedTitle(): string {
    return `Wijkagenda’s, jaarevaluaties en wat er gelukt is in ${this.settings.MUNICIPALITY}`;
  }

  /** Everything published, last published first. */
  @Page('feed', 'published')
  async feed(@CurrentPage() { reply }: PageContext): Promise<string> {
    const { PUBLIC_URL: site } = this.settings;
    const [feed, reviews, quarters] = await Promise.all([
      this.publication.feed(),
      this.reviews.list(),
      this.quarters.published({ page: 1, pageSize: MOST_ENTRIES }),
    ]);
    const entries = [
      ...feed.entries,
      ...reviews.map((one) => ({
        ...{
          url: `${site}/jaarevaluaties/${one.id}`,
          title: `${titleOf(one)} over ${periodInDutch(one.fromOn, one.asOf)}`,
          updated: one.publishedAt!,
        },
        summary: 'Wat er is afgesproken, en wat ervan kwam.',
      })),
      ...quarters.items.map((one) => ({
        ...{ url: `${site}${publicQuarter(one.id)}`, updated: one.publishedAt },
        ...{
          title: nameOf(one),
          summary: 'Wat er gelukt is, in een paar regels.',
        },
      })),
    ].sort((one, other) => other.updated.localeCompare(one.updated) || one.url.localeCompare(other.url));
    const whole = {
      ...feed,
      title: this.feedTitle,
      self: `${site}${PUBLIC_PAGES}/feed`,
      updated: entries[0]?.updated ?? feed.updated,
    };
    const shown = { ...whole, entries: entries.slice(0, MOST_ENTRIES) };
    void reply.type('application/atom+xml; charset=utf-8');
    return this.renderer.renderHtml('wijkagenda/documents/wijkagenda-feed', shown);
  }
}
