import { QuestionPages } from '../../questions/pages/question-pages.service.js';
import { CreateQuestionDto, SettleQuestionDto } from '../../questions/questions.dto.js';
import { TableQuestions } from '../../questions/table-questions.service.js';
import { outcomeWords } from '../../questions/words.js';
import { type Fields, toInput } from '../../web/forms.js';
import { PageContext, SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { Sessions } from '../planning/sessions.service.js';
import { SessionForms } from './session-forms.service.js';

const AT = 'deel-vragen';

/** Recording questions during a session, and their outcomes. */
@PageController('vergaderingen/:id/vragen')
export class QuestionFormsController {
  constructor(
    private readonly forms: SessionForms,
    private readonly sessions: Sessions,
    private readonly questions: TableQuestions,
    private readonly pages: QuestionPages,
  ) {}

  @FormPost('', 'sessions.write')
  async record(@Submitted() form: SubmittedForm, @PathId() id: string) {
    this.forms.begin(form, id, 'nieuwe-vraag');
    const { areaId } = await this.sessions.read(id, form.caller);
    const { title, requestedById } = form.fields;
    const asked = { areaId, title, ...(requestedById && { requestedById }) };
    await this.questions.record(id, toInput(CreateQuestionDto, asked, ['title']), form.caller);
    return this.forms.done(form, id, AT, `Vastgelegd: ${title}.`);
  }

  /**
   * "Agendapunt" puts it on today's agenda; an answer, a reason, a recipient or an action come from the form below it.
   */
  @FormPost(':questionId', 'sessions.write')
  async settle(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('questionId') questionId: string) {
    this.begin(form, id, questionId);
    const actionId = await this.pages.actionId(form.fields.actionId ?? '', form.caller);
    const input = toInput(SettleQuestionDto, wanted(form.fields, id, actionId), ['outcome']);
    const { title, outcome } = await this.questions.settle(id, questionId, input, form.version, form.caller);
    return this.forms.done(form, id, AT, `${title}: ${outcomeWords(outcome)}.`);
  }

  @FormPost(':questionId/ongedaan', 'sessions.write')
  async undo(@Submitted() form: SubmittedForm, @PathId() id: string, @PathId('questionId') questionId: string) {
    this.begin(form, id, questionId);
    const { title } = await this.questions.undo(id, questionId, form.version, form.caller);
    return this.forms.done(form, id, AT, `Ongedaan gemaakt: ${title}.`);
  }

  private begin(form: SubmittedForm & PageContext, id: string, questionId: string): void {
    this.forms.begin(form, id, `vraag-${questionId}`);
  }
}

/** One field serves as answer, reason and recipient. */
function wanted({ outcome, answer }: Fields, sessionId: string, actionId: string | undefined) {
  if (outcome === 'agenda_item') return { outcome, onAgendaOfId: sessionId };
  if (outcome === 'action') return { outcome, ...(actionId && { actionId }) };
  return { outcome, ...(answer && (outcome === 'passed_on' ? { passedTo: answer } : { answer })) };
}
