import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { versionIn } from '../../web/records.rules.js';
import { IdPipe } from '../../platform/common/ids.js';
import { fieldsOf, type FormProblem } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { Publication } from '../publication.service.js';
import { toDocument } from '../wijkagenda-document.rules.js';
import { Wijkagendas } from '../wijkagendas.service.js';
import { WIJKAGENDA_WORDS } from './wijkagenda-form.rules.js';
import { WIJKAGENDAS } from './wijkagenda-pages.service.js';

/** Publishing: first the page as everyone will see it, then the button. */
@NotInDocument()
@Controller('wijkagenda/:id/publicatie')
export class PublicationPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly wijkagendas: Wijkagendas,
    private readonly publication: Publication,
  ) {}

  @Get()
  @Requires('wijkagendas.write')
  preview(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.show(visit, caller, id);
  }

  @Post()
  @HttpCode(200)
  @Requires('wijkagendas.write')
  async publish(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.pages.take(
      visit,
      { codes: WIJKAGENDA_WORDS.codes },
      async () => {
        await this.publication.publish(id, versionIn(fieldsOf(body)), caller);
        return { path: `${WIJKAGENDAS}/${id}`, notice: 'Gepubliceerd: iedereen kan deze wijkagenda nu lezen.' };
      },
      (problem) => this.show(visit, caller, id, problem),
    );
  }

  @Post('einde')
  @HttpCode(200)
  @Requires('wijkagendas.write')
  async withdraw(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.pages.take(
      visit,
      { codes: WIJKAGENDA_WORDS.codes },
      async () => {
        await this.publication.withdraw(id, versionIn(fieldsOf(body)), caller);
        return { path: `${WIJKAGENDAS}/${id}`, notice: 'Ingetrokken: niemand kan de openbare pagina nog lezen.' };
      },
      (problem) => this.show(visit, caller, id, problem),
    );
  }

  private async show(visit: Visit, caller: Caller, id: string, problem?: FormProblem): Promise<string> {
    const [seen, { version, publishedAt }] = [
      await this.publication.preview(id, caller),
      await this.wijkagendas.read(id, caller),
    ];
    const document = toDocument(seen, { parties: [], warnings: [], isPreview: true });
    return this.pages.show(visit, 'wijkagenda/pages/wijkagenda-publication', {
      ...document,
      title: `${document.title} publiceren`,
      heading: document.title,
      back: { href: `${WIJKAGENDAS}/${id}`, label: document.title },
      id,
      version,
      isPublished: publishedAt !== null,
      problem,
    });
  }
}
