import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings.js';
import { Assets } from './assets.js';
import type { FormProblem } from './form-problem.js';
import { Theme } from './theme.js';

/** What every page has in common; the page's own template data comes in addition. */
export interface PageView {
  title: string;
  /** Why the form on the page was rejected. */
  problem?: FormProblem | null;
  /** The page's own scripts, by their names in `templates/platform/assets`, in the order they run. */
  scripts?: string[];
  /** Meant for the general public: search engines may index it, and readers can subscribe to its feed. */
  isPublic?: boolean;
  feed?: { title: string; href: string };
  /** Without the header and footer of the site: a desk that fills the window. */
  isBare?: boolean;
  /** A second window beside the one being worked in: notices are left to that one. */
  isBeside?: boolean;
  /** Has its own search field, so the header needs none. */
  isSearch?: boolean;
}

/** The frame around every page (`web/layouts/page`): one style sheet, one script, the same header and footer. */
@Injectable()
export class PageFrame {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly assets: Assets,
    private readonly theme: Theme,
  ) {}

  /** The frame for a visitor who is not signed in. */
  around({ title, scripts = [], isPublic = false, feed, isBare = false, isSearch = false }: PageView) {
    return {
      title,
      municipality: this.settings.MUNICIPALITY,
      stylesheet: this.assets.urlOf('page.css'),
      scripts: ['page.js', ...scripts].map((name) => this.assets.urlOf(name)),
      logo: this.theme.logo && this.assets.urlOf(this.theme.logo.name),
      icon: this.assets.urlOf(this.theme.icon.name),
      isPublic,
      isBare,
      isSearch,
      feed: feed ?? null,
      ...{ name: null, navigation: [], section: [], readsAreas: false, here: null, csrf: '', notice: null },
    };
  }
}
