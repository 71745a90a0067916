import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.js';
import { Agreements } from './agreements.service.js';
import { Courses } from './courses.service.js';
import { GoalPartsController } from './goal-parts.controller.js';
import { GoalsController } from './goals.controller.js';
import { Goals } from './goals.service.js';
import { Judgements } from './judgements.service.js';
import { Measurements } from './measurements.service.js';
import { OpgavenController } from './opgaven.controller.js';
import { Opgaven } from './opgaven.service.js';
import { OwnFigures } from './own-figures.js';

@Module({
  imports: [AreasModule],
  controllers: [GoalsController, GoalPartsController, OpgavenController],
  providers: [Goals, Agreements, Measurements, Courses, Judgements, Opgaven, OwnFigures],
  exports: [Goals, Judgements, Opgaven, OwnFigures],
})
export class GoalsModule {}
