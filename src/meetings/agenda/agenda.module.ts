import { Module } from '@nestjs/common';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { MeetingsModule } from '../meetings.module.js';
import { AgendaItemViews } from './agenda-item-views.service.js';
import { AgendaItemsController } from './agenda-items.controller.js';
import { AgendaItems } from './agenda-items.service.js';
import { Agenda } from './agenda.service.js';
import { DecisionsController } from './decisions.controller.js';
import { Decisions } from './decisions.service.js';

const OFFERED = [Agenda, AgendaItems, AgendaItemViews];

@Module({
  imports: [AreasModule, MeetingsModule],
  controllers: [AgendaItemsController, DecisionsController],
  providers: [...OFFERED, Decisions],
  exports: OFFERED,
})
export class AgendaModule {}
