import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { WebModule } from '../web/web.module.js';
import { Agreements } from './agreements.service.js';
import { Courses } from './courses.service.js';
import { GoalPartsController } from './goal-parts.controller.js';
import { GoalsController } from './goals.controller.js';
import { GoalFeedback } from './goal-feedback.service.js';
import { Goals } from './goals.service.js';
import { Measurements } from './measurements.service.js';
import { OpgavenController } from './opgaven/opgaven.controller.js';
import { Opgaven } from './opgaven/opgaven.service.js';
import { OwnFigures } from './own-figures.js';
import { PartyLines } from './party-lines.service.js';
import { GoalSurroundings } from './pages/goal-surroundings.service.js';
import { GoalPagesController } from './pages/goal-pages.controller.js';
import { GoalPages } from './pages/goal-pages.service.js';
import { GoalPartPagesController } from './pages/goal-part-pages.controller.js';

/** SMART goals and the opgaven they serve. */
@Module({
  imports: [DirectoryModule, WebModule, ActionsModule],
  controllers: [GoalsController, GoalPartsController, OpgavenController, GoalPagesController, GoalPartPagesController],
  providers: [
    Goals,
    Agreements,
    Measurements,
    Courses,
    GoalFeedback,
    PartyLines,
    OwnFigures,
    Opgaven,
    GoalPages,
    GoalSurroundings,
  ],
  exports: [Goals, Agreements, Measurements, Courses, GoalFeedback, PartyLines, OwnFigures, Opgaven],
})
export class GoalsModule {}
