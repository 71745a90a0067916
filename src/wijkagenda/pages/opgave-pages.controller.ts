import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { versionIn } from '../../web/records.rules.js';
import { IdPipe } from '../../platform/common/ids.js';
import { AddLineDto } from '../../actions/judgements/judgements.dto.js';
import { OpgaveListDto } from '../../goals/opgaven/opgaven.dto.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { filled } from '../../web/fields.rules.js';
import { fieldsOf, type FormWords, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOfRows } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { OpgavePages, OPGAVEN } from './opgave-pages.service.js';

const LINE_WORDS: FormWords = {
  fields: { text: 'Schrijf een regel, van hoogstens 2000 tekens.', organisationId: 'Kies voor welke organisatie.' },
};

@NotInDocument()
@Controller('opgaven')
export class OpgavePagesController {
  constructor(
    private readonly pages: Pages,
    private readonly opgaven: Opgaven,
    private readonly opgave: OpgavePages,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('opgaven.read')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.opgaven.list(toInput(OpgaveListDto, listQuery(query)));
    const rows = page.items.map((one) => [
      cell(one.title, `${OPGAVEN}/${one.id}`),
      cell(one.departments.find(({ isLead }) => isLead)?.organisationName),
      cell(one.bestuurder.name),
      cell(one.isConfirmed ? 'alle afdelingen' : 'nog niet alle afdelingen'),
    ]);
    const fields = [
      { name: 'q', label: 'Titel', type: 'line' as const },
      {
        name: 'organisation',
        label: 'Afdeling',
        type: 'choice' as const,
        options: await this.choices.organisations('alle afdelingen'),
      },
    ];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Opgaven',
      intro: 'Wat het college belangrijk vindt en wat meer afdelingen samen doen, in alle gebieden.',
      add: isPermitted(caller, 'opgaven.write') ? { href: `${OPGAVEN}/nieuw`, label: 'Opgave toevoegen' } : null,
      search: { action: OPGAVEN, fields: filled(fields, query) },
      table: tableOfRows('Opgaven', ['Opgave', 'Trekker', 'Bestuurder', 'Bevestigd door'], rows),
      pager: pagerOf(page, OPGAVEN, query),
      empty: 'Er is geen opgave gevonden.',
      emptyHint:
        'Een opgave stelt het college vast. Een voorzitter voegt haar hier toe, met de afdelingen die eraan werken.',
    });
  }

  @Get(':id')
  @Requires('opgaven.read')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'wijkagenda/pages/opgave', await this.opgave.view(id, caller));
  }

  @Post(':id/afdelingen/:organisationId')
  @HttpCode(200)
  @Requires('opgaven.answer')
  async confirm(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Param('organisationId', IdPipe) organisationId: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.pages.take(
      visit,
      {},
      async () => {
        await this.opgaven.confirm(id, organisationId, versionIn(fieldsOf(body)), caller);
        return { path: `${OPGAVEN}/${id}`, notice: 'Uw deel is bevestigd.' };
      },
      async (problem) => {
        const view = await this.opgave.view(id, caller, { fields: {}, problem });
        return this.pages.show(visit, 'wijkagenda/pages/opgave', view);
      },
    );
  }

  @Post(':id/regel')
  @HttpCode(200)
  @Requires('opgaven.answer')
  async addLine(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      LINE_WORDS,
      async () => {
        await this.opgaven.addLine(id, toInput(AddLineDto, fields), caller);
        return { path: `${OPGAVEN}/${id}`, notice: 'Uw regel is toegevoegd.' };
      },
      async (problem) => {
        const tried = { fields, problem };
        return this.pages.show(visit, 'wijkagenda/pages/opgave', await this.opgave.view(id, caller, tried));
      },
    );
  }
}
