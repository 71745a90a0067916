import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../common/describe.js';
import { type Caller, CurrentCaller } from '../access/caller.js';
import { Requires } from '../access/requires.js';
import { versionIn } from '../administration/records.rules.js';
import { IdPipe } from '../common/ids.js';
import { fieldsOf, type FormProblem } from '../pages/forms.js';
import { Pages } from '../pages/pages.service.js';
import { CurrentVisit, type Visit } from '../pages/visit.js';
import { Publication } from '../wijkagenda/publication.service.js';
import { toDocument } from '../wijkagenda/wijkagenda-document.rules.js';
import { Wijkagendas } from '../wijkagenda/wijkagendas.service.js';
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
    return this.pages.show(visit, 'pages/wijkagenda-publication', {
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
