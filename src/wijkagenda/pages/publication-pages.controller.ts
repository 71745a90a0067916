import type { RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { Publication } from '../publication.service.js';
import { toDocument } from '../wijkagenda-document.rules.js';
import { Wijkagendas } from '../wijkagendas.service.js';
import { WIJKAGENDA_WORDS } from '../words.js';
import { WIJKAGENDAS } from './wijkagenda-pages.service.js';

const WORDS = { codes: WIJKAGENDA_WORDS.codes };

/** Publishing: a preview of the public page, then the button. */
@PageController('wijkagenda/:id/publicatie')
export class PublicationPagesController {
  constructor(
    private readonly wijkagendas: Wijkagendas,
    private readonly publication: Publication,
  ) {}

  @Page('', 'wijkagendas.write')
  async preview(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const seen = await this.publication.preview(id, page.caller);
    const { version, publishedAt } = await this.wijkagendas.read(id, page.caller);
    const document = toDocument(seen, { parties: [], warnings: [], isPreview: true, today: page.caller.today });
    return page.show('wijkagenda/pages/wijkagenda-publication', {
      ...document,
      title: `${document.title} publiceren`,
      heading: document.title,
      back: { href: `${WIJKAGENDAS}/${id}`, label: document.title },
      id,
      version,
      isPublished: publishedAt !== null,
      problem: rejected?.problem,
    });
  }

  @FormPost('', 'wijkagendas.write')
  async publish(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WORDS, (rejected) => this.preview(form, id, rejected));
    await this.publication.publish(id, form.version, form.caller);
    return form.goOn(`${WIJKAGENDAS}/${id}`, 'Gepubliceerd: iedereen kan deze wijkagenda nu lezen.');
  }

  @FormPost('einde', 'wijkagendas.write')
  async withdraw(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WORDS, (rejected) => this.preview(form, id, rejected));
    await this.publication.withdraw(id, form.version, form.caller);
    return form.goOn(`${WIJKAGENDAS}/${id}`, 'Ingetrokken: niemand kan de openbare pagina nog lezen.');
  }
}
