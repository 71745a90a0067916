import { Module } from '@nestjs/common';
import { MinutesModule } from '../minutes.module.js';
import { MinutesPapers } from './minutes-papers.service.js';
import { MinutesController } from './minutes.controller.js';

@Module({
  imports: [MinutesModule],
  controllers: [MinutesController],
  providers: [MinutesPapers],
  exports: [MinutesPapers],
})
export class DocumentsModule {}
