import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import type { FastifyReply } from 'fastify';
import { ForEveryone } from '../../platform/access/requires.js';
import { dayOf, inDutch } from '../../platform/common/calendar-date.js';
import { IdPipe } from '../../platform/common/ids.js';
import { PagingDto } from '../../platform/common/paging.js';
import { fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { listQuery, pagerOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { quarterInDutch } from '../../wijkagenda/quarterly-results/quarterly-results.rules.js';
import { QuarterlySending } from '../../wijkagenda/quarterly-results/quarterly-sending.service.js';
import { Renderer } from '../../platform/rendering/renderer.js';
import { titleOf } from '../../reviews/documents/review-page.rules.js';
import { ReviewPublication } from '../../reviews/review-publication.service.js';
import { SETTINGS, type Settings } from '../../platform/settings.js';
import { Publication } from '../../wijkagenda/publication.service.js';
import { toDocument } from '../../wijkagenda/wijkagenda-document.rules.js';

const PATH = '/openbaar';
const QUARTERLY = '/v1/public/quarterly-results';
const LATEST_QUARTERS = 20;

/** What everybody may read, without signing in: published wijkagendas, reviews, results of a quarter, and a feed of what is new. */
@NotInDocument()
@Controller('openbaar')
export class PublicPagesController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly pages: Pages,
    private readonly renderer: Renderer,
    private readonly publication: Publication,
    private readonly reviews: ReviewPublication,
    private readonly quarters: QuarterlySending,
  ) {}

  @Get()
  @ForEveryone()
  async list(@CurrentVisit() visit: Visit, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const [page, reviews, quarters] = await Promise.all([
      this.publication.published(toInput(PagingDto, listQuery(query))),
      this.reviews.list(),
      this.quarters.published({ page: 1, pageSize: LATEST_QUARTERS }),
    ]);
    return this.pages.show(visit, 'home/pages/public', {
      ...this.found,
      title: `De wijkagenda’s van ${this.settings.MUNICIPALITY}`,
      wijkagendas: page.items.map(({ id, area, label, year, publishedAt }) => ({
        href: `${PATH}/wijkagenda/${id}`,
        title: `${label} ${area} ${year}`,
        publishedOn: inDutch(dayOf(publishedAt)),
      })),
      reviews: reviews.map(({ id, areaName, opgave, fromOn, asOf }) => ({
        href: `/jaarevaluaties/${id}`,
        title: titleOf({ areaName, opgave }),
        period: `${inDutch(fromOn)} tot en met ${inDutch(asOf)}`,
      })),
      quarters: quarters.items.map((one) => ({
        href: `${QUARTERLY}/${one.id}`,
        title: `Gelukt in ${quarterInDutch(one)}: ${one.areaName}`,
      })),
      allQuarters: quarters.total > quarters.items.length ? QUARTERLY : null,
      pager: pagerOf(page, PATH, query),
    });
  }

  @Get('wijkagenda/:id')
  @ForEveryone()
  async show(@CurrentVisit() visit: Visit, @Param('id', IdPipe) id: string): Promise<string> {
    const view = await this.publication.readPublished(id);
    const document = toDocument(view, { parties: [], warnings: [], isPreview: false });
    return this.pages.show(visit, 'home/pages/public-wijkagenda', { ...this.found, ...document });
  }

  private get found() {
    return {
      isPublic: true,
      feed: { title: `Wijkagenda’s van ${this.settings.MUNICIPALITY}`, href: `${PATH}/feed` },
    };
  }

  @Get('feed')
  @ForEveryone()
  async feed(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const base = `${this.settings.PUBLIC_URL}${PATH}`;
    const feed = await this.publication.feed();
    const entries = feed.entries.map((entry) => ({
      ...entry,
      url: `${base}/wijkagenda/${entry.url.split('/').pop()}`,
    }));
    void reply.type('application/atom+xml; charset=utf-8');
    return this.renderer.renderHtml('wijkagenda/documents/wijkagenda-feed', { ...feed, self: `${base}/feed`, entries });
  }
}
