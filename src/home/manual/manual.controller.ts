import { Param } from '@nestjs/common';
import { asOneLine } from '../../platform/common/input.js';
import { notFound } from '../../platform/common/problems.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { MANUAL, OPERATORS_MANUAL } from '../../web/records.rules.js';
import { findSections } from './manual.rules.js';
import { Manual } from './manual.service.js';

const LONGEST = 200;

const USERS = { name: 'handleiding', title: 'Handleiding', path: MANUAL, back: null } as const;
const OPERATORS = {
  name: 'beheer',
  title: 'Handleiding voor beheer',
  path: OPERATORS_MANUAL,
  back: { href: MANUAL, label: USERS.title },
} as const;

/** The manuals with their pictures, for everyone: they contain nothing secret. */
@PageController('handleiding')
export class ManualController {
  constructor(private readonly manual: Manual) {}

  @Page('', 'everyone')
  show(@CurrentPage() page: PageContext): Promise<string> {
    return this.read(page, USERS);
  }

  @Page('beheer', 'everyone')
  showToOperators(@CurrentPage() page: PageContext): Promise<string> {
    return this.read(page, OPERATORS);
  }

  @Page(':picture', 'everyone')
  picture(@CurrentPage() { request, reply }: PageContext, @Param('picture') name: string): Buffer | string {
    const picture = this.manual.picture(name);
    if (!picture) throw notFound();
    void reply.header('ETag', picture.etag).header('Cache-Control', 'public, max-age=86400');
    if (request.headers['if-none-match'] === picture.etag) {
      void reply.status(304);
      return '';
    }
    void reply.type('image/png');
    return picture.content;
  }

  private async read(page: PageContext, manual: typeof USERS | typeof OPERATORS): Promise<string> {
    await page.recognise();
    const { name, title, ...place } = manual;
    const { sections, ...text } = this.manual.text(name);
    const q = asOneLine(page.query.q ?? '')
      .trim()
      .slice(0, LONGEST);
    return page.show('home/pages/manual', {
      title: q === '' ? title : `${title}: ${q}`,
      ...{ ...text, ...place, heading: title, q, isAsked: q !== '', found: findSections(sections, q) },
    });
  }
}
