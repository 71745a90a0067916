import { Module } from '@nestjs/common';
import { ActionFigures } from './action-figures.service.js';
import { Collaboration } from './collaboration.service.js';
import { FiguresService } from './figures.service.js';

@Module({ providers: [ActionFigures, Collaboration, FiguresService], exports: [FiguresService] })
export class FiguresModule {}
