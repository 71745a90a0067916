import { Module } from '@nestjs/common';
import { PagesModule } from '../../web/pages.module.js';
import { QuarterlyResultsModule } from '../../wijkagenda/quarterly-results/quarterly-results.module.js';
import { ReviewsModule } from '../../reviews/reviews.module.js';
import { WijkagendaModule } from '../../wijkagenda/wijkagenda.module.js';
import { PublicPagesController } from './public-pages.controller.js';

/** The pages that everyone can read without signing in. */
@Module({
  imports: [PagesModule, QuarterlyResultsModule, ReviewsModule, WijkagendaModule],
  controllers: [PublicPagesController],
})
export class PublicPagesModule {}
