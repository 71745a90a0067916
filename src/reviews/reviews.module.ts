import { Module } from '@nestjs/common';
import { AreasModule } from '../areas/areas.module.js';
import { FiguresModule } from '../figures/figures.module.js';
import { RatingsModule } from '../ratings/ratings.module.js';
import { ReviewCases } from './review-cases.service.js';
import { ReviewComposing } from './review-composing.service.js';
import { ReviewsController } from './reviews.controller.js';
import { Reviews } from './reviews.service.js';

@Module({
  imports: [AreasModule, FiguresModule, RatingsModule],
  controllers: [ReviewsController],
  providers: [Reviews, ReviewCases, ReviewComposing],
  exports: [Reviews],
})
export class ReviewsModule {}
