import { Module } from '@nestjs/common';
import { MinutesModule } from '../minutes/minutes.module.js';
import { MinutesController } from './minutes.controller.js';

@Module({ imports: [MinutesModule], controllers: [MinutesController] })
export class DocumentsModule {}
