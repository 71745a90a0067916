import { Param } from '@nestjs/common';
import { notFound } from '../../platform/common/problems.js';
import { PageContext } from '../../web/page-context.js';
import { CurrentPage, Page, PageController } from '../../web/page-kit.js';
import { ApiDocs } from './api-docs.service.js';

/** The API as readable pages, in English, for everyone. */
@PageController('v1/docs')
export class ApiDocsController {
  constructor(private readonly docs: ApiDocs) {}

  @Page('', 'everyone')
  async show(@CurrentPage() page: PageContext): Promise<string> {
    await page.recognise();
    const { intro, html, chapters } = this.docs.guide;
    return page.show('home/pages/api-guide', {
      title: 'API',
      ...{ intro, html, chapters, resources: await this.docs.resources() },
    });
  }

  @Page(':resource', 'everyone')
  async showResource(@CurrentPage() page: PageContext, @Param('resource') slug: string): Promise<string> {
    await page.recognise();
    const resources = await this.docs.resources();
    const resource = resources.find((one) => one.slug === slug);
    if (!resource) throw notFound();
    return page.show('home/pages/api-resource', { title: `API: ${resource.name}`, resource, resources });
  }
}
