import type { FastifyReply } from 'fastify';
import type { Human } from '../platform/access/caller.js';
import type { RequestWithSession } from '../identity/session-cookie.js';
import { contentTypeOf } from '../platform/common/accept.js';
import type { Format } from '../platform/common/media-types.js';
import type { IncomingForm, RequestWithFiles } from '../platform/common/form-files.js';
import type { Page } from '../platform/common/paging.js';
import type { PageView } from '../platform/rendering/page-frame.js';
import { type Fields, fieldsOf, formProblemOf, type FormWords, type RejectedForm, valuesOf } from './forms.js';
import type { Exchange, Pages } from './pages.service.js';
import { type RecordView, type RegisterView, toRegister, versionIn } from './records.rules.js';

/** One request for a page: the caller, the request, and the response in progress. */
export class PageContext implements Exchange {
  constructor(
    readonly request: RequestWithSession,
    readonly reply: FastifyReply,
    private readonly pages: Pages,
  ) {}

  /** The caller, a person: clients get no pages. On public pages there may be none: then use `request.caller`. */
  get caller(): Human {
    return this.request.caller as Human;
  }

  /** The URL path, without the query. */
  get path(): string {
    return this.request.url.split('?', 1)[0];
  }

  /** The URL query, as form fields. */
  get query(): Fields {
    return fieldsOf(this.request.query);
  }

  /** The HTML of a page: `home/pages/my-actions`. A page with a problem gets the problem's status. */
  show<View extends PageView>(template: string, view: View, status?: number): string {
    return this.pages.show(this, template, view, status);
  }

  /** The page of one record: its form, facts and sections. */
  showRecord(view: RecordView, rejected?: RejectedForm): string {
    return this.show('web/pages/record', { ...view, problem: rejected?.problem });
  }

  /** A searchable, paginated list. */
  showRegister<T>(found: Page<T>, view: RegisterView<T>): string {
    return this.show('web/pages/register', toRegister(found, view, this.path, this.query));
  }

  /** Redirects to another page (303), which shows the notice once; as a warning if nothing was saved. */
  goOn(path: string, notice?: string, isWarning = false): string {
    return this.pages.goOn(this, path, notice, isWarning);
  }

  /** Whether this page shows the notice of what was just done. */
  get hasNotice(): boolean {
    return this.pages.hasNotice(this);
  }

  /** Shows a notice on the next page. */
  sayNext(notice: string): void {
    this.pages.sayNext(this, notice);
  }

  /** Identifies the visitor of a public page, if signed in. */
  recognise(): Promise<void> {
    return this.pages.recognise(this);
  }

  /** Sends the response as a download with this file name. */
  attach(format: Format, name: string): void {
    void this.reply.type(contentTypeOf(format)).header('Content-Disposition', `attachment; filename="${name}"`);
  }
}

/** A page, or an object for one of our scripts. */
type Answer = string | object;

/** A submitted form, and the page that answers it. */
export class SubmittedForm extends PageContext {
  readonly fields: Fields = fieldsOf(this.request.body);
  private again?: (error: unknown) => Answer | Promise<Answer>;

  /** The version of the record on which the form is based. */
  get version(): number {
    return versionIn(this.fields);
  }

  /** All values of a field that may occur several times: checkboxes. */
  values(name: string): string[] {
    return valuesOf(this.request.body, name);
  }

  /** The bytes of an uploaded file; undefined if there is none or it is empty. */
  file(name: string): Buffer | undefined {
    const file = (this.request.body as Record<string, unknown> | null)?.[name];
    return Buffer.isBuffer(file) && file.length > 0 ? file : undefined;
  }

  /** The files submitted with the form, unread: the service that stores them reads the streams. */
  get upload(): IncomingForm | undefined {
    return (this.request as RequestWithFiles).incoming;
  }

  /**
   * From here on, if the API rejects the input, `again` answers instead: it shows the form again with what was typed
   * and with these messages.
   */
  ifRejected(words: FormWords, again: (rejected: RejectedForm) => Answer | Promise<Answer>): void {
    this.again = (error) => again({ fields: this.fields, problem: formProblemOf(error, words) });
  }

  /** Answers after an error; rethrows it if no form is to be shown again: it gets a page of its own. */
  answerTo(error: unknown): Answer | Promise<Answer> {
    if (!this.again) throw error;
    return this.again(error);
  }
}
