import { Module } from '@nestjs/common';
import { AreasModule } from '../../directory/areas/areas.module.js';
import { FiguresModule } from '../figures/figures.module.js';
import { RatingsModule } from '../../reviews/ratings/ratings.module.js';
import { PublicQuarterlyResultsController } from './public-quarterly-results.controller.js';
import { QuarterlyResultsController } from './quarterly-results.controller.js';
import { QuarterlyDrafts } from './quarterly-drafts.service.js';
import { QuarterlyResults } from './quarterly-results.service.js';
import { QuarterlySending } from './quarterly-sending.service.js';

@Module({
  imports: [AreasModule, FiguresModule, RatingsModule],
  controllers: [QuarterlyResultsController, PublicQuarterlyResultsController],
  providers: [QuarterlyDrafts, QuarterlyResults, QuarterlySending],
  exports: [QuarterlyResults, QuarterlySending],
})
export class QuarterlyResultsModule {}
