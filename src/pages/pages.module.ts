import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { DigestsModule } from '../digests/digests.module.js';
import { AnswerPages } from './answer-pages.service.js';
import { AnswerController } from './answer.controller.js';
import { AssetsController } from './assets.controller.js';
import { MessagePage } from './message-page.js';
import { UnsubscribingController } from './unsubscribing.controller.js';
import { Unsubscribing } from './unsubscribing.service.js';

@Module({
  imports: [DigestsModule, AuthModule],
  controllers: [AnswerController, UnsubscribingController, AssetsController],
  providers: [AnswerPages, Unsubscribing, MessagePage],
})
export class PagesModule {}
