import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AreasModule } from '../directory/areas/areas.module.js';
import { Agreements } from './agreements.service.js';
import { Courses } from './courses.service.js';
import { GoalPartsController } from './goal-parts.controller.js';
import { GoalsController } from './goals.controller.js';
import { Goals } from './goals.service.js';
import { GoalFeedback } from './goal-feedback.service.js';
import { Measurements } from './measurements.service.js';
import { OwnFigures } from './own-figures.js';
import { PartyLines } from './party-lines.service.js';

@Module({
  imports: [AreasModule, ActionsModule],
  controllers: [GoalsController, GoalPartsController],
  providers: [Goals, Agreements, Measurements, Courses, GoalFeedback, PartyLines, OwnFigures],
  exports: [Agreements, Courses, GoalFeedback, Goals, Measurements, OwnFigures, PartyLines],
})
export class GoalsModule {}
