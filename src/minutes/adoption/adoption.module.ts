import { Module } from '@nestjs/common';
import { ActionsModule } from '../../actions/actions.module.js';
import { MinutesModule } from '../minutes.module.js';
import { ActionTitles } from './action-titles.service.js';
import { AdoptionController } from './adoption.controller.js';
import { Adoption } from './adoption.service.js';
import { MinutesToAdopt } from './minutes-to-adopt.service.js';
import { Remarks } from './remarks.service.js';

@Module({
  imports: [ActionsModule, MinutesModule],
  controllers: [AdoptionController],
  providers: [Adoption, ActionTitles, MinutesToAdopt, Remarks],
  exports: [Adoption, MinutesToAdopt, Remarks],
})
export class AdoptionModule {}
