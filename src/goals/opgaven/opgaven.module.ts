import { Module } from '@nestjs/common';
import { GoalsModule } from '../goals.module.js';
import { OpgavenController } from './opgaven.controller.js';
import { Opgaven } from './opgaven.service.js';

@Module({ imports: [GoalsModule], controllers: [OpgavenController], providers: [Opgaven], exports: [Opgaven] })
export class OpgavenModule {}
