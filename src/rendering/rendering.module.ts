import { Global, Module } from '@nestjs/common';
import { Renderer } from './renderer.js';

@Global()
@Module({ providers: [Renderer], exports: [Renderer] })
export class RenderingModule {}
