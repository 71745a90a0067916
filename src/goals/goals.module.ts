import { Module } from '@nestjs/common';
import { AreasModule } from '../directory/areas/areas.module.js';
import { Agreements } from './agreements.service.js';
import { Courses } from './courses.service.js';
import { GoalPartsController } from './goal-parts.controller.js';
import { GoalsController } from './goals.controller.js';
import { Goals } from './goals.service.js';
import { Judgements } from '../actions/judgements/judgements.service.js';
import { Measurements } from './measurements.service.js';
import { OwnFigures } from './own-figures.js';

@Module({
  imports: [AreasModule],
  controllers: [GoalsController, GoalPartsController],
  providers: [Goals, Agreements, Measurements, Courses, Judgements, OwnFigures],
  exports: [Agreements, Courses, Goals, Judgements, Measurements, OwnFigures],
})
export class GoalsModule {}
