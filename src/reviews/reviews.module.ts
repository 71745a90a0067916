import { Module } from '@nestjs/common';
import { AreasModule } from '../directory/areas/areas.module.js';
import { FiguresModule } from '../wijkagenda/figures/figures.module.js';
import { RatingsModule } from './ratings/ratings.module.js';
import { PublishedReviewsController } from './published-reviews.controller.js';
import { PublicReviewsController } from './public-reviews.controller.js';
import { ReviewCases } from './review-cases.service.js';
import { ReviewComposing } from './review-composing.service.js';
import { ReviewDocuments } from './documents/review-documents.service.js';
import { ReviewDraftMail } from './review-draft-mail.service.js';
import { ReviewDraftPages } from './review-draft-pages.service.js';
import { ReviewPublication } from './review-publication.service.js';
import { ReviewStatesController } from './review-states.controller.js';
import { ReviewVoice } from './review-voice.service.js';
import { ReviewsController } from './reviews.controller.js';
import { Reviews } from './reviews.service.js';

@Module({
  imports: [AreasModule, FiguresModule, RatingsModule],
  controllers: [ReviewsController, ReviewStatesController, PublishedReviewsController, PublicReviewsController],
  providers: [
    Reviews,
    ReviewCases,
    ReviewComposing,
    ReviewDocuments,
    ReviewVoice,
    ReviewDraftMail,
    ReviewDraftPages,
    ReviewPublication,
  ],
  exports: [Reviews, ReviewCases, ReviewDocuments, ReviewVoice, ReviewPublication],
})
export class ReviewsModule {}
