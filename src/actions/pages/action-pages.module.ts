import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions.module.js';
import { AdministrationModule } from '../../administration/pages/administration.module.js';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { EscalationsModule } from '../escalations/escalations.module.js';
import { PagesModule } from '../../web/pages.module.js';
import { ActionPageController } from './action-page.controller.js';
import { ActionPages } from './action-page.service.js';
import { NewActionController } from './new-action.controller.js';

/** The page of one action, and of a new one between sessions. */
@Module({
  imports: [ActionsModule, AdministrationModule, AreasModule, EscalationsModule, PagesModule],
  controllers: [NewActionController, ActionPageController],
  providers: [ActionPages],
})
export class ActionPagesModule {}
