import { isPermittedIn } from '../../platform/access/access.rules.js';
import { Areas } from '../../directory/areas/areas.service.js';
import { CreateRemarkDto } from '../adoption/remarks.dto.js';
import { Remarks } from '../adoption/remarks.service.js';
import { minutesDocx } from '../documents/minutes-docx.js';
import { fileNameOf, toDocument } from '../documents/minutes-document.rules.js';
import { minutesPdf } from '../documents/minutes-pdf.js';
import { MinutesService } from '../minutes.service.js';
import { MinutesLists } from './minutes-lists.service.js';
import { RemarkForms } from './remark-forms.service.js';
import { REMARK_WORDS } from '../words.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { pageIn, pagesOf } from '../../web/paging.rules.js';
import { type RejectedForm, toInput } from '../../web/forms.js';
import { CurrentPage, FormPost, Page, PageController, PathId, Submitted } from '../../web/page-kit.js';

const PAGE_SIZE = 25;

/** The minutes of an area, and one of them as page, PDF or Word document. */
@PageController()
export class MinutesPagesController {
  constructor(
    private readonly areas: Areas,
    private readonly lists: MinutesLists,
    private readonly minutes: MinutesService,
    private readonly remarks: Remarks,
    private readonly remarkForms: RemarkForms,
  ) {}

  @Page('gebieden/:id/verslagen', 'minutes.read')
  async list(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    const number = pageIn(page.query.pagina);
    const { name } = await this.areas.read(id);
    const { items, total } = await this.lists.of(id, page.caller, number, PAGE_SIZE);
    return page.show('minutes/pages/minutes-list', {
      title: `Verslagen ${name}`,
      area: { id, name },
      minutes: items,
      isOfSeveral: items.some(({ areaName }) => areaName !== name),
      pages: pagesOf(total, number, PAGE_SIZE, (wanted) => `/gebieden/${id}/verslagen?pagina=${wanted}`),
    });
  }

  @Page('verslagen/:id', 'minutes.read')
  async read(@CurrentPage() page: PageContext, @PathId() id: string): Promise<string> {
    return this.show(page, id);
  }

  @FormPost('verslagen/:id/opmerkingen', 'minutes.remark')
  async remark(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    form.ifRejected(REMARK_WORDS, (rejected) => this.show(form, id, rejected));
    const { text, itemNumber, isObjection } = form.fields;
    const input = { text, itemNumber, isObjection: isObjection === 'ja' };
    await this.remarks.add(id, toInput(CreateRemarkDto, input, ['text']), form.caller);
    return form.goOn(`/verslagen/${id}#opmerkingen`, 'Uw opmerking staat bij het verslag.');
  }

  private async show(page: PageContext, id: string, rejected?: RejectedForm): Promise<string> {
    const view = await this.minutes.read(id, page.caller);
    const { area } = view;
    return page.show('minutes/pages/minutes', {
      ...toDocument(view),
      id,
      areaId: area.id,
      areaName: area.name,
      mayRedact: view.state !== 'concept' && isPermittedIn(page.caller, 'minutes.redact', area.id),
      remarks: await this.remarkForms.of(view, page.caller, rejected),
      problem: rejected?.problem,
    });
  }

  @Page('verslagen/:id/verslag.pdf', 'minutes.read')
  async pdf(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Buffer> {
    const view = await this.minutes.read(id, page.caller);
    page.attach('pdf', fileNameOf(view, 'pdf'));
    return minutesPdf(toDocument(view));
  }

  @Page('verslagen/:id/verslag.docx', 'minutes.read')
  async docx(@CurrentPage() page: PageContext, @PathId() id: string): Promise<Buffer> {
    const view = await this.minutes.read(id, page.caller);
    page.attach('docx', fileNameOf(view, 'docx'));
    return minutesDocx(toDocument(view));
  }
}
