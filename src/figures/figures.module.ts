import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.js';
import { GoalsModule } from '../goals/goals.module.js';
import { ActionFigures } from './action-figures.service.js';
import { Collaboration } from './collaboration.service.js';
import { FiguresService } from './figures.service.js';
import { GoalFiguresController } from './goal-figures.controller.js';
import { GoalFigures } from './goal-figures.service.js';

@Module({
  imports: [AreasModule, GoalsModule],
  controllers: [GoalFiguresController],
  providers: [ActionFigures, Collaboration, FiguresService, GoalFigures],
  exports: [FiguresService],
})
export class FiguresModule {}
