import { Module } from '@nestjs/common';
import { AdministrationModule } from '../../administration/pages/administration.module.js';
import { OpgavenModule } from '../../goals/opgaven/opgaven.module.js';
import { PagesModule } from '../../web/pages.module.js';
import { QuarterlyResultsModule } from '../../wijkagenda/quarterly-results/quarterly-results.module.js';
import { RatingsModule } from '../ratings/ratings.module.js';
import { ReviewsModule } from '../reviews.module.js';
import { QuarterlyPagesController } from '../../wijkagenda/quarterly-results/quarterly-pages.controller.js';
import { RatingPagesController } from './rating-pages.controller.js';
import { ReviewFilesController } from './review-files.controller.js';
import { ReviewPagesController } from './review-pages.controller.js';
import { ReviewPages } from './review-pages.service.js';

/** The yearly review, the results of a quarter and the rating of the collaboration, on pages. */
@Module({
  imports: [AdministrationModule, OpgavenModule, PagesModule, QuarterlyResultsModule, RatingsModule, ReviewsModule],
  controllers: [ReviewPagesController, ReviewFilesController, QuarterlyPagesController, RatingPagesController],
  providers: [ReviewPages],
})
export class ReviewPagesModule {}
