import { Module } from '@nestjs/common';
import { ActionsModule } from '../actions/actions.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { DigestsModule } from '../digests/digests.module.js';
import { AnswerPages } from './answer-pages.service.js';
import { AnswerController } from './answer.controller.js';
import { DecisionController } from './decision.controller.js';
import { Decisions } from './decisions.service.js';
import { MessagePage } from './message-page.js';
import { UnsubscribingController } from './unsubscribing.controller.js';
import { Unsubscribing } from './unsubscribing.service.js';

@Module({
  imports: [ActionsModule, DigestsModule, AuthModule],
  controllers: [AnswerController, DecisionController, UnsubscribingController],
  providers: [AnswerPages, Decisions, Unsubscribing, MessagePage],
})
export class PagesModule {}
