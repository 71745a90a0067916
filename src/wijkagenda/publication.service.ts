import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../platform/access/caller.js';
import { Audit } from '../platform/audit/audit.service.js';
import { dayOf } from '../platform/common/calendar-date.js';
import { Clock } from '../platform/common/clock.js';
import type { PagingDto } from '../platform/common/paging.js';
import { conflict, invalid, notFound } from '../platform/common/problems.js';
import { Database } from '../platform/database/database.js';
import { pageOf, Params, row } from '../platform/database/rows.js';
import { Transactions } from '../platform/database/transactions.js';
import { updateRow } from '../platform/database/writes.js';
import { type Settings, SETTINGS } from '../platform/settings.js';
import { type PublicView, toPosterView, toPublicView } from './wijkagenda-document.rules.js';
import { Wijkagenda } from './wijkagenda.entity.js';
import { WijkagendaContents } from './wijkagenda-contents.service.js';
import { publicWijkagenda } from './public-addresses.js';
import { labelOf } from './wijkagenda.rules.js';
import {
  subjectOf,
  WIJKAGENDA_SHAPE,
  WIJKAGENDA_TABLES,
  wijkagendaColumns,
  Wijkagendas,
} from './wijkagendas.service.js';
import type { WijkagendaRow } from './wijkagendas.views.js';

/**
 * A published wijkagenda in the public list.
 * @schema PublishedWijkagenda
 */
interface PublishedRow {
  id: string;
  areaId: string;
  area: string;
  label: string;
  year: number;
  publishedAt: string;
}

/** @schema WijkagendaPublication */
interface PublicationView {
  wijkagendaId: string;
  /** Null if it is not published. */
  publishedAt: string | null;
  version: number;
}

/**
 * The published wijkagendas as a feed.
 * @schema WijkagendaFeed
 */
interface FeedView {
  /**
   * The address of the feed itself.
   * @format uri
   */
  self: string;
  title: string;
  author: string;
  /** @format date-time */
  updated: string;
  entries: {
    url: string;
    title: string;
    /** @format date-time */
    updated: string;
    summary: string;
  }[];
}

/** Publishing and withdrawing wijkagendas, with immediate effect. */
@Injectable()
export class Publication {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly wijkagendas: Wijkagendas,
    private readonly contents: WijkagendaContents,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The page as the public will see it, published or not. */
  async preview(id: string, by: Caller): Promise<PublicView> {
    return this.publicView(await this.wijkagendas.wijkagendaRow(this.database.reader, id, by));
  }

  /** Publishes an adopted wijkagenda, with everything the chair marks public. */
  publish(id: string, version: number, by: Caller) {
    return this.set(id, version, by, this.clock.moment());
  }

  /** Withdraws it at once. */
  withdraw(id: string, version: number, by: Caller) {
    return this.set(id, version, by, null);
  }

  /** What everyone may read, last published first. */
  async published(query: PagingDto) {
    if (query.sort !== undefined) throw invalid([{ field: 'sort', message: 'this list cannot be sorted' }]);
    const page = await pageOf<Omit<PublishedRow, 'label'> & { areaKind: string }>(
      this.database.reader,
      {
        select: 'w."id", w."areaId", a."name" AS "area", a."kind" AS "areaKind", w."year", w."publishedAt"',
        from: WIJKAGENDA_TABLES,
        where: 'w."publishedAt" IS NOT NULL',
        orderBy: 'w."publishedAt" DESC, w."id"',
        params: new Params(),
      },
      query,
    );
    const items = page.items.map(({ id, areaId, area, areaKind, year, publishedAt }): PublishedRow => {
      return { id, areaId, area, label: labelOf(this.settings.WIJKAGENDA_LABELS, areaKind), year, publishedAt };
    });
    return { ...page, items };
  }

  /** The published wijkagenda of the latest year of an area; null if there is none. */
  async latestOf(areaId: string): Promise<PublicView | null> {
    const found = await row<{ id: string }>(
      this.database.reader,
      `SELECT "id" FROM "wijkagendas" WHERE "areaId" = $1 AND "publishedAt" IS NOT NULL
       ORDER BY "year" DESC, "publishedAt" DESC, "id" LIMIT 1`,
      [areaId],
    );
    return found ? this.readPublished(found.id) : null;
  }

  /** A published wijkagenda; the same 404 for anything else. */
  async readPublished(id: string): Promise<PublicView> {
    const found = await row<WijkagendaRow>(
      this.database.reader,
      `SELECT ${wijkagendaColumns(this.database.reader)} FROM ${WIJKAGENDA_TABLES}
       WHERE w."id" = $1 AND w."publishedAt" IS NOT NULL`,
      [id],
      WIJKAGENDA_SHAPE,
    );
    if (!found) throw notFound();
    return this.publicView(found);
  }

  /** The same list as the view of an Atom feed. */
  async feed(): Promise<FeedView> {
    const { items } = await this.published({ page: 1, pageSize: 50 });
    const { PUBLIC_URL, MUNICIPALITY } = this.settings;
    return {
      self: `${PUBLIC_URL}/v1/public/feed`,
      title: `Wijkagenda's van ${MUNICIPALITY}`,
      author: MUNICIPALITY,
      updated: items[0]?.publishedAt ?? this.clock.moment(),
      entries: items.map(({ id, area, label, year, publishedAt }) => ({
        url: `${PUBLIC_URL}${publicWijkagenda(id)}`,
        title: `${label} ${area} ${year}`,
        updated: publishedAt,
        summary: `De ${label.toLowerCase()} van ${area} voor ${year}.`,
      })),
    };
  }

  private set(id: string, version: number, by: Caller, publishedAt: string | null): Promise<PublicationView> {
    return this.transactions.run(async (manager) => {
      const wijkagenda = await this.wijkagendas.toChange(manager, id, version, by);
      if (publishedAt && wijkagenda.state === 'draft') {
        throw conflict('WIJKAGENDA_IS_DRAFT', 'A draft must be adopted before it is published.');
      }
      await updateRow(manager, Wijkagenda, id, { publishedAt });
      const verb = publishedAt ? 'published' : 'withdrawn';
      await this.audit.record(manager, by, `wijkagenda.${verb}`, subjectOf(wijkagenda));
      return { wijkagendaId: id, publishedAt, version: version + 1 };
    });
  }

  private async publicView(found: WijkagendaRow): Promise<PublicView> {
    const day = dayOf(this.clock.moment());
    const goals = await this.contents.goals(this.database.reader, found.id, day);
    const actions = await this.contents.actions(found.areaId, found.year, day, null);
    const budget = await this.contents.budget(found.areaId, found.year, null);
    const label = labelOf(this.settings.WIJKAGENDA_LABELS, found.areaKind);
    return toPublicView(toPosterView(found, label, goals, actions, budget));
  }
}
