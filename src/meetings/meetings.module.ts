import { Module } from '@nestjs/common';
import { SessionHooks } from './session-hooks.js';

@Module({ providers: [SessionHooks], exports: [SessionHooks] })
export class MeetingsModule {}
