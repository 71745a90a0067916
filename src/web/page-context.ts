import type { FastifyReply } from 'fastify';
import type { Caller } from '../platform/access/caller.js';
import type { RequestWithSession } from '../identity/session-cookie.js';
import { contentTypeOf, type Format } from '../platform/common/accept.js';
import type { Page } from '../platform/common/paging.js';
import type { PageView } from '../platform/rendering/page-frame.js';
import { type Fields, fieldsOf, formProblemOf, type FormWords, type RejectedForm, valuesOf } from './forms.js';
import type { Exchange, Pages } from './pages.service.js';
import { type RecordView, type RegisterView, toRegister, versionIn } from './records.rules.js';

/** One request for a page: who asks, what is asked, and the answer that is being made. */
export class PageContext implements Exchange {
  constructor(
    readonly request: RequestWithSession,
    readonly reply: FastifyReply,
    private readonly pages: Pages,
  ) {}

  /** Who asks. Only on a page for everyone there may be nobody: `request.caller` knows. */
  get caller(): Caller {
    return this.request.caller!;
  }

  /** The address without its query. */
  get path(): string {
    return this.request.url.split('?', 1)[0];
  }

  /** What stands in the query of the address, as the fields of a form. */
  get query(): Fields {
    return fieldsOf(this.request.query);
  }

  /** The HTML of a page: `home/pages/my-actions`. A page with a problem has the status of the problem. */
  show<View extends PageView>(template: string, view: View, status?: number): string {
    return this.pages.show(this, template, view, status);
  }

  /** One record with its form, what is known of it, and what belongs to it. */
  showRecord(view: RecordView, rejected?: RejectedForm): string {
    return this.show('web/pages/record', { ...view, problem: rejected?.problem });
  }

  /** A list to search and page through. */
  showRegister<T>(found: Page<T>, view: RegisterView<T>): string {
    return this.show('web/pages/register', toRegister(found, view, this.path, this.query));
  }

  /** On to another page (303), which says the notice once. */
  goOn(path: string, notice?: string): string {
    return this.pages.goOn(this, path, notice);
  }

  /** Says something on the page that comes next. */
  sayNext(notice: string): void {
    this.pages.sayNext(this, notice);
  }

  /** Finds out who asks for a page for everyone: nobody has to be signed in. */
  recognise(): Promise<void> {
    return this.pages.recognise(this);
  }

  /** Announces a file to be kept under this name. */
  attach(format: Format, name: string): void {
    void this.reply.type(contentTypeOf(format)).header('Content-Disposition', `attachment; filename="${name}"`);
  }
}

/** A page; for a script of ours an object. */
type Answer = string | object;

/** A form that was posted, and the page that answers it. */
export class SubmittedForm extends PageContext {
  readonly fields: Fields = fieldsOf(this.request.body);
  private again?: (error: unknown) => Answer | Promise<Answer>;

  /** The version of the record that the form was made of. */
  get version(): number {
    return versionIn(this.fields);
  }

  /** All values of a field that may stand in the form more than once: checkboxes. */
  values(name: string): string[] {
    return valuesOf(this.request.body, name);
  }

  /** The bytes of a file that was sent along; undefined when none was, or an empty one. */
  file(name: string): Buffer | undefined {
    const file = (this.request.body as Record<string, unknown> | null)?.[name];
    return Buffer.isBuffer(file) && file.length > 0 ? file : undefined;
  }

  /**
   * From here on, when the API refuses what the form asks, `again` answers instead: the form with what was typed and, in
   * these words, what is wrong.
   */
  ifRejected(words: FormWords, again: (rejected: RejectedForm) => Answer | Promise<Answer>): void {
    this.again = (error) => again({ fields: this.fields, problem: formProblemOf(error, words) });
  }

  /** Answers after an error; one that no form is shown again for becomes a page of its own. */
  answerTo(error: unknown): Answer | Promise<Answer> {
    if (!this.again) throw error;
    return this.again(error);
  }
}
