import { AnswerGoalDto } from '../agreements.dto.js';
import { Agreements } from '../agreements.service.js';
import { DecideCourseDto } from '../courses.dto.js';
import { Courses } from '../courses.service.js';
import { JudgeDto } from '../../actions/judgements/judgements.dto.js';
import { GoalFeedback } from '../goal-feedback.service.js';
import { MeasureDto } from '../measurements.dto.js';
import { Measurements } from '../measurements.service.js';
import { AddLineDto } from '../party-lines.dto.js';
import { toInput } from '../../web/forms.js';
import { SubmittedForm } from '../../web/page-context.js';
import { FormPost, PageController, PathId, Submitted } from '../../web/page-kit.js';
import { numberIn } from './goal-form.rules.js';
import { GOAL_WORDS } from '../words.js';
import { GoalPages, GOALS } from './goal-pages.service.js';
import type { GoalPart } from './goal-parts.rules.js';

/** The forms below a goal: measurement, course, agreement, judgement, line. */
@PageController('doelen/:id')
export class GoalPartPagesController {
  constructor(
    private readonly goal: GoalPages,
    private readonly agreements: Agreements,
    private readonly measurements: Measurements,
    private readonly courses: Courses,
    private readonly feedback: GoalFeedback,
  ) {}

  @FormPost('meting', 'goals.write')
  async measure(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('meting', form, id);
    const { value = '', ...fields } = form.fields;
    const input = toInput(MeasureDto, { ...fields, value: numberIn(value) });
    await this.measurements.measure(id, input, form.caller);
    return form.goOn(`${GOALS}/${id}`, 'Opgeslagen: meting.');
  }

  @FormPost('koers', 'goals.write')
  async decide(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('koers', form, id);
    await this.courses.decide(id, toInput(DecideCourseDto, form.fields), form.caller);
    return form.goOn(`${GOALS}/${id}`, 'Opgeslagen: koers.');
  }

  @FormPost('instemming', 'goals.agree')
  async agree(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('instemming', form, id);
    const { agrees, ...fields } = form.fields;
    const answer = agrees === 'ja' ? true : agrees === 'nee' ? false : agrees;
    await this.agreements.answer(id, toInput(AnswerGoalDto, { ...fields, agrees: answer }), form.caller);
    return form.goOn(`${GOALS}/${id}`, 'Opgeslagen: instemming.');
  }

  @FormPost('oordeel', 'goals.judge')
  async judge(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('oordeel', form, id);
    await this.feedback.judge(id, toInput(JudgeDto, form.fields), form.caller);
    return form.goOn(`${GOALS}/${id}`, 'Opgeslagen: oordeel.');
  }

  @FormPost('regel', 'goals.judge')
  async write(@Submitted() form: SubmittedForm, @PathId() id: string): Promise<string> {
    this.begin('regel', form, id);
    await this.feedback.addLine(id, toInput(AddLineDto, form.fields), form.caller);
    return form.goOn(`${GOALS}/${id}`, 'Opgeslagen: regel.');
  }

  /** Each form is on the page of the goal, under its own name. */
  private begin(part: GoalPart, form: SubmittedForm, id: string): void {
    form.ifRejected({ ...GOAL_WORDS, idOf: (field) => `${part}-${field}` }, async (rejected) =>
      form.show('goals/pages/goal', await this.goal.view(id, form.caller, { part, ...rejected })),
    );
  }
}
