import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { NotInDocument } from '../../platform/common/describe.js';
import { type Caller, CurrentCaller } from '../../platform/access/caller.js';
import { Requires } from '../../platform/access/requires.js';
import { IdPipe } from '../../platform/common/ids.js';
import { AnswerGoalDto } from '../agreements.dto.js';
import { Agreements } from '../agreements.service.js';
import { DecideCourseDto } from '../courses.dto.js';
import { Courses } from '../courses.service.js';
import { JudgeDto } from '../../actions/judgements/judgements.dto.js';
import { GoalFeedback } from '../goal-feedback.service.js';
import { MeasureDto } from '../measurements.dto.js';
import { Measurements } from '../measurements.service.js';
import { AddLineDto } from '../party-lines.dto.js';
import { type Fields, fieldsOf, toInput } from '../../web/forms.js';
import { Pages } from '../../web/pages.service.js';
import { CurrentVisit, type Visit } from '../../web/visit.js';
import { GOAL_WORDS, numberIn } from './goal-form.rules.js';
import { GoalPages, GOALS, type TriedPart } from './goal-pages.service.js';

/** The forms below a goal: measuring, its course, agreeing, judging, a line. */
@NotInDocument()
@Controller('doelen/:id')
export class GoalPartPagesController {
  constructor(
    private readonly pages: Pages,
    private readonly goal: GoalPages,
    private readonly agreements: Agreements,
    private readonly measurements: Measurements,
    private readonly courses: Courses,
    private readonly feedback: GoalFeedback,
  ) {}

  @Post('meting')
  @HttpCode(200)
  @Requires('goals.write')
  measure(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.take('meting', visit, caller, id, body, ({ value = '', ...fields }) =>
      this.measurements.measure(id, toInput(MeasureDto, { ...fields, value: numberIn(value) }), caller),
    );
  }

  @Post('koers')
  @HttpCode(200)
  @Requires('goals.write')
  decide(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.take('koers', visit, caller, id, body, (fields) =>
      this.courses.decide(id, toInput(DecideCourseDto, fields), caller),
    );
  }

  @Post('instemming')
  @HttpCode(200)
  @Requires('goals.agree')
  agree(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.take('instemming', visit, caller, id, body, ({ agrees = '', ...fields }) => {
      const answer = agrees === 'ja' ? true : agrees === 'nee' ? false : agrees;
      return this.agreements.answer(id, toInput(AnswerGoalDto, { ...fields, agrees: answer }), caller);
    });
  }

  @Post('oordeel')
  @HttpCode(200)
  @Requires('goals.judge')
  judge(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.take('oordeel', visit, caller, id, body, (fields) =>
      this.feedback.judge(id, toInput(JudgeDto, fields), caller),
    );
  }

  @Post('regel')
  @HttpCode(200)
  @Requires('goals.judge')
  write(
    @CurrentVisit() visit: Visit,
    @CurrentCaller() caller: Caller,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.take('regel', visit, caller, id, body, (fields) =>
      this.feedback.addLine(id, toInput(AddLineDto, fields), caller),
    );
  }

  private async take(
    part: TriedPart['part'],
    visit: Visit,
    caller: Caller,
    id: string,
    body: unknown,
    save: (fields: Fields) => Promise<unknown>,
  ): Promise<string> {
    const fields = fieldsOf(body);
    return this.pages.take(
      visit,
      GOAL_WORDS,
      async () => {
        await save(fields);
        return { path: `${GOALS}/${id}`, notice: `Opgeslagen: ${part}.` };
      },
      async (problem) =>
        this.pages.show(visit, 'goals/pages/goal', await this.goal.view(id, caller, { part, fields, problem })),
      (field) => `${part}-${field}`,
    );
  }
}
