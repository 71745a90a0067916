import { Global, Module } from '@nestjs/common';
import { Aside } from './aside.js';
import { AssetsController } from './assets.controller.js';
import { Assets } from './assets.js';
import { Renderer } from './renderer.js';

@Global()
@Module({ controllers: [AssetsController], providers: [Aside, Assets, Renderer], exports: [Aside, Assets, Renderer] })
export class RenderingModule {}
