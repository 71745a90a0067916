import { FILE_WORDS } from '../../files/words.js';
import { TakesFiles } from '../../platform/common/form-files.js';
import type { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { INITIATIVES } from '../pages/budget-pages.service.js';
import { InitiativePages } from '../pages/initiative-pages.service.js';
import { BUDGET_WORDS } from '../words.js';
import { InitiativeFiles } from './initiative-files.service.js';

/** The forms for the files of an initiative; they are part of its page. */
@PageController('initiatieven/:id/bestanden')
export class InitiativeFilePagesController {
  constructor(
    private readonly files: InitiativeFiles,
    private readonly pages: InitiativePages,
  ) {}

  @FormPost('', 'budgets.write')
  @TakesFiles()
  async add(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin(form, id);
    const { name } = await this.files.add(id, form.upload, form.caller);
    return form.goOn(`${INITIATIVES}/${id}#bestanden`, `Toegevoegd: ${name}.`);
  }

  @FormPost(':fileId/verwijderen', 'budgets.write')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('fileId') fileId: string) {
    this.begin(form, id);
    await this.files.remove(id, fileId, form.version, form.caller);
    return form.goOn(`${INITIATIVES}/${id}#bestanden`, 'Het bestand is verwijderd.');
  }

  private begin(form: SubmittedForm, id: string): void {
    const codes = { ...FILE_WORDS.codes, ...BUDGET_WORDS.codes };
    form.ifRejected({ ...FILE_WORDS, codes, idOf: () => 'bestand' }, async (rejected) =>
      form.show('budget/pages/initiative', await this.pages.view(id, form.caller, { part: 'bestanden', ...rejected })),
    );
  }
}
