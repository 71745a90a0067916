import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { IdPipe } from '../../platform/common/ids.js';
import { ChangePersonDto, CreatePersonDto, PersonListDto } from '../../directory/organisations/people.dto.js';
import { People } from '../../directory/organisations/people.service.js';
import { type FieldSpec, filled, formOf, optionsOf } from '../../web/fields.rules.js';
import { type Fields, fieldsOf, type FormProblem, problemWith, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { cell, listQuery, pagerOf, tableOf } from '../../web/tables.rules.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { Choices } from '../../web/choices.service.js';
import { newPersonFields, PERSON_WORDS, toNewPerson, toPersonChange, toReplacement } from './person-form.rules.js';
import { PEOPLE, PersonPages } from './person-pages.service.js';
import { BACK, fillingLink, versionIn } from '../../web/records.rules.js';

@NotInDocument()
@Controller('beheer/mensen')
export class PersonPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly people: People,
    private readonly person: PersonPages,
    private readonly choices: Choices,
  ) {}

  @Get()
  @Requires('people.write')
  async list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Query() wanted: unknown): Promise<string> {
    const query = fieldsOf(wanted);
    const page = await this.people.list(toInput(PersonListDto, listQuery(query)), caller);
    const rows = page.items.map(({ id, name, email, active, memberships }) => [
      cell(name, `${PEOPLE}/${id}`),
      cell(email),
      cell(memberships.map((one) => [one.organisationName, one.function].filter(Boolean).join(', ')).join('; ')),
      cell(active ? 'doet mee' : 'doet niet meer mee', null, active ? 'success' : 'neutral'),
    ]);
    const fields: FieldSpec[] = [
      { name: 'q', label: 'Naam of adres', type: 'line' },
      { name: 'organisation', label: 'Organisatie', type: 'choice', options: await this.choices.organisations('alle') },
      {
        name: 'active',
        label: 'Wie',
        type: 'choice',
        options: optionsOf({ true: 'wie meedoet', false: 'wie weg is' }, 'iedereen'),
      },
    ];
    return this.pages.show(visit, 'web/pages/register', {
      title: 'Mensen',
      back: BACK,
      add: { href: `${PEOPLE}/nieuw`, label: 'Persoon toevoegen' },
      links: [fillingLink('mensen')],
      search: { action: PEOPLE, fields: filled(fields, query) },
      table: tableOf('Mensen', ['Naam', 'E-mailadres', 'Organisatie', 'Stand'], rows),
      pager: pagerOf(page, PEOPLE, query),
      empty: 'Niemand gevonden.',
      emptyHint: 'Zoek op een deel van de naam of het adres, of voeg de persoon toe.',
    });
  }

  @Get('nieuw')
  @Requires('people.write')
  fresh(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): Promise<string> {
    return this.showNew(visit, caller, {});
  }

  @Post('nieuw')
  @HttpCode(200)
  @Requires('people.write')
  async create(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Body() body: unknown): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PERSON_WORDS,
      async () => {
        const { id, name } = await this.people.create(toInput(CreatePersonDto, toNewPerson(fields)), caller);
        return { path: `${PEOPLE}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      (problem) => this.showNew(visit, caller, fields, problem),
    );
  }

  @Get(':id')
  @Requires('people.write')
  async show(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'web/pages/record', await this.person.view(id, caller));
  }

  @Post(':id')
  @HttpCode(200)
  @Requires('people.write')
  async change(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PERSON_WORDS,
      async () => {
        const input = toInput(ChangePersonDto, toPersonChange(fields));
        const { name } = await this.people.change(id, input, versionIn(fields), caller);
        return { path: `${PEOPLE}/${id}`, notice: `Opgeslagen: ${name}.` };
      },
      async (problem) => {
        const tried = { form: 'gegevens' as const, fields: { isShared: '', ...fields }, problem };
        return this.pages.show(visit, 'web/pages/record', await this.person.view(id, caller, tried));
      },
    );
  }

  @Post(':id/vervanger')
  @HttpCode(200)
  @Requires('people.write')
  async replace(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PERSON_WORDS,
      async () => {
        const replacementId = await this.choices.personIdOf(fields.replacementId ?? '', caller);
        const input = toInput(ChangePersonDto, toReplacement(replacementId, fields));
        await this.people.change(id, input, versionIn(fields), caller);
        const notice = replacementId ? 'Opgeslagen: de vervanger krijgt de mail ook.' : 'Opgeslagen: geen vervanger.';
        return { path: `${PEOPLE}/${id}`, notice };
      },
      async (problem) => {
        const tried = { form: 'vervanger' as const, fields, problem };
        return this.pages.show(visit, 'web/pages/record', await this.person.view(id, caller, tried));
      },
    );
  }

  @Get(':id/afscheid')
  @Requires('people.write')
  async leave(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('id', IdPipe) id: string) {
    return this.pages.show(visit, 'web/pages/record', await this.person.leaving(id, caller));
  }

  /** First nobody signs in or is mailed any more; then the actions go over, one by one. */
  @Post(':id/afscheid')
  @HttpCode(200)
  @Requires('people.write')
  async deactivate(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      PERSON_WORDS,
      async () => {
        const takerId = await this.choices.personIdOf(fields.takerId ?? '', caller);
        if (takerId === '-' || takerId === id) {
          const words = { takerId: 'Vul het adres in van een collega die hier bekend is.' };
          return this.pages.show(
            visit,
            'web/pages/record',
            await this.person.leaving(id, caller, fields, problemWith(words)),
          );
        }
        const { name, openActions } = await this.people.change(id, { active: false }, versionIn(fields), caller);
        const mayHandOver = openActions !== null && openActions > 0 && isPermitted(caller, 'actions.write');
        const { done, left } = mayHandOver
          ? await this.person.handOver(id, takerId || null, caller)
          : { done: 0, left: 0 };
        const went = done > 0 ? ` ${done} ${done === 1 ? 'actie' : 'acties'} overgedragen.` : '';
        const stayed = left > 0 ? ` ${left} niet: die horen bij een andere organisatie of een ander gebied.` : '';
        return { path: `${PEOPLE}/${id}`, notice: `${name} doet niet meer mee.${went}${stayed}` };
      },
      async (problem) =>
        this.pages.show(visit, 'web/pages/record', await this.person.leaving(id, caller, fields, problem)),
    );
  }

  @Post(':id/terug')
  @HttpCode(200)
  @Requires('people.write')
  async activate(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { name } = await this.people.change(id, { active: true }, versionIn(fieldsOf(body)), caller);
    return this.pages.goOn(visit, `${PEOPLE}/${id}`, `${name} doet weer mee.`);
  }

  private async showNew(visit: Visit, caller: Caller, values: Fields, problem?: FormProblem): Promise<string> {
    const organisations = await this.choices.organisations('geen, of later');
    const areas = await this.choices.areas('nergens', { caller, permission: 'contacts.write' });
    const specs = newPersonFields(organisations, areas);
    const form = formOf(`${PEOPLE}/nieuw`, 'Persoon toevoegen', filled(specs, values, problem));
    const back = { href: PEOPLE, label: 'Alle mensen' };
    return this.pages.show(visit, 'web/pages/record', { title: 'Persoon toevoegen', back, form, problem });
  }
}
