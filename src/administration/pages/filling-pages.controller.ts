import { Param } from '@nestjs/common';
import { isPermitted } from '../../platform/access/access.rules.js';
import type { Caller } from '../../platform/access/caller.js';
import { forbidden, notFound } from '../../platform/common/problems.js';
import type { RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { fileIn, shownOf } from '../../web/import-files.js';
import { csvCells } from '../register-import/register-cells.rules.js';
import { type Cells, REGISTER_LAYOUTS } from '../register-import/register-columns.rules.js';
import { RegisterImports } from '../register-import/register-imports.service.js';
import { RegisterTables } from '../register-import/register-tables.service.js';
import { toCsv } from '../../platform/rendering/tables.js';
import { type Filling, FILLING_SLUGS, FILLING_WORDS, fillingOf, OUTCOME_WORDS } from './filling.words.js';
import { BACK } from '../../web/records.rules.js';

/** Filling a register from a file: previews the effect of each row, then applies all of them with one button. */
@PageController('beheer/vullen')
export class FillingPagesController {
  constructor(
    private readonly tables: RegisterTables,
    private readonly imports: RegisterImports,
  ) {}

  @Page('', 'people.write')
  list(@CurrentPage() page: PageContext): string {
    const registers = FILLING_SLUGS.map((slug) => fillingOf(slug)!)
      .filter(({ permission }) => isPermitted(page.caller, permission))
      .map(({ path, title, remark }) => ({ href: path, label: title, text: remark }));
    return page.show('administration/pages/fillings', {
      title: 'Vullen uit een bestand',
      back: BACK,
      registers,
    });
  }

  @Page(':register', 'people.write')
  ask(@CurrentPage() page: PageContext, @Param('register') slug: string, rejected?: RejectedForm): string {
    const { title, list, ...view } = fillingFor(slug, page.caller);
    return page.show('administration/pages/filling', {
      ...view,
      title: `${title} vullen uit een bestand`,
      back: list,
      most: '2.000',
      problem: rejected?.problem,
    });
  }

  @Page(':register/leeg.csv', 'people.write')
  empty(@CurrentPage() page: PageContext, @Param('register') slug: string): string {
    return csvOf(page, fillingFor(slug, page.caller), `${slug}-leeg`, []);
  }

  @Page(':register/nu.csv', 'people.write')
  async now(@CurrentPage() page: PageContext, @Param('register') slug: string): Promise<string> {
    const filling = fillingFor(slug, page.caller);
    return csvOf(page, filling, `${slug}-${page.caller.today}`, await this.tables.of(filling.register, page.caller));
  }

  @FormPost(':register', 'people.write')
  async propose(@Submitted() form: SubmittedForm, @Param('register') slug: string): Promise<string> {
    const { path, register } = fillingFor(slug, form.caller);
    form.ifRejected(FILLING_WORDS, (rejected) => this.ask(form, slug, rejected));
    const { id } = await this.imports.propose(fileIn(form), register, form.caller);
    return form.goOn(`${path}/${id}`);
  }

  @Page(':register/:id', 'people.write')
  async preview(
    @CurrentPage() page: PageContext,
    @Param('register') slug: string,
    @PathId() id: string,
    rejected?: RejectedForm,
  ): Promise<string> {
    const filling = fillingFor(slug, page.caller);
    const { counts, state, unknownColumns, version, ...proposal } = await this.imports.read(id, page.caller);
    if (proposal.register !== filling.register) throw notFound();
    const { rows, more } = shownOf(proposal.rows);
    const todo = counts.new + counts.changed;
    return page.show('administration/pages/filling-preview', {
      title: 'Wat het bestand zou doen',
      back: { href: filling.path, label: `${filling.title} vullen` },
      path: `${filling.path}/${id}`,
      again: filling.path,
      subject: filling.subject,
      isDone: state === 'executed',
      unknownColumns: unknownColumns.join(', '),
      rows: rows.map((row) => ({ ...row, outcomeName: OUTCOME_WORDS[row.outcome] })),
      ...{ counts, version, todo, more, problem: rejected?.problem },
    });
  }

  @FormPost(':register/:id', 'people.write')
  async execute(
    @Submitted() form: SubmittedForm,
    @Param('register') slug: string,
    @PathId() id: string,
  ): Promise<string> {
    const { list } = fillingFor(slug, form.caller);
    form.ifRejected(FILLING_WORDS, (rejected) => this.preview(form, slug, id, rejected));
    const { counts } = await this.imports.execute(id, form.version, form.caller);
    return form.goOn(list.href, `Ingevoerd: ${counts.new} toegevoegd, ${counts.changed} gewijzigd.`);
  }
}

/** 404 for an unknown register, 403 if the caller may not fill it. */
function fillingFor(slug: string, caller: Caller): Filling {
  const filling = fillingOf(slug);
  if (!filling) throw notFound();
  if (!isPermitted(caller, filling.permission)) throw forbidden();
  return filling;
}

function csvOf(page: PageContext, { register }: Filling, name: string, rows: Cells[]): string {
  const { columns } = REGISTER_LAYOUTS[register];
  page.attach('csv', `${name}.csv`);
  return toCsv(
    columns,
    rows.map((cells) => csvCells(columns, cells)),
  );
}
