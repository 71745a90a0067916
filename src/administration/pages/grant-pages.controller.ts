import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangeGrantDto, CreateGrantDto, GrantListDto } from '../../directory/organisations/grants.dto.js';
import { Grants } from '../../directory/organisations/grants.service.js';
import { ROLE_WORDS } from '../../directory/words.js';
import { type FieldSpec, filled, formOf, optionsOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, type FormWords, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { Choices } from '../../web/choices.service.js';
import { BACK, fillingLink, FROM, UNTIL, VERSION, versionIn } from '../../web/records.rules.js';
import { periodWords } from '../../web/words.js';

const PATH = '/beheer/rollen';
const LIST = { href: PATH, label: 'Alle rollen' };
const WORDS: FormWords = {
  fields: {
    personId: 'Vul het adres in van iemand die hier bekend is.',
    role: 'Kies een rol.',
    areaId: 'Kies een gebied. Een beheerder is er voor de hele gemeente.',
    fromOn: 'Kies een eerste dag die klopt.',
    untilOn: 'De laatste dag ligt niet voor de eerste. Met gisteren eindigt de rol meteen.',
  },
  codes: {
    GRANT_EXISTS: 'Deze persoon heeft deze rol daar al in die tijd.',
    LAST_ADMINISTRATOR: 'Dan is er geen beheerder meer. Geef eerst iemand anders die rol.',
  },
};

@NotInDocument()
@Controller('beheer/rollen')
export class GrantPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly grants: Grants,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('grants.read')
  async list(@CurrentVisit() visit: Visit, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.grants.list(toInput(GrantListDto, listQuery(query)));
    const rows = page.items.map(({ id, personName, role, areaName, fromOn, untilOn }) => [
      cell(personName, `${PATH}/${id}`),
      cell(ROLE_WORDS[role]),
      cell(areaName),
      cell(periodWords(fromOn, untilOn)),
    ]);
    const fields: FieldSpec[] = [
      { name: 'role', label: 'Rol', type: 'choice', options: optionsOf(ROLE_WORDS, 'alle rollen') },
      { name: 'area', label: 'Gebied', type: 'choice', options: await this.choices.areas('alle gebieden') },
    ];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Rollen',
      intro:
        'Een rol geldt voor een gebied en alles wat daaronder valt. Partners hebben geen rol nodig: zij doen mee door een overleg of als contactpersoon.',
      back: BACK,
      add: { href: `${PATH}/nieuw`, label: 'Rol geven' },
      links: [fillingLink('rollen')],
      search: { action: PATH, fields: filled(fields, query) },
      table: tableOf('Rollen', ['Wie', 'Rol', 'Gebied', 'Wanneer'], rows),
      pager: pagerOf(page, PATH, query),
      empty: 'Geen rol gevonden.',
    });
  }

  @Get('nieuw')
  @Requires('grants.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() query: unknown): Promise<string> {
    return this.showNew(visit, caller, fieldsOf(query));
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('grants.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const personId = await this.choices.personIdOf(fields.personId ?? '', caller);
        const { personName, role } = await this.grants.create(toInput(CreateGrantDto, { ...fields, personId }), caller);
        return { path: PATH, notice: `Opgeslagen: ${personName} is ${ROLE_WORDS[role]}.` };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
    );
  }

  @Get(':id')
  @Requires('grants.read')
  show(@CurrentVisit() visit: Visit, @Param('id', IdPipe) id: string): Promise<string> {
    return this.showOne(visit, id);
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('grants.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      WORDS,
      async () => {
        const input = toInput(ChangeGrantDto, { untilOn: fields.untilOn || null });
        const { personName } = await this.grants.change(id, input, versionIn(fields), caller);
        return { path: PATH, notice: `Opgeslagen: ${personName}.` };
      },
      (problem) => this.showOne(visit, id, fields, problem),
    );
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const specs: FieldSpec[] = [
      {
        name: 'personId',
        label: 'E-mailadres van de persoon',
        type: 'email',
        isRequired: true,
        options: await this.choices.addresses(caller),
      },
      { name: 'role', label: 'Rol', type: 'choice', isRequired: true, options: optionsOf(ROLE_WORDS, 'Kies een rol') },
      {
        name: 'areaId',
        label: 'Gebied',
        type: 'choice',
        isRequired: true,
        options: await this.choices.areas('Kies een gebied'),
        hint: 'Met alles wat eronder valt.',
      },
      FROM,
      UNTIL,
    ];
    const form = formOf(`${PATH}/nieuw`, 'Rol geven', filled(specs, values, problem));
    return this.pages.show(visit, 'web/pages/record', { title: 'Rol geven', back: LIST, form, problem });
  }

  private async showOne(visit: Visit, id: string, typed?: Fields, problem?: FormProblem): Promise<string> {
    const grant = await this.grants.read(id);
    const values = { untilOn: grant.untilOn ?? '', ...typed, version: String(grant.version) };
    const until = { ...UNTIL, hint: 'Leeg: zonder einde. Met de dag van gisteren eindigt de rol meteen.' };
    return this.pages.show(visit, 'web/pages/record', {
      title: `${grant.personName}, ${ROLE_WORDS[grant.role]}`,
      back: LIST,
      problem,
      facts: [
        { term: 'Gebied', text: grant.areaName },
        { term: 'Wanneer', text: periodWords(grant.fromOn, grant.untilOn) },
      ],
      form: formOf(`${PATH}/${id}`, 'Opslaan', filled([until, VERSION], values, problem)),
    });
  }
}
