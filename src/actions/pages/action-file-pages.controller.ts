import { FILE_FORM, FILE_TOLD } from '../../files/words.js';
import { TakesFiles } from '../../platform/common/form-files.js';
import type { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { ActionScreen } from './action-screen.service.js';
import { ActionFiles } from '../files/action-files.service.js';

/** The forms for the files of an action; they are part of its page. */
@PageController('acties/:id/bestanden')
export class ActionFilePagesController {
  constructor(
    private readonly files: ActionFiles,
    private readonly screen: ActionScreen,
  ) {}

  @FormPost('', 'actions.answer')
  @TakesFiles()
  async add(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin(form, id);
    const { name } = await this.files.add(id, form.upload, form.caller);
    return form.goOn(`/acties/${id}#bestanden`, FILE_TOLD.added(name));
  }

  @FormPost(':fileId/verwijderen', 'actions.answer')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('fileId') fileId: string) {
    this.begin(form, id);
    await this.files.remove(id, fileId, form.version, form.caller);
    return form.goOn(`/acties/${id}#bestanden`, FILE_TOLD.removed);
  }

  @FormPost(':fileId/openbaar', 'actions.write')
  async publish(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('fileId') fileId: string) {
    this.begin(form, id);
    const isPublic = form.fields.isPublic === 'ja';
    const change = { isPublic, version: form.version };
    const { name } = await this.files.change(id, fileId, change, form.caller);
    return form.goOn(`/acties/${id}#bestanden`, FILE_TOLD.published(name, isPublic));
  }

  private begin(form: SubmittedForm, id: string): void {
    form.ifRejected(FILE_FORM, (rejected) => this.screen.show(form, id, { part: 'bestanden', ...rejected }));
  }
}
