import { Param } from '@nestjs/common';
import { asOneLine } from '../../platform/common/input.js';
import { notFound } from '../../platform/common/problems.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { findSections } from './manual.rules.js';
import { Manual } from './manual.service.js';

const LONGEST = 200;

/** The manual with its pictures, for everyone: it contains nothing secret. */
@PageController('handleiding')
export class ManualController {
  constructor(private readonly manual: Manual) {}

  @Page('', 'everyone')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    await page.recognise();
    const { sections, ...text } = this.manual.text;
    const q = asOneLine(page.query.q ?? '')
      .trim()
      .slice(0, LONGEST);
    return page.show('home/pages/manual', {
      title: q === '' ? 'Handleiding' : `Handleiding: ${q}`,
      ...{ ...text, q, isAsked: q !== '', found: findSections(sections, q) },
    });
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
}
