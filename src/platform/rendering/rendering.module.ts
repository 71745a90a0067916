import { Global, Module } from '@nestjs/common';
import { Aside } from './aside.js';
import { AssetsController } from './assets.controller.js';
import { Assets } from './assets.js';
import { PageFrame } from './page-frame.js';
import { Renderer } from './renderer.js';

@Global()
@Module({
  controllers: [AssetsController],
  providers: [Aside, Assets, PageFrame, Renderer],
  exports: [Aside, Assets, PageFrame, Renderer],
})
export class RenderingModule {}
