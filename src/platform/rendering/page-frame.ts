import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '../settings.js';
import { Assets } from './assets.js';
import type { FormProblem } from './form-problem.js';

/** What every page shows or says; whatever a page's own template needs comes beside it. */
export interface PageView {
  title: string;
  /** Why the form on the page was not taken. */
  problem?: FormProblem | null;
  /** Scripts of its own, by their names in `templates/platform/assets`, in the order they run. */
  scripts?: string[];
  /** Meant to be found by everybody: search engines may list it, and readers can follow its feed. */
  isPublic?: boolean;
  feed?: { title: string; href: string };
}

/** The frame around every page (`web/layouts/page`): one style sheet, one script, and the same head and foot. */
@Injectable()
export class PageFrame {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly assets: Assets,
  ) {}

  /** The frame for somebody who is not signed in. */
  around({ title, scripts = [], isPublic = false, feed }: PageView) {
    return {
      title,
      municipality: this.settings.MUNICIPALITY,
      stylesheet: this.assets.urlOf('page.css'),
      scripts: ['page.js', ...scripts].map((name) => this.assets.urlOf(name)),
      isPublic,
      feed: feed ?? null,
      ...{ name: null, navigation: [], here: null, csrf: '', notice: null },
    };
  }
}
