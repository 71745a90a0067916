import { TakesFiles } from '../../platform/common/form-files.js';
import { FILE_FORM, FILE_TOLD } from '../../files/words.js';
import type { PageContext, SubmittedForm } from '../../web/page-context.js';
import { RedactFileDto } from '../../files/files.dto.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { ItemFiles } from './item-files.service.js';

/** The papers of an agenda item. */
@PageController('agendapunten/:id')
export class ItemFilePagesController {
  constructor(private readonly files: ItemFiles) {}

  @Page('stukken', 'sessions.read')
  async show(@CurrentPage() page: PageContext, @PathId() id: string, rejected?: RejectedForm): Promise<string> {
    const view = await this.files.view(id, page.caller, rejected);
    return page.show('meetings/pages/item-files', { ...view, problem: rejected?.problem });
  }

  @FormPost('bestanden', 'agenda.propose')
  @TakesFiles()
  async add(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin(form, id);
    const { name } = await this.files.add(id, form.upload, form.caller);
    return form.goOn(`/agendapunten/${id}/stukken`, FILE_TOLD.added(name));
  }

  @FormPost('bestanden/:fileId/verwijderen', 'agenda.propose')
  async remove(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('fileId') fileId: string) {
    this.begin(form, id);
    await this.files.remove(id, fileId, form.version, form.caller);
    return form.goOn(`/agendapunten/${id}/stukken`, 'Het stuk is verwijderd.');
  }

  @FormPost('bestanden/:fileId/weglakken', 'minutes.redact')
  async redact(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('fileId') fileId: string) {
    this.begin(form, id);
    const { ground } = toInput(RedactFileDto, form.fields, ['ground']);
    await this.files.redact(id, fileId, ground, form.version, form.caller);
    return form.goOn(`/agendapunten/${id}/stukken`, 'Het stuk is weggelakt.');
  }

  private begin(form: SubmittedForm, id: string): void {
    form.ifRejected(FILE_FORM, (rejected) => this.show(form, id, rejected));
  }
}
