import { Module } from '@nestjs/common';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { MeetingsModule } from '../../meetings/meetings.module.js';
import { OrganisationsModule } from '../../directory/organisations/organisations.module.js';
import { Parties } from '../../meetings/parties.service.js';
import { RatingMail } from './rating-mail.service.js';
import { RatingPageController } from './rating-page.controller.js';
import { RatingRoundsController } from './rating-rounds.controller.js';
import { RatingRounds } from './rating-rounds.service.js';
import { Ratings } from './ratings.service.js';

@Module({
  imports: [AreasModule, MeetingsModule, OrganisationsModule],
  controllers: [RatingRoundsController, RatingPageController],
  providers: [Parties, RatingRounds, Ratings, RatingMail],
  exports: [Parties, RatingRounds],
})
export class RatingsModule {}
