import { Global, Module } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { Assets } from './assets.js';
import { Renderer } from './renderer.js';

@Global()
@Module({ controllers: [AssetsController], providers: [Assets, Renderer], exports: [Assets, Renderer] })
export class RenderingModule {}
