import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../platform/access/caller.js';
import { Requires } from '../platform/access/requires.js';
import { Describe } from '../platform/common/describe.js';
import { IdPipe } from '../platform/common/ids.js';
import { PagingDto } from '../platform/common/paging.js';
import { AnswerGoalDto } from './agreements.dto.js';
import { Agreements } from './agreements.service.js';
import { DecideCourseDto } from './courses.dto.js';
import { Courses } from './courses.service.js';
import { JudgeDto } from '../actions/judgements/judgements.dto.js';
import { GoalFeedback } from './goal-feedback.service.js';
import { MeasureDto } from './measurements.dto.js';
import { Measurements } from './measurements.service.js';
import { AddLineDto } from './party-lines.dto.js';

/** The sub-resources of a goal: agreements, measurements, course, judgements, lines of parties. */
@Controller('v1/goals/:id')
export class GoalPartsController {
  constructor(
    private readonly agreements: Agreements,
    private readonly measurements: Measurements,
    private readonly courses: Courses,
    private readonly feedback: GoalFeedback,
  ) {}

  @Get('agreements')
  @Requires('goals.read')
  @Describe('List the answers of the parties')
  listAgreements(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.agreements.list(id, query, caller);
  }

  @Post('agreements')
  @Requires('goals.agree')
  @Describe('Agree or disagree for your organisation; a chair may for any invited one')
  answer(@Param('id', IdPipe) id: string, @Body() input: AnswerGoalDto, @CurrentCaller() caller: Caller) {
    return this.agreements.answer(id, input, caller);
  }

  @Get('measurements')
  @Requires('goals.read')
  @Describe('List measurements, including corrected ones')
  listMeasurements(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.measurements.list(id, query, caller);
  }

  @Post('measurements')
  @Requires('goals.write')
  @Describe('Add a measurement, or correct an earlier one')
  measure(@Param('id', IdPipe) id: string, @Body() input: MeasureDto, @CurrentCaller() caller: Caller) {
    return this.measurements.measure(id, input, caller);
  }

  @Get('course')
  @Requires('goals.read')
  @Describe('Read the course: decided, proposed with reason, and all decisions')
  readCourse(@Param('id', IdPipe) id: string, @CurrentCaller() caller: Caller) {
    return this.courses.read(id, caller);
  }

  @Post('course')
  @Requires('goals.write')
  @Describe('Decide the course; orange and red require cause, consequence and measure')
  decideCourse(@Param('id', IdPipe) id: string, @Body() input: DecideCourseDto, @CurrentCaller() caller: Caller) {
    return this.courses.decide(id, input, caller);
  }

  @Get('judgements')
  @Requires('goals.read')
  @Describe('List the judgements of the parties')
  listJudgements(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.feedback.judgements(id, query, caller);
  }

  @Post('judgements')
  @Requires('goals.judge')
  @Describe('Judge a goal for your organisation')
  judge(@Param('id', IdPipe) id: string, @Body() input: JudgeDto, @CurrentCaller() caller: Caller) {
    return this.feedback.judge(id, input, caller);
  }

  @Get('lines')
  @Requires('goals.read')
  @Describe('List the dated lines of the parties')
  listLines(@Param('id', IdPipe) id: string, @Query() query: PagingDto, @CurrentCaller() caller: Caller) {
    return this.feedback.lines(id, query, caller);
  }

  @Post('lines')
  @Requires('goals.judge')
  @Describe('Add a dated line for your organisation')
  addLine(@Param('id', IdPipe) id: string, @Body() input: AddLineDto, @CurrentCaller() caller: Caller) {
    return this.feedback.addLine(id, input, caller);
  }
}
