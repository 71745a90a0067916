import { Global, Module } from '@nestjs/common';
import { AssetsController } from './assets.controller.js';
import { Aside } from './aside.js';
import { Renderer } from './renderer.js';

@Global()
@Module({ controllers: [AssetsController], providers: [Renderer, Aside], exports: [Renderer, Aside] })
export class RenderingModule {}
