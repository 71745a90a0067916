import { Module } from '@nestjs/common';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { GoalsModule } from '../../goals/goals.module.js';
import { ActionFigures } from './action-figures.service.js';
import { Collaboration } from './collaboration.service.js';
import { Escalations } from './escalations.service.js';
import { FigureCases } from './figure-cases.service.js';
import { FiguresService } from './figures.service.js';
import { GoalFiguresController } from './goal-figures.controller.js';
import { GoalFigures } from './goal-figures.service.js';
import { YearGoals } from './year-goals.service.js';

@Module({
  imports: [AreasModule, GoalsModule],
  controllers: [GoalFiguresController],
  providers: [ActionFigures, Collaboration, Escalations, FigureCases, FiguresService, GoalFigures, YearGoals],
  exports: [ActionFigures, FigureCases, FiguresService],
})
export class FiguresModule {}
