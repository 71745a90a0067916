import { Module } from '@nestjs/common';
import { ActionFigures } from './action-figures.service.js';
import { Collaboration } from './collaboration.service.js';
import { FigureCases } from './figure-cases.service.js';
import { FiguresService } from './figures.service.js';

@Module({
  providers: [ActionFigures, Collaboration, FigureCases, FiguresService],
  exports: [FigureCases, FiguresService],
})
export class FiguresModule {}
