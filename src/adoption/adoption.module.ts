import { Module } from '@nestjs/common';
import { MinutesModule } from '../minutes/minutes.module.js';
import { AdoptionController } from './adoption.controller.js';
import { Adoption } from './adoption.service.js';
import { MinutesToAdopt } from './minutes-to-adopt.service.js';
import { Remarks } from './remarks.service.js';

@Module({
  imports: [MinutesModule],
  controllers: [AdoptionController],
  providers: [Adoption, MinutesToAdopt, Remarks],
  exports: [Adoption, MinutesToAdopt, Remarks],
})
export class AdoptionModule {}
