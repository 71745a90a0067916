import { invalid } from '../../platform/common/problems.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { ActionImports } from '../import/action-imports.service.js';
import type { FormWords, RejectedForm } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { fileWords, shownOf, tableIn } from '../../web/import-files.js';
import { LIST } from './action-filters.rules.js';
import { IMPORT_CODE_WORDS, IMPORT_OUTCOME_WORDS } from '../words.js';

const WORDS = fileWords({ codes: IMPORT_CODE_WORDS }, 'Gebruik de lijst die u hier ophaalt als voorbeeld.');
const EXECUTION_WORDS: FormWords = {
  codes: IMPORT_CODE_WORDS,
  fields: { doOwnersKnow: 'Kies ja of nee: weten de actiehouders hiervan?' },
  idOf: () => 'bekend',
};

/** Imports an action list: shows first what each row would change, then executes it with one button. */
@PageController('gebieden/:id/acties/invoeren')
export class ImportsController {
  constructor(
    private readonly areas: Areas,
    private readonly imports: ActionImports,
  ) {}

  @Page('', 'actions.write')
  async ask(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const { name } = await this.areas.read(id);
    const view = {
      title: 'Acties invoeren',
      area: { id, name },
      most: '10.000',
      mayPaste: true,
      pasted: rejected?.fields.tabel,
      problem: rejected?.problem,
    };
    return page.show('actions/pages/import', view);
  }

  @FormPost('', 'actions.write')
  async propose(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(WORDS, (rejected) => this.ask(form, id, rejected));
    const proposal = await this.imports.propose(tableIn(form), id, form.caller);
    return form.goOn(`/gebieden/${id}/acties/invoeren/${proposal.id}`);
  }

  @Page(':importId', 'actions.write')
  async preview(
    @CurrentPage() page: PageContext,
    @PathId() id: string,
    @PathId('importId') importId: string,
    rejected?: RejectedForm,
  ): Promise<string> {
    const { counts, state, unknownColumns, version, ...proposal } = await this.imports.read(importId, page.caller);
    const { name } = await this.areas.read(id);
    const { rows, more } = shownOf(proposal.rows.filter(({ outcome }) => outcome !== 'unchanged'));
    return page.show('actions/pages/import-preview', {
      title: 'Wat de lijst zou doen',
      area: { id, name },
      importId: proposal.id,
      todo: counts.new + counts.changed,
      isNew: counts.new > 0,
      unanswered: rejected?.problem.byField.doOwnersKnow,
      isDone: state === 'executed',
      unknownColumns: unknownColumns.join(', '),
      subject: 'Actie',
      rows: rows.map((row) => ({ ...row, number: row.number ?? '', outcomeName: IMPORT_OUTCOME_WORDS[row.outcome] })),
      ...{ counts, version, more, problem: rejected?.problem },
    });
  }

  @FormPost(':importId', 'actions.write')
  async execute(
    @Submitted() form: SubmittedForm,
    @PathId() id: string,
    @PathId('importId') importId: string,
  ): Promise<string> {
    form.ifRejected(EXECUTION_WORDS, (rejected) => this.preview(form, id, importId, rejected));
    const { version } = form;
    const doOwnersKnow = await this.answerOf(form, importId);
    const { counts } = await this.imports.execute(importId, version, doOwnersKnow, form.caller);
    return form.goOn(`${LIST}?gebied=${id}`, `Ingevoerd: ${counts.new} nieuw, ${counts.changed} gewijzigd.`);
  }

  /** Whether the owners know; asked only if there are new actions. */
  private async answerOf(form: SubmittedForm, importId: string): Promise<boolean> {
    const { bekend } = form.fields;
    if (bekend) return bekend !== 'nee';
    const { counts, state } = await this.imports.read(importId, form.caller);
    if (counts.new > 0 && state === 'proposed')
      throw invalid([{ field: 'doOwnersKnow', message: 'doOwnersKnow is required on the page' }]);
    return true;
  }
}
