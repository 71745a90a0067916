import { Module } from '@nestjs/common';
import { DirectoryModule } from '../directory/directory.module.js';
import { FilesModule } from '../files/files.module.js';
import { GoalsModule } from '../goals/goals.module.js';
import { ActionsModule } from '../actions/actions.module.js';
import { MeetingsModule } from '../meetings/meetings.module.js';
import { WebModule } from '../web/web.module.js';
import { WijkagendaModule } from '../wijkagenda/wijkagenda.module.js';
import { ReviewDocuments } from './documents/review-documents.service.js';
import { ReviewPhotos } from './documents/review-photos.service.js';
import { RatingPagesController } from './pages/rating-pages.controller.js';
import { ReviewFilesController } from './pages/review-files.controller.js';
import { ReviewPagesController } from './pages/review-pages.controller.js';
import { ReviewPages } from './pages/review-pages.service.js';
import { PublicReviewsController } from './pages/public-reviews.controller.js';
import { PublishedReviewsController } from './published-reviews.controller.js';
import { RatingMail } from './ratings/rating-mail.service.js';
import { RatingPageController } from './ratings/rating-page.controller.js';
import { RatingRoundsController } from './ratings/rating-rounds.controller.js';
import { RatingRounds } from './ratings/rating-rounds.service.js';
import { Ratings } from './ratings/ratings.service.js';
import { ReviewCases } from './review-cases.service.js';
import { ReviewComposing } from './review-composing.service.js';
import { ReviewMail } from './review-mail.service.js';
import { ReviewDraftMail } from './review-draft-mail.service.js';
import { ReviewDraftPages } from './pages/review-draft-pages.service.js';
import { ReviewPublication } from './review-publication.service.js';
import { ReviewStatesController } from './review-states.controller.js';
import { ReviewVoice } from './review-voice.service.js';
import { ReviewsController } from './reviews.controller.js';
import { Reviews } from './reviews.service.js';

/** The yearly review, and the rating of the collaboration. */
@Module({
  imports: [DirectoryModule, WebModule, FilesModule, MeetingsModule, ActionsModule, GoalsModule, WijkagendaModule],
  controllers: [
    RatingRoundsController,
    RatingPageController,
    ReviewsController,
    ReviewStatesController,
    PublishedReviewsController,
    PublicReviewsController,
    ReviewPagesController,
    ReviewFilesController,
    RatingPagesController,
  ],
  providers: [
    RatingRounds,
    Ratings,
    RatingMail,
    Reviews,
    ReviewCases,
    ReviewComposing,
    ReviewDocuments,
    ReviewPhotos,
    ReviewVoice,
    ReviewDraftMail,
    ReviewMail,
    ReviewDraftPages,
    ReviewPublication,
    ReviewPages,
  ],
  exports: [ReviewPublication],
})
export class ReviewsModule {}
