import { Global, Module } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { Renderer } from './renderer.js';

@Global()
@Module({ controllers: [AssetsController], providers: [Renderer], exports: [Renderer] })
export class RenderingModule {}
