import { FILE_FORM, FILE_TOLD } from '../../files/words.js';
import { TakesFiles } from '../../platform/common/form-files.js';
import type { RejectedForm } from '../../web/forms.js';
import type { PageContext, SubmittedForm } from '../../web/page-context.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { InitiativeFiles } from './initiative-files.service.js';

/** The photos and receipts of an initiative. */
@PageController('initiatieven/:id/bestanden')
export class InitiativeFilePagesController {
  constructor(private readonly files: InitiativeFiles) {}

  @Page('', 'budgets.write')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const view = await this.files.view(id, page.caller, rejected);
    return page.show('budget/pages/initiative-files', { ...view, problem: rejected?.problem });
  }

  @FormPost('', 'budgets.write')
  @TakesFiles()
  async add(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin(form, id);
    const { name } = await this.files.add(id, form.upload, form.caller);
    return form.goOn(`/initiatieven/${id}/bestanden`, FILE_TOLD.added(name));
  }

  @FormPost(':fileId/verwijderen', 'budgets.write')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('fileId') fileId: string) {
    this.begin(form, id);
    await this.files.remove(id, fileId, form.version, form.caller);
    return form.goOn(`/initiatieven/${id}/bestanden`, FILE_TOLD.removed);
  }

  @FormPost(':fileId/openbaar', 'budgets.write')
  async publish(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('fileId') fileId: string) {
    this.begin(form, id);
    const isPublic = form.fields.isPublic === 'ja';
    const { name } = await this.files.change(id, fileId, { isPublic, version: form.version }, form.caller);
    const words = FILE_TOLD.published(name, isPublic);
    return form.goOn(`/initiatieven/${id}/bestanden`, words);
  }

  private begin(form: SubmittedForm, id: string): void {
    form.ifRejected(FILE_FORM, (rejected) => this.show(form, id, rejected));
  }
}
