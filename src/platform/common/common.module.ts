import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { SETTINGS, type Settings } from '../settings.js';
import { Clock } from './clock.js';

@Global()
@Module({})
export class CommonModule {
  static of(settings: Settings, clock: Clock): DynamicModule {
    const providers = [
      { provide: SETTINGS, useValue: settings },
      { provide: Clock, useValue: clock },
    ];
    return { module: CommonModule, imports: [DiscoveryModule], providers, exports: providers };
  }
}
