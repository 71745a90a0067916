import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { contentTypeOf } from '../../platform/common/accept.js';
import { NotInDocument } from '../../platform/common/describe.js';
import { IdPipe } from '../../platform/common/ids.js';
import { forbidden, notFound } from '../../platform/common/problems.js';
import { fieldsOf, type FormProblem } from '../../web/forms.js';
import { fileIn, problemOfFile, shownOf } from '../../web/import-files.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { csvCells } from '../register-import/register-cells.rules.js';
import { type Cells, REGISTER_LAYOUTS } from '../register-import/register-columns.rules.js';
import { RegisterImports } from '../register-import/register-imports.service.js';
import { RegisterTables } from '../register-import/register-tables.service.js';
import { toCsv } from '../../platform/rendering/tables.js';
import {
  type Filling,
  FILLING_ADVICE,
  FILLING_SLUGS,
  FILLING_WORDS,
  fillingOf,
  OUTCOME_WORDS,
} from './filling.words.js';
import { BACK, versionIn } from '../../web/records.rules.js';

/** Filling a register from a file: first it says per row what would come of it, then all of it is done with one button. */
@NotInDocument()
@Controller('beheer/vullen')
export class FillingPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly tables: RegisterTables,
    private readonly imports: RegisterImports,
  ) {}

  @Get()
  @Requires('people.write')
  list(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller): string {
    const registers = FILLING_SLUGS.map((slug) => fillingOf(slug)!)
      .filter(({ permission }) => isPermitted(caller, permission))
      .map(({ path, title, remark }) => ({ href: path, label: title, text: remark }));
    return this.pages.show(visit, 'administration/pages/fillings', {
      title: 'Vullen uit een CSV-bestand',
      back: BACK,
      registers,
    });
  }

  @Get(':register')
  @Requires('people.write')
  ask(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('register') slug: string): string {
    return this.showForm(visit, fillingFor(slug, caller));
  }

  @Get(':register/leeg.csv')
  @Requires('people.write')
  empty(@CurrentVisit() visit: Visit, @CurrentCaller() caller: Caller, @Param('register') slug: string): string {
    return csvOf(visit, fillingFor(slug, caller), `${slug}-leeg`, []);
  }

  @Get(':register/nu.csv')
  @Requires('people.write')
  async now(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('register') slug: string,
  ): Promise<string> {
    const filling = fillingFor(slug, caller);
    return csvOf(visit, filling, `${slug}-${caller.today}`, await this.tables.of(filling.register, caller));
  }

  @Post(':register')
  @HttpCode(200)
  @Requires('people.write')
  async propose(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('register') slug: string,
    @Body() body: unknown,
  ): Promise<string> {
    const filling = fillingFor(slug, caller);
    const sent = fileIn(body);
    if ('problem' in sent) return this.showForm(visit, filling, sent.problem);
    try {
      const { id } = await this.imports.propose(sent.file, filling.register, caller);
      return this.pages.goOn(visit, `${filling.path}/${id}`);
    } catch (error) {
      return this.showForm(visit, filling, problemOfFile(error, FILLING_WORDS, FILLING_ADVICE));
    }
  }

  @Get(':register/:id')
  @Requires('people.write')
  preview(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('register') slug: string,
    @Param('id', IdPipe) id: string,
  ): Promise<string> {
    return this.showPreview(visit, caller, fillingFor(slug, caller), id);
  }

  @Post(':register/:id')
  @HttpCode(200)
  @Requires('people.write')
  async execute(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('register') slug: string,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const filling = fillingFor(slug, caller);
    return this.pages.take(
      visit,
      FILLING_WORDS,
      async () => {
        const { counts } = await this.imports.execute(id, versionIn(fieldsOf(body)), caller);
        const notice = `Ingevoerd: ${counts.new} toegevoegd, ${counts.changed} gewijzigd.`;
        return { path: filling.list.href, notice };
      },
      (problem) => this.showPreview(visit, caller, filling, id, problem),
    );
  }

  private showForm(visit: Visit, filling: Filling, problem?: FormProblem): string {
    const { title, list, ...view } = filling;
    return this.pages.show(visit, 'administration/pages/filling', {
      ...view,
      title: `${title} vullen uit een CSV-bestand`,
      back: list,
      most: '2.000',
      problem,
    });
  }

  private async showPreview(visit: Visit, caller: Caller, filling: Filling, id: string, problem?: FormProblem) {
    const { counts, state, unknownColumns, version, ...proposal } = await this.imports.read(id, caller);
    if (proposal.register !== filling.register) throw notFound();
    const { rows, more } = shownOf(proposal.rows);
    const todo = counts.new + counts.changed;
    return this.pages.show(visit, 'administration/pages/filling-preview', {
      title: 'Wat het bestand zou doen',
      back: { href: filling.path, label: `${filling.title} vullen` },
      path: `${filling.path}/${id}`,
      again: filling.path,
      subject: filling.subject,
      isDone: state === 'executed',
      unknownColumns: unknownColumns.join(', '),
      rows: rows.map((row) => ({ ...row, outcomeName: OUTCOME_WORDS[row.outcome] })),
      ...{ counts, version, todo, more, problem },
    });
  }
}

/** 404 for a name that is no register, 403 for who may not fill it. */
function fillingFor(slug: string, caller: Caller): Filling {
  const filling = fillingOf(slug);
  if (!filling) throw notFound();
  if (!isPermitted(caller, filling.permission)) throw forbidden();
  return filling;
}

function csvOf({ reply }: Visit, { register }: Filling, name: string, rows: Cells[]): string {
  const { columns } = REGISTER_LAYOUTS[register];
  void reply.type(contentTypeOf('csv')).header('Content-Disposition', `attachment; filename="${name}.csv"`);
  return toCsv(
    columns,
    rows.map((cells) => csvCells(columns, cells)),
  );
}
