import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { Choices } from '../../web/choices.service.js';
import { VERSION, versionIn } from '../../web/records.rules.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeOpgaveDto, CreateOpgaveDto } from '../../goals/opgaven/opgaven.dto.js';
import { Opgaven } from '../../goals/opgaven/opgaven.service.js';
import { filled, type FormBlock, formOf, withMore } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import {
  besideDepartments,
  inOrder,
  OPGAVE_WORDS,
  opgaveFields,
  opgaveInput,
  opgaveValues,
  toOpgave,
  isFurther,
} from './opgave-form.rules.js';
import { OPGAVEN } from './opgave-pages.service.js';

/** An opgave of the college: entered, and changed. */
@NotInDocument()
@Controller('opgaven')
export class OpgaveSetupController {
  constructor(
    private readonly pages: Pages,
    private readonly opgaven: Opgaven,
    private readonly choices: Choices,
  ) {}

  @Get('nieuw')
  @Requires('opgaven.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<string> {
    return this.showNew(visit, caller, fieldsOf(query));
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('opgaven.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = inOrder(fieldsOf(body));
    return this.pages.take(
      visit,
      OPGAVE_WORDS,
      async () => {
        const wanted = toOpgave(fields, await this.peopleIn(fields, caller));
        const { id, title } = await this.opgaven.create(
          toInput(CreateOpgaveDto, { ...wanted, areaId: fields.areaId }),
          caller,
        );
        return { path: `${OPGAVEN}/${id}`, notice: `Opgeslagen: ${title}. De afdelingen bevestigen nu elk hun deel.` };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
      opgaveInput,
    );
  }

  @Get(':id/wijzigen')
  @Requires('opgaven.write')
  edit(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.showOne(visit, caller, id);
  }

  @Post(':id/wijzigen')
  @HttpCode(200)
  @Requires('opgaven.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = inOrder(fieldsOf(body));
    return this.pages.take(
      visit,
      OPGAVE_WORDS,
      async () => {
        const wanted = toOpgave(fields, await this.peopleIn(fields, caller));
        const { title } = await this.opgaven.change(id, toInput(ChangeOpgaveDto, wanted), versionIn(fields), caller);
        return { path: `${OPGAVEN}/${id}`, notice: `Opgeslagen: ${title}.` };
      },
      (problem) => this.showOne(visit, caller, id, fields, problem),
      opgaveInput,
    );
  }

  private async peopleIn({ bestuurderId = '', procesregisseurId = '' }: Fields, caller: Caller) {
    return {
      bestuurderId: await this.choices.personIdOf(bestuurderId, caller),
      procesregisseurId: await this.choices.personIdOf(procesregisseurId, caller),
    };
  }

  private async specs(caller: Caller) {
    const departments = await this.choices.departments('Kies een afdeling');
    return opgaveFields(departments, await this.choices.addresses(caller));
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const areas = await this.choices.areas('Kies een gebied', { caller, permission: 'opgaven.write' });
    const area = {
      name: 'areaId',
      label: 'Gebied, met alles wat eronder valt',
      type: 'choice' as const,
      isRequired: true,
      options: areas,
    };
    const fields = filled([area, ...(await this.specs(caller))], values, besideDepartments(problem));
    const form = short(formOf(`${OPGAVEN}/nieuw`, 'Opgave opslaan', fields));
    const back = { href: OPGAVEN, label: 'Alle opgaven' };
    return this.pages.show(visit, 'web/pages/record', { title: 'Opgave toevoegen', back, form, problem });
  }

  private async showOne(visit: Visit, caller: Caller, id: string, typed?: Fields, problem?: FormProblem) {
    const opgave = await this.opgaven.read(id);
    const addresses = new Map(
      await Promise.all(
        [opgave.bestuurder.id, opgave.procesregisseur.id].map(
          async (personId) => [personId, await this.choices.addressOf(personId, caller)] as const,
        ),
      ),
    );
    const stored = opgaveValues(opgave, (personId) => addresses.get(personId) ?? '');
    const values = { ...(typed ?? stored), version: String(opgave.version) };
    const fields = filled([...(await this.specs(caller)), VERSION], values, besideDepartments(problem));
    return this.pages.show(visit, 'web/pages/record', {
      title: `${opgave.title} wijzigen`,
      back: { href: `${OPGAVEN}/${id}`, label: opgave.title },
      problem,
      texts: ['Verandert het deel van een afdeling, dan bevestigt die afdeling het opnieuw.'],
      form: short(formOf(`${OPGAVEN}/${id}/wijzigen`, 'Opslaan', fields)),
    });
  }
}

/** Two departments there must be; room for more is folded away. */
const short = (form: FormBlock): FormBlock => withMore(form, 'Meer afdelingen', ({ name }) => isFurther(name));
